/** The reads of `ReplicaReads` inside one storage transaction each: base rows plus overlay. */
import type { Email, EmailId, Mailbox, MailboxId, Thread, ThreadId } from '../jmap/types.ts'
import { compareOldestFirst } from '../mail/compare.ts'
import { isLocalId, type ListQuery, type ThreadRow } from '../mail/list.ts'
import { threadRows } from '../mail/thread-rows.ts'
import { effectiveMailboxes, withMade } from '../mutations/effective-mailboxes.ts'
import {
  effectiveEmail,
  effectiveRow,
  effectiveThread,
  foldPending,
  movedIds,
  type Pending,
} from '../mutations/overlay.ts'
import { above, movedIn, movedRow, readMovedRange, readMovedThreads, shiftAt, type Moved } from './list-overlay.ts'
import { countOf, positionOfKey, runAt } from './list-runs.ts'
import type { Horizon, ListWindow, ThreadDetail } from './replica.ts'
import { belowRange, compareKeys, entryKey, fromKey, mailboxRange, negativeMs } from './storage/keys.ts'
import type { ListRuns, StoreName } from './storage/schema.ts'
import type { StorageTx } from './storage/storage.ts'

/** Reads list `stores` beside each function: a transaction's scope is no wider than it must be. */
export const LIST_STORES: readonly StoreName[] = [
  'mailboxes',
  'horizons',
  'lists',
  'entries',
  'outbox',
  'emails',
  'threads',
]
export const THREAD_STORES: readonly StoreName[] = ['emails', 'threads', 'outbox']
export const MAILBOX_STORES: readonly StoreName[] = ['mailboxes', 'emails', 'outbox']

/** What stands above the horizon: everything strictly later than `after`, everything if null, nothing if undefined. */
type After = string | null | undefined

/** Undefined: nothing is claimed. The lower horizon of the two holds, since both are true. */
function effectiveHorizon(account: Horizon | undefined, mailbox: Horizon | undefined): After {
  if (account?.after === null || mailbox?.after === null) return null
  if (account === undefined || mailbox === undefined) return (account ?? mailbox)?.after
  return negativeMs(account.after) > negativeMs(mailbox.after) ? account.after : mailbox.after
}

async function readHorizon(tx: StorageTx, mailboxId: MailboxId): Promise<After> {
  // still to be made at the server: what is in it is here
  if (isLocalId(mailboxId)) return null
  return effectiveHorizon(...(await Promise.all([tx.get('horizons', '*'), tx.get('horizons', mailboxId)])))
}

/** The first window, which decides the warm start, asks everything at once: one hop, `entries` by one range. */
export async function readListWindow(
  tx: StorageTx,
  { mailboxId }: ListQuery,
  from: number,
  count: number,
): Promise<ListWindow> {
  const list = tx.get('lists', mailboxId)
  const [mailbox, after, runs, entries, outbox] = await Promise.all([
    tx.get('mailboxes', mailboxId),
    readHorizon(tx, mailboxId),
    list,
    from <= 0 ? tx.getAll('entries', mailboxRange(mailboxId), count) : readEntries(tx, mailboxId, list, from, count),
    tx.getAll('outbox'),
  ])
  const base = await coveredCount(tx, mailboxId, runs, after)
  const start = Math.max(0, from)
  const isComplete = after === null
  const pending = foldPending(outbox)
  const all = await readMoved(tx, mailboxId, pending)
  const moved = all && above(all, after)
  const covered = base + (moved ? moved.added.length - moved.removed.length : 0)
  const asked = Math.min(count, covered - start)
  const found = moved
    ? await readMovedRange(tx, mailboxId, moved, { runs, from: start, count: asked })
    : entries.slice(0, Math.max(0, asked))
  const rows = withPending(found, pending)
  const atServer = (mailbox?.totalThreads ?? 0) + (all ? all.added.length - all.removed.length : 0)
  return { rows, from: start, covered, total: totalOf(mailbox && atServer, covered, isComplete), isComplete, after }
}

/** Undefined: nothing is moved into the list or out of it. */
async function readMoved(tx: StorageTx, mailboxId: MailboxId, pending: Pending): Promise<Moved | undefined> {
  if (movedIds(pending).length === 0) return undefined
  const moved = movedIn(mailboxId, await readMovedThreads(tx, pending), pending)
  return moved.removed.length + moved.added.length > 0 ? moved : undefined
}

function totalOf(atServer: number | undefined, covered: number, isComplete: boolean): number | undefined {
  if (isComplete) return covered
  // Counts come in another answer than rows and may lag behind them: a list is never shorter than its known part.
  return atServer === undefined ? undefined : Math.max(atServer, covered)
}

async function readEntries(
  tx: StorageTx,
  mailboxId: MailboxId,
  list: Promise<ListRuns | undefined>,
  from: number,
  count: number,
): Promise<ThreadRow[]> {
  const run = runAt(await list, from)
  if (run === undefined) return []
  const key = (await tx.keys('entries', fromKey(run.key), run.offset + 1))[run.offset]
  return key === undefined ? [] : tx.getAll('entries', fromKey(key), count)
}

async function coveredCount(
  tx: StorageTx,
  mailboxId: MailboxId,
  list: ListRuns | undefined,
  after: After,
): Promise<number> {
  if (after === undefined) return 0
  if (after === null) return countOf(list)
  return positionOfKey(tx, list, mailboxId, [mailboxId, negativeMs(after)])
}

