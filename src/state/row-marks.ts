/** What conversations in a list may be marked as: read and unread, flagged and not. */
import { isRowFlagged, isRowUnread } from '../mail/keywords.ts'
import type { ThreadRow } from '../mail/list.ts'

export type Mark = 'read' | 'unread' | 'flagged' | 'unflagged'

/** What the first button for it does: marks as read, unless all are. */
export function readOrUnread(rows: readonly ThreadRow[]): Mark {
  return rows.some(isRowUnread) ? 'read' : 'unread'
}

/** What S does: flags, unless all are flagged. */
export function flagOrUnflag(rows: readonly ThreadRow[]): Mark {
  return rows.every(isRowFlagged) ? 'unflagged' : 'flagged'
}
