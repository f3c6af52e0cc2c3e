/** The one order of Emails everywhere: lists newest first, threads oldest first, ties the same way in both. */
import type { EmailId } from '../jmap/types.ts'

export interface Dated {
  readonly id: EmailId
  readonly receivedAt: string
}

/** Milliseconds of a UTCDate (RFC 8620 §1.4); a date that is none sorts as the oldest. */
export function millisOf(receivedAt: string): number {
  const ms = Date.parse(receivedAt)
  return Number.isFinite(ms) ? ms : 0
}

/** By `receivedAt` descending, then by id ascending: the order of the keys in the replica's `entries`. */
export function compareNewestFirst(a: Dated, b: Dated): number {
  const byDate = millisOf(b.receivedAt) - millisOf(a.receivedAt)
  if (byDate !== 0) return byDate
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** The exact reverse, so that a thread's last message is the first of its list. */
export function compareOldestFirst(a: Dated, b: Dated): number {
  return compareNewestFirst(b, a)
}
