/** Puts away all that a list shows, or asks for its labels, as `file-rows.ts` does with what is ticked. */
import { selectAll as t } from '../../i18n/en/select-all.ts'
import { FLAGGED, isPassedOver, type RowMessage } from '../../mail/list.ts'
import { fileAll } from '../../state/file-all.ts'
import { allWords } from '../../state/mark-all.ts'
import { allOf } from '../../state/match-list.ts'
import { askTarget } from './ask-target.ts'
import type { Asked, Filing } from '../../state/file-away.ts'
import type { FiledIn } from './file-rows.ts'

/** What sleeps is brought back from here, and looked through each time (`sync/snoozed-mail.ts`). */
const MOST_ASLEEP = 5_000

export async function fileAllRows(input: FiledIn, asked: Asked): Promise<void> {
  const { mailbox, selection, announce, onLeave } = input
  const { list, allBut: all } = selection
  if (!list || !all) return
  if (asked === 'trash' && isPassedOver(mailbox?.role)) {
    announce(t.emptyInstead)
    return
  }
  const what = allWords(list, all)
  if (asked === 'label') {
    const { labelAll } = await import('./labels/label-all.ts')
    await labelAll({ ...input, what })
    return
  }
  if (asked === 'snooze' && allOf(list) - all.count > MOST_ASLEEP) {
    announce(t.tooManyToSnooze(MOST_ASLEEP), 'assertive')
    return
  }
  const filing = await filingOf(input, mailbox?.role === 'junk' && asked === 'junk' ? 'notJunk' : asked, what)
  // Meanwhile another row may have been ticked.
  if (!filing || !selection.allBut) return
  await fileAll(filing, { ...input, before: () => onLeave(selection.rows) })
}

async function filingOf(input: FiledIn, asked: Asked, what: string): Promise<Filing | undefined> {
  // Some that are not here may be muted already: all are from now on.
  if (asked === 'mute') return 'mute'
  const { mailbox } = input
  const from = mailbox?.id === FLAGGED ? undefined : mailbox?.id
  // One that is known of them as all are: it stands here.
  const mailboxIds = from === undefined ? {} : { [from]: true }
  const messages = [{ id: '', mailboxIds, keywords: {} } as unknown as RowMessage]
  return (await askTarget(asked, { ...input, messages, from, what }))?.filing
}
