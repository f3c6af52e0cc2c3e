/** Predicates over keywords (RFC 8621 §4.1.1, and the IANA registry). Own properties only: keywords are hostile keys. */
import type { Email } from '../jmap/types.ts'
import type { ThreadRow } from './list.ts'

type Tagged = Pick<Email, 'keywords'>

export const SEEN = '$seen'
export const FLAG = '$flagged'

function hasKeyword(email: Tagged, keyword: string): boolean {
  return Object.hasOwn(email.keywords, keyword)
}

export function isUnread(email: Tagged): boolean {
  return !hasKeyword(email, SEEN)
}

export function isFlagged(email: Tagged): boolean {
  return hasKeyword(email, FLAG)
}

/** A conversation is unread if any message of it is (RFC 8621 §2, unreadThreads). */
export function isRowUnread(row: ThreadRow): boolean {
  return row.messages.some(isUnread)
}

export function isRowFlagged(row: ThreadRow): boolean {
  return row.messages.some(isFlagged)
}
