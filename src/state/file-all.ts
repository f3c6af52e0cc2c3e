/** Puts away all that a list shows, loaded or not: one intent, which the server resolves. */
import { filedWords, unfiledWords } from '../i18n/filing-words.ts'
import { fileAll as intentOf } from '../mutations/file-all.ts'
import { targetOf } from '../mutations/file-emails.ts'
import { leavesList, mailboxFor } from './file-away.ts'
import { allWords, type ForAll } from './mark-all.ts'
import { matchOf } from './match-list.ts'
import { shownMeanwhile } from './rows-after.ts'
import type { Filing } from './file-away.ts'

interface FiledAll extends ForAll {
  /** Just before it is done: the list still has the rows. */
  readonly before: () => void
}

export async function fileAll(filing: Filing, input: FiledAll): Promise<void> {
  const { account, selection, clock, announce, markPainted, undo, focusRow } = input
  const { list, allBut: all } = selection
  if (!list || !all || !clock) return
  // What comes while the mailbox is made, or while the outbox is read, is not meant.
  const meant = await matchOf({ list, allBut: all, replica: account.replica }, clock.now())
  if (!meant) return
  const { match, mailboxes: known } = meant
  const target = targetOf(filing, known) ?? (await mailboxFor(filing, account, known))
  if (!target) {
    announce(unfiledWords(filing, { kind: 'nowhere' }))
    return
  }
  const mailboxes = known.includes(target) ? known : [...known, target]
  const mutation = account.info.isReadOnly
    ? undefined
    : intentOf(filing, match, mailboxes, `${match.mailboxId} ${target.id} ${match.before}`)
  if (!mutation) {
    announce(unfiledWords(filing, { kind: 'nothing', target, isThere: target.id === match.mailboxId }))
    return
  }
  const label = filedWords(filing, allWords(list, all), target)
  const mailbox = known.find(({ id }) => id === match.mailboxId)
  if (leavesList(filing, mailbox)) input.before()
  const write = async (): Promise<void> => (await undo()).perform(account, [mutation], label, [])
  await shownMeanwhile(input.list, [mutation], write, () => {
    selection.clear()
    focusRow()
  })
  void markPainted('postern:action')
  announce(label)
}
