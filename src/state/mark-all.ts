/** Marks, flags or labels all that a list shows, loaded or not: an intent for each keyword, which the server resolves. */
import { selectAll as t } from '../i18n/en/select-all.ts'
import { isLocalId } from '../mail/list.ts'
import { outsideOf } from '../mutations/file-all.ts'
import { allOf, isMailList, matchOf } from './match-list.ts'
import { shownMeanwhile, type ShownIn } from './rows-after.ts'
import type { Mailbox } from '../jmap/types.ts'
import type { SetKeywordOnAll } from '../mutations/mutation.ts'
import type { AllBut } from './all-but.svelte.ts'
import type { Clock } from '../platform/clock.ts'
import type { Services } from './contexts.ts'
import type { OpenAccount } from './open-account.ts'
import type { RowList } from './row-list.ts'
import type { Selection } from './selection.svelte.ts'

export interface ForAll extends Pick<Services, 'announce' | 'markPainted' | 'undo'> {
  readonly account: OpenAccount
  readonly list: ShownIn
  readonly selection: Selection
  readonly clock?: Clock
  readonly focusRow: () => void
}

interface KeywordChange {
  readonly keyword: string
  readonly value: boolean
}

type Words = (rows: string) => string

export function markAll(input: ForAll, change: KeywordChange & { readonly words: Words }): Promise<void> {
  return setKeywordsOnAll(input, [change], change.words)
}

/** As one step. */
export async function setKeywordsOnAll(input: ForAll, changes: readonly KeywordChange[], words: Words): Promise<void> {
  const { account, selection, clock, announce, markPainted, undo, focusRow } = input
  const { list, allBut: all } = selection
  if (!list || !all || !clock) return
  const { replica } = account
  const meant = await matchOf({ list, allBut: all, replica }, clock.now())
  if (!meant) return
  const mutations = changes.map(({ keyword, value }): SetKeywordOnAll => {
    const isAnywhere = isLocalId(meant.match.mailboxId)
    const match = isAnywhere ? outsideOf(meant.match, closedTo(keyword, meant.mailboxes)) : meant.match
    // So that what is done in another tab, or again, is told from it.
    const key = `${match.mailboxId} ${keyword} ${match.before}`
    return { type: 'setKeywordOnAll', emailIds: [], blobIds: [], match, keyword, value, key, done: 0, total: 0 }
  })
  const label = words(allWords(list, all))
  selection.clear()
  focusRow()
  await shownMeanwhile(input.list, mutations, async () => (await undo()).perform(account, mutations, label, []))
  void markPainted('postern:action')
  announce(label)
}

/** A keyword is of the message, wherever it stands: each of its mailboxes has to allow it (RFC 8621 §2). */
function closedTo(keyword: string, mailboxes: readonly Mailbox[]): readonly Mailbox['id'][] {
  const right = keyword === '$seen' ? 'maySetSeen' : 'maySetKeywords'
  return mailboxes.filter(({ myRights }) => !myRights[right]).map(({ id }) => id)
}

/** How much of the list is meant. */
export function allWords(list: RowList, { count }: AllBut): string {
  return t.all(allOf(list), isMailList(list) && list.query.collapseThreads === false, count)
}
