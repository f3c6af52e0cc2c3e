/** Which messages of a conversation in a list a mark is for. */
import { isFlagged, isRowFlagged, isUnread } from '../mail/keywords.ts'
import type { RowMessage, ThreadRow } from '../mail/list.ts'
import type { Mark } from './row-marks.ts'

/**
 * The messages that are to be changed. Read and unflagged: every message of the conversation that is not.
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
