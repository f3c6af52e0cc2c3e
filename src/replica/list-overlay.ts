/**
 * Rows of a list with what the reader moved: base entries, less the rows that left or changed their place, and the rows
 * that came. Both are few beside the list, so positions are found by the runs of the base list and how many of either
 * stand before a key; nothing of it is stored.
 *
 *   base       A B C D E F        removed: B, E     added: x (between C and D)
 *   effective  A   C x D   F
 */
import type { EmailId, Email, MailboxId, Thread, ThreadId } from '../jmap/types.ts'
import type { ThreadRow } from '../mail/list.ts'
import { threadRows } from '../mail/thread-rows.ts'
import { effectiveThread, type Pending } from '../mutations/overlay.ts'
import { eachBatch, inBatches } from './in-batches.ts'
import { compareKeys, entryKey, fromKey, mailboxRange, negativeMs, type EntryKey } from './storage/keys.ts'
import type { ListRuns } from './storage/schema.ts'
import type { StorageTx } from './storage/storage.ts'

/** In list order. A row that only changed stands in both, under the same key. */
export interface Moved {
  readonly removed: readonly EntryKey[]
  readonly added: readonly ThreadRow[]
}

/** What stands above the horizon: everything strictly later than `after`, everything if null, nothing if undefined. */
type After = string | null | undefined

export interface BaseThread {
  readonly thread: Thread | undefined
  readonly emails: readonly Email[]
}

export type MovedThreads = ReadonlyMap<ThreadId, BaseThread>

/** Base values of the threads of these Emails, each batch told as it comes. Needs the stores `emails` and `threads`. */
export async function readMovedThreads(
  tx: StorageTx,
  ids: readonly EmailId[],
  take: (threads: readonly BaseThread[]) => void,
): Promise<MovedThreads> {
  const moved = await inBatches(ids, (id) => tx.get('emails', id))
  const threadIds = [...new Set(moved.filter((email) => email !== undefined).map((email) => email.threadId))]
  const threads = new Map<ThreadId, BaseThread>()
  const read = async (id: ThreadId): Promise<readonly [ThreadId, BaseThread]> => {
    const [thread, emails] = await Promise.all([tx.get('threads', id), tx.byIndex('emails', 'threadId', id)])
    return [id, { thread, emails }]
  }
  await eachBatch(threadIds, read, (batch) => {
    for (const [id, thread] of batch) threads.set(id, thread)
    take(batch.map(([, thread]) => thread))
  })
  return threads
}

/** The row of a touched thread as it will be; undefined: none in this mailbox. */
export function movedRow(
  { thread, emails }: BaseThread,
  mailboxId: MailboxId,
  pending: Pending,
): ThreadRow | undefined {
  const after = effectiveThread(thread, emails, pending)
  return threadRows(after.thread, after.emails).get(mailboxId)
}

/** What of the list of one mailbox is moved, gathered thread by thread. */
export class MovedIn {
  readonly #mailboxId: MailboxId
  readonly #pending: Pending
  readonly #removed: EntryKey[] = []
  readonly #added: ThreadRow[] = []

  constructor(mailboxId: MailboxId, pending: Pending) {
    this.#mailboxId = mailboxId
    this.#pending = pending
  }

