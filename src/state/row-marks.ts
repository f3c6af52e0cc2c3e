/** Which messages of conversations in a list a mark is for: read and unread, flagged and not. */
import { isFlagged, isRowFlagged, isRowUnread, isUnread } from '../mail/keywords.ts'
import type { RowMessage, ThreadRow } from '../mail/list.ts'

export type Mark = 'read' | 'unread' | 'flagged' | 'unflagged'

/**
 * For each row the messages that are to be changed. Read and unflagged: every message of the conversation that is not.
 * Unread and flagged: the one that stands in the list, which is what the reader will want to come back to; where any
 * is flagged, the conversation is.
 */
export function toBeMarked(row: ThreadRow, mark: Mark): readonly RowMessage[] {
  if (mark === 'read') return row.messages.filter(isUnread)
  if (mark === 'unflagged') return row.messages.filter(isFlagged)
  const standing = row.messages.filter((message) => message.id === row.emailId)
  if (mark === 'unread') return standing.filter((message) => !isUnread(message))
  return isRowFlagged(row) ? [] : standing
}

/** What the first button for it does: marks as read, unless all are. */
export function readOrUnread(rows: readonly ThreadRow[]): Mark {
  return rows.some(isRowUnread) ? 'read' : 'unread'
}

/** What S does: flags, unless all are flagged. */
export function flagOrUnflag(rows: readonly ThreadRow[]): Mark {
  return rows.every(isRowFlagged) ? 'unflagged' : 'flagged'
}
