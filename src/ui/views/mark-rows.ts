/** Marks conversations of a list as read or unread, shows it and says it. */
import { listExtras as t } from '../../i18n/en/list-extras.ts'
import { markSeen } from '../../state/mark-seen.ts'
import type { ThreadRow } from '../../mail/list.ts'
import type { Services } from '../../state/contexts.ts'
import type { MailList } from '../../state/mail-list.ts'
import type { OpenAccount } from '../../state/open-account.ts'
import type { Selection } from '../../state/selection.svelte.ts'

interface MarkedIn extends Pick<Services, 'announce' | 'markPainted'> {
  readonly account: OpenAccount
  readonly list: Pick<MailList, 'reread'>
  readonly selection: Selection
  readonly focusRow: () => void
  /** Absent: all of them, as where the list shows no boxes otherwise. */
  readonly mayMark?: (row: ThreadRow) => boolean
}

/** Without rows: those that are ticked, which they are no longer. */
export async function markRows(
  { account, list, selection, announce, markPainted, focusRow, mayMark }: MarkedIn,
  isSeen: boolean,
  rows?: readonly ThreadRow[],
): Promise<void> {
  const marked = rows ?? selection.rows
  if (!rows) {
    selection.clear()
    focusRow()
  }
  const count = await markSeen(account, mayMark ? marked.filter(mayMark) : marked, isSeen)
  if (count === 0) return
  await list.reread()
  void markPainted('postern:action')
  const words = (marked[0]?.isSingle ? t.messages : t.conversations)(count)
  announce(isSeen ? t.markedRead(words) : t.markedUnread(words))
}
