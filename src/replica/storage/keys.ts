/** Keys and ranges, with the order of IndexedDB (number < string < array, arrays item by item). */
import type { EmailId, MailboxId } from '../../jmap/types.ts'
import { millisOf } from '../../mail/compare.ts'
import type { ThreadRow } from '../../mail/list.ts'

export type Key = number | string | readonly Key[]

/** Newest first within a mailbox, ties by id. */
export type EntryKey = readonly [mailboxId: MailboxId, negativeMs: number, emailId: EmailId]

export interface KeyRange {
  readonly lower?: Key
  readonly lowerOpen?: boolean
  readonly upper?: Key
  readonly upperOpen?: boolean
}

export function entryKey(row: Pick<ThreadRow, 'mailboxId' | 'receivedAt' | 'emailId'>): EntryKey {
  return [row.mailboxId, negativeMs(row.receivedAt), row.emailId]
}

/** `0 - x`, not `-x`: there must be no second zero. */
export function negativeMs(receivedAt: string): number {
  return 0 - millisOf(receivedAt)
}

/** All entries of a mailbox: an empty array sorts after every number and string. */
export function mailboxRange(mailboxId: MailboxId): KeyRange {
  return { lower: [mailboxId], upper: [mailboxId, []] }
}

/** Entries from a key on, in list order. */
export function fromKey(key: EntryKey): KeyRange {
  return { lower: key, upper: [key[0], []] }
}

/** Entries of a mailbox at the horizon or below it. */
export function belowRange(mailboxId: MailboxId, after: string): KeyRange {
  return { lower: [mailboxId, negativeMs(after)], upper: [mailboxId, []] }
}

export function compareKeys(a: Key, b: Key): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  if (typeof a === 'object' && typeof b === 'object') return compareArrays(a, b)
  return rank(a) - rank(b)
}

function compareArrays(a: readonly Key[], b: readonly Key[]): number {
  for (const [index, item] of a.entries()) {
    const other = b[index]
    if (other === undefined) return 1
    const order = compareKeys(item, other)
    if (order !== 0) return order
  }
  return a.length - b.length
}

function rank(key: Key): number {
  return typeof key === 'number' ? 0 : typeof key === 'string' ? 1 : 2
}
