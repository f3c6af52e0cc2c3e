/** Marks or flags all that a list shows, loaded or not: one intent, which the server resolves. */
import { selectAll as t } from '../i18n/en/select-all.ts'
import { exceptOf, matchList } from './match-list.ts'
import { shownMeanwhile } from './rows-after.ts'
import type { AllBut } from './all-but.svelte.ts'
import type { Clock } from '../platform/clock.ts'
import type { Services } from './contexts.ts'
import type { MailList } from './mail-list.ts'
import type { OpenAccount } from './open-account.ts'
import type { RowList } from './row-list.ts'
import type { Selection } from './selection.svelte.ts'

export interface ForAll extends Pick<Services, 'announce' | 'markPainted' | 'undo'> {
  readonly account: OpenAccount
  readonly selection: Selection
  readonly clock?: Clock
  readonly focusRow: () => void
}

interface KeywordChange {
  readonly keyword: string
  readonly value: boolean
  readonly words: (rows: string) => string
}

export async function markAll(input: ForAll, { keyword, value, words }: KeywordChange): Promise<void> {
  const { account, selection, clock, announce, markPainted, undo, focusRow } = input
  const { list, allBut: all } = selection
  if (!list || !isMailList(list) || !all || !clock) return
  const now = clock.now()
  const { replica } = account
  const [mailboxes, except] = await Promise.all([replica.mailboxes(), exceptOf(replica, all.out)])
  const match = matchList(list.query, { mailboxes, now, except })
  // So that what is done in another tab, or again, is told from it.
  const key = `${match.mailboxId} ${keyword} ${match.before}`
  const on = { emailIds: [], blobIds: [] }
  const mutations = [{ type: 'setKeywordOnAll', ...on, match, keyword, value, key, done: 0, total: 0 }] as const
  const label = words(allWords(list, all))
  selection.clear()
  focusRow()
  await shownMeanwhile(list, mutations, async () => (await undo()).perform(account, mutations, label, []))
  void markPainted('postern:action')
  announce(label)
}

/** How much of the list is meant. */
export function allWords(list: MailList, { count }: AllBut): string {
  return t.all(list.total ?? list.length, list.query.collapseThreads === false, count)
}

export function isMailList(list: RowList): list is MailList {
  return 'query' in list && 'reread' in list
}