  readonly add = (threads: Iterable<BaseThread>): void => {
    for (const base of threads) {
      const before = threadRows(base.thread, base.emails).get(this.#mailboxId)
      const after = movedRow(base, this.#mailboxId, this.#pending)
      if (before) this.#removed.push(entryKey(before))
      if (after) this.#added.push(after)
    }
  }

  all(): Moved {
    const byPlace = (a: ThreadRow, b: ThreadRow): number => compareKeys(entryKey(a), entryKey(b))
    return { removed: this.#removed.sort(compareKeys), added: this.#added.sort(byPlace) }
  }
}

/** The part of it above the horizon. */
export function above({ removed, added }: Moved, after: After): Moved {
  const isAbove = (ms: number): boolean => after === null || (after !== undefined && ms < negativeMs(after))
  return {
    removed: removed.filter(([, ms]) => isAbove(ms)),
    added: added.filter((row) => isAbove(negativeMs(row.receivedAt))),
  }
}

/** By how many rows a key stands farther down in the effective list than among base entries. */
export function shiftAt({ removed, added }: Moved, key: EntryKey): number {
  return countBefore(added, entryKey, key) - countBefore(removed, (each) => each, key)
}

/** How many of a list in order stand before a key. */
function countBefore<T>(list: readonly T[], keyOf: (item: T) => EntryKey, key: EntryKey): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const item = list[middle]
    if (item !== undefined && compareKeys(keyOf(item), key) < 0) low = middle + 1
    else high = middle
  }
  return low
}

export interface MovedRange {
  readonly runs: ListRuns | undefined
  readonly from: number
  readonly count: number
  /** Base rows from the top of the list: at least `count`, or all there are. */
  readonly head?: readonly ThreadRow[]
}

/** `count` rows of the effective list from position `from` on; keywords of base rows are not folded in. */
export async function readMovedRange(
  tx: StorageTx,
  mailboxId: MailboxId,
  moved: Moved,
  { runs, from, count, head }: MovedRange,
): Promise<readonly ThreadRow[]> {
  if (count <= 0) return []
  if (from === 0 && head && moved.removed.length <= count) return readMovedHead(tx, moved, head, count)
  const anchor = anchorOf(mailboxId, runs, moved, from)
  const added = moved.added.filter((row) => !anchor.key || compareKeys(entryKey(row), anchor.key) >= 0)
  const range = anchor.key ? fromKey(anchor.key) : mailboxRange(mailboxId)
  const keys = await tx.keys('entries', range, from - anchor.position + count + moved.removed.length)
  const removed = new Set(moved.removed.map(nameOf))
  const places = merge(
    keys.filter((key) => !removed.has(nameOf(key))),
    added,
  ).slice(from - anchor.position, from - anchor.position + count)
  const rows = await readBetween(tx, places.filter(isKey))
  return places.map((place) => (isKey(place) ? rows.get(nameOf(place)) : place)).filter((row) => row !== undefined)
}

/** What is read already is not read twice: only the rows that move up from below it are missing. */
async function readMovedHead(
  tx: StorageTx,
  moved: Moved,
  head: readonly ThreadRow[],
  count: number,
): Promise<readonly ThreadRow[]> {
  const removed = new Set(moved.removed.map(nameOf))
  const isLeft = (row: ThreadRow): boolean => !removed.has(nameOf(entryKey(row)))
  const left = head.filter(isLeft)
  const last = head.at(-1)
  const isShort = last !== undefined && left.length < count
  // Those that are removed may all stand below as well.
  const below = isShort ? await tx.getAll('entries', fromKey(entryKey(last)), moved.removed.length + 1) : []
  return merge([...left, ...below.slice(1).filter(isLeft)], moved.added).slice(0, count)
}

/** By one request: a request for each row keeps the page busy for longer than it takes to show them. */
async function readBetween(tx: StorageTx, keys: readonly EntryKey[]): Promise<ReadonlyMap<string, ThreadRow>> {
  const [lower, upper] = [keys[0], keys.at(-1)]
  if (!lower || !upper) return new Map()
  const rows = await tx.getAll('entries', { lower, upper })
  return new Map(rows.map((row) => [nameOf(entryKey(row)), row]))
}

/** The last beginning of a run that stands at or above a position of the effective list; without a key: the list's own. */
function anchorOf(
  mailboxId: MailboxId,
  list: ListRuns | undefined,
  moved: Moved,
  from: number,
): { readonly key: EntryKey | undefined; readonly position: number } {
  let anchor: { key: EntryKey | undefined; position: number } = { key: undefined, position: 0 }
  let base = 0
  for (const [ms, emailId, count] of list?.runs ?? []) {
    const key: EntryKey = [mailboxId, ms, emailId]
    const position = base + shiftAt(moved, key)
    if (position > from) break
    anchor = { key, position }
    base += count
  }
  return anchor
}

type Place = EntryKey | ThreadRow

function keyOf(place: Place): EntryKey {
  return isKey(place) ? place : entryKey(place)
}

function isKey(place: Place): place is EntryKey {
  return Array.isArray(place)
}

/** Both are in list order. */
function merge<T extends Place>(base: readonly T[], added: readonly ThreadRow[]): readonly (T | ThreadRow)[] {
  const places: (T | ThreadRow)[] = []
  let next = 0
  for (const place of base) {
    const key = keyOf(place)
    for (let row = added[next]; row && compareKeys(entryKey(row), key) < 0; row = added[next]) {
      places.push(row)
      next += 1
    }
    places.push(place)
  }
  return [...places, ...added.slice(next)]
}

function nameOf([, ms, emailId]: EntryKey): string {
  return `${String(ms)} ${emailId}`
}
