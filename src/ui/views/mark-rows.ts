/** Marks conversations of a list as read or unread, or flags them; shows it and says it, and it can be taken back. */
import { listExtras as t } from '../../i18n/en/list-extras.ts'
import { rowsInWords } from '../../i18n/rows-in-words.ts'
import { FLAG, SEEN } from '../../mail/keywords.ts'
import { keywordChange } from '../../state/keyword-change.ts'
import { shownMeanwhile, type ShownIn } from '../../state/rows-after.ts'
import type { Mark } from '../../state/row-marks.ts'
import { toBeMarked } from '../../state/to-be-marked.ts'
import { isForAll } from './is-for-all.ts'
import type { ThreadRow } from '../../mail/list.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Services } from '../../state/contexts.ts'
import type { OpenAccount } from '../../state/open-account.ts'
import type { Selection } from '../../state/selection.svelte.ts'

interface MarkedIn extends Pick<Services, 'announce' | 'markPainted' | 'undo'> {
  readonly account: OpenAccount
  readonly list: ShownIn
  readonly selection: Selection
  readonly focusRow: () => void
  /** Of a list whose rows may all be meant. */
  readonly clock?: Clock
  /** Absent: all of them, as where the list shows no boxes otherwise. */
  readonly mayMark?: (row: ThreadRow) => boolean
}

const marks: Readonly<Record<Mark, { keyword: string; value: boolean; words: (rows: string) => string }>> = {
  read: { keyword: SEEN, value: true, words: t.markedRead },
  unread: { keyword: SEEN, value: false, words: t.markedUnread },
  flagged: { keyword: FLAG, value: true, words: t.flagged },
  unflagged: { keyword: FLAG, value: false, words: t.unflagged },
}

/** Without rows: those that are ticked, which they are no longer. */
export async function markRows(input: MarkedIn, mark: Mark, rows?: readonly ThreadRow[]): Promise<void> {
  const { account, list, selection, announce, markPainted, undo, focusRow, mayMark } = input
  if (isForAll(selection, rows)) {
    // With the bar, which alone lets all be chosen: it is here, whatever becomes of the network.
    const { markAll } = await import('./later-parts.ts')
    await markAll(input, marks[mark])
    return
  }
  const chosen = rows ?? selection.rows
  if (!rows) {
    selection.clear()
    focusRow()
  }
  const changed = (mayMark ? chosen.filter(mayMark) : chosen).map((row) => toBeMarked(row, mark))
  const messages = changed.flat()
  if (messages.length === 0) return
  const { keyword, value, words } = marks[mark]
  const count = changed.filter((each) => each.length > 0).length
  const label = words(rowsInWords(chosen, count))
  const mutations = [keywordChange(messages, keyword, value)]
  await shownMeanwhile(list, mutations, async () => (await undo()).perform(account, mutations, label, messages))
  void markPainted('postern:action')
  announce(label)
}