/** A representative that is known to have left the mailbox, or is about to, has no row there any more. */
export async function readRows(
  tx: StorageTx,
  { mailboxId }: ListQuery,
  emailIds: readonly EmailId[],
): Promise<readonly (ThreadRow | undefined)[]> {
  const [emails, outbox] = await Promise.all([
    Promise.all(emailIds.map((id) => tx.get('emails', id))),
    tx.getAll('outbox'),
  ])
  const pending = foldPending(outbox)
  const threads = await readMovedThreads(tx, pending)
  return Promise.all(
    emails.map(async (base) => {
      const email = base && effectiveEmail(base, pending)
      if (email === undefined || !Object.hasOwn(email.mailboxIds, mailboxId)) return undefined
      const moved = threads.get(email.threadId)
      if (moved) return movedRow(moved, mailboxId, pending)
      const key = entryKey({ mailboxId, receivedAt: email.receivedAt, emailId: email.id })
      const row = (await tx.get('entries', key)) ?? (await rowOfThread(tx, mailboxId, email.threadId))
      return row && effectiveRow(row, pending)
    }),
  )
}

async function rowOfThread(tx: StorageTx, mailboxId: MailboxId, threadId: ThreadId): Promise<ThreadRow | undefined> {
  return threadRows(...(await readThreadBase(tx, threadId))).get(mailboxId)
}

async function readThreadBase(tx: StorageTx, id: ThreadId): Promise<[thread: Thread | undefined, emails: Email[]]> {
  return Promise.all([tx.get('threads', id), tx.byIndex('emails', 'threadId', id)])
}

export async function readIslands(
  tx: StorageTx,
  { mailboxId }: ListQuery,
  count: number,
): Promise<readonly ThreadRow[]> {
  const [after, outbox] = await Promise.all([readHorizon(tx, mailboxId), tx.getAll('outbox')])
  if (after === null) return []
  const range = after === undefined ? mailboxRange(mailboxId) : belowRange(mailboxId, after)
  const pending = foldPending(outbox)
  const all = await readMoved(tx, mailboxId, pending)
  if (!all) return withPending(await tx.getAll('entries', range, count), pending)
  const near = new Set(above(all, after).added)
  const removed = new Set(all.removed.map(String))
  const rows = (await tx.getAll('entries', range, count + removed.size)).filter(
    (row) => !removed.has(String(entryKey(row))),
  )
  const below = [...rows, ...all.added.filter((row) => !near.has(row))]
  below.sort((a, b) => compareKeys(entryKey(a), entryKey(b)))
  return withPending(below.slice(0, count), pending)
}

export async function readPosition(
  tx: StorageTx,
  { mailboxId }: ListQuery,
  threadId: ThreadId,
): Promise<number | undefined> {
  const [[thread, emails], after, list, outbox] = await Promise.all([
    readThreadBase(tx, threadId),
    readHorizon(tx, mailboxId),
    tx.get('lists', mailboxId),
    tx.getAll('outbox'),
  ])
  const pending = foldPending(outbox)
  const row = movedRow({ thread, emails }, mailboxId, pending)
  if (row === undefined || after === undefined) return undefined
  if (after !== null && negativeMs(row.receivedAt) >= negativeMs(after)) return undefined
  const moved = await readMoved(tx, mailboxId, pending)
  const position = await positionOfKey(tx, list, mailboxId, entryKey(row))
  return position + (moved ? shiftAt(moved, entryKey(row)) : 0)
}

export async function readThread(tx: StorageTx, id: ThreadId): Promise<ThreadDetail | undefined> {
  const [[thread, emails], outbox] = await Promise.all([readThreadBase(tx, id), tx.getAll('outbox')])
  if (thread === undefined && emails.length === 0) return undefined
  const after = effectiveThread(thread, emails.sort(compareOldestFirst), foldPending(outbox))
  const known = new Set(after.emails.map((email) => email.id))
  if (emails.length > 0 && known.size === 0 && (after.thread?.emailIds.length ?? 0) === 0) return undefined
  return {
    thread: after.thread ?? { id, emailIds: [...known] },
    emails: after.emails,
    missing: (after.thread?.emailIds ?? []).filter((emailId) => !known.has(emailId)),
  }
}

export async function readEmails(tx: StorageTx, ids: readonly EmailId[]): Promise<readonly (Email | undefined)[]> {
  const [emails, outbox] = await Promise.all([Promise.all(ids.map((id) => tx.get('emails', id))), tx.getAll('outbox')])
  const pending = foldPending(outbox)
  return emails.map((email) => email && effectiveEmail(email, pending))
}

export async function readMailboxes(tx: StorageTx): Promise<readonly Mailbox[]> {
  const [mailboxes, outbox] = await Promise.all([tx.getAll('mailboxes'), tx.getAll('outbox')])
  const pending = foldPending(outbox)
  const read = [...pending].filter(([, { keywords }]) => keywords.has('$seen')).map(([id]) => id)
  const ids = [...new Set([...read, ...movedIds(pending)])]
  if (ids.length === 0) return mailboxes
  const touched = await Promise.all(ids.map((id) => tx.get('emails', id)))
  return effectiveMailboxes(withMade(mailboxes, outbox), await threadsOf(tx, touched), pending)
}

async function threadsOf(tx: StorageTx, emails: readonly (Email | undefined)[]): Promise<Email[]> {
  const ids = new Set(emails.filter((email) => email !== undefined).map((email) => email.threadId))
  return (await Promise.all([...ids].map((id) => tx.byIndex('emails', 'threadId', id)))).flat()
}

function withPending(rows: readonly ThreadRow[], pending: Pending): readonly ThreadRow[] {
  return pending.size === 0 ? rows : rows.map((row) => effectiveRow(row, pending))
}

export async function readPictureSenders(tx: StorageTx): Promise<readonly string[]> {
  return (await tx.get('meta', 'pictureSenders'))?.addresses ?? []
}
