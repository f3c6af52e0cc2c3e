/** The reads of `ReplicaReads` inside one storage transaction each: base rows plus overlay. */
import type { Email, EmailId, Mailbox, MailboxId, Thread, ThreadId } from '../jmap/types.ts'
import { compareOldestFirst } from '../mail/compare.ts'
import { isLocalId, type ListQuery, type ThreadRow } from '../mail/list.ts'
import { threadRows } from '../mail/thread-rows.ts'
import { inBatches } from './in-batches.ts'
import { countOf, positionOfKey, runAt } from './list-runs.ts'
import type { After, Overlay } from './overlay.ts'
import type { Horizon, ListWindow, ThreadDetail } from './replica.ts'
import { belowRange, entryKey, fromKey, mailboxRange, negativeMs } from './storage/keys.ts'
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
  query: ListQuery,
  from: number,
  count: number,
  pending: Promise<Overlay>,
): Promise<ListWindow> {
  const { mailboxId } = query
  const list = tx.get('lists', mailboxId)
  const [mailbox, horizon, runs, entries, overlay] = await Promise.all([
    tx.get('mailboxes', mailboxId),
    readHorizon(tx, mailboxId),
    list,
    from <= 0 ? tx.getAll('entries', mailboxRange(mailboxId), count) : readEntries(tx, mailboxId, list, from, count),
    pending,
  ])
  const cleared = overlay.clearedUntil(query)
  const after = cleared ?? horizon
  const base = await coveredCount(tx, mailboxId, runs, after)
  const start = Math.max(0, from)
  const isComplete = cleared !== undefined || horizon === null
  const moved = await overlay.list(tx, mailboxId, after)
  const covered = base + (moved?.growthAbove ?? 0)
  const asked = Math.max(0, Math.min(count, covered - start))
  const rows = overlay.rows(
    moved ? await moved.range({ runs, from: start, count: asked, head: entries }) : entries.slice(0, asked),
  )
  const atServer = (mailbox?.totalThreads ?? 0) + (moved?.growth ?? 0)
  return {
    rows,
    from: start,
    covered,
    total: totalOf(mailbox && atServer, covered, isComplete),
    isComplete,
    after: isComplete ? null : after,
  }
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
  pending: Promise<Overlay>,
): Promise<readonly (ThreadRow | undefined)[]> {
  const [emails, overlay] = await Promise.all([Promise.all(emailIds.map((id) => tx.get('emails', id))), pending])
  return Promise.all(
    emails.map(async (base) => {
      const email = base && overlay.email(base)
      if (email === undefined || !Object.hasOwn(email.mailboxIds, mailboxId)) return undefined
      const moved = await overlay.movedRow(tx, email.threadId, mailboxId)
      if (moved) return moved.row
      const key = entryKey({ mailboxId, receivedAt: email.receivedAt, emailId: email.id })
      const row = (await tx.get('entries', key)) ?? (await rowOfThread(tx, mailboxId, email.threadId))
      return row && overlay.rows([row])[0]
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
  query: ListQuery,
  count: number,
  pending: Promise<Overlay>,
): Promise<readonly ThreadRow[]> {
  const { mailboxId } = query
  const [after, overlay] = await Promise.all([readHorizon(tx, mailboxId), pending])
  if (after === null || overlay.clearedUntil(query)) return []
  const range = after === undefined ? mailboxRange(mailboxId) : belowRange(mailboxId, after)
  const moved = await overlay.list(tx, mailboxId, after)
  const rows = await tx.getAll('entries', range, count + (moved?.removed ?? 0))
  return overlay.rows(moved ? moved.below(rows).slice(0, count) : rows)
}

export async function readPosition(
  tx: StorageTx,
  query: ListQuery,
  threadId: ThreadId,
  pending: Promise<Overlay>,
): Promise<number | undefined> {
  const { mailboxId } = query
  const [[thread, emails], horizon, list, overlay] = await Promise.all([
    readThreadBase(tx, threadId),
    readHorizon(tx, mailboxId),
    tx.get('lists', mailboxId),
    pending,
  ])
  const after = overlay.clearedUntil(query) ?? horizon
  const effective = overlay.thread(thread, emails)
  const row = threadRows(effective.thread, effective.emails).get(mailboxId)
  if (row === undefined || after === undefined) return undefined
  const moved = await overlay.list(tx, mailboxId, after)
  if (after !== null && negativeMs(row.receivedAt) >= negativeMs(after)) return moved?.positionBelow(list, threadId)
  const position = await positionOfKey(tx, list, mailboxId, entryKey(row))
  return position + (moved?.shiftAt(entryKey(row)) ?? 0)
}

export async function readThread(
  tx: StorageTx,
  id: ThreadId,
  pending: Promise<Overlay>,
): Promise<ThreadDetail | undefined> {
  const [[thread, emails], overlay] = await Promise.all([readThreadBase(tx, id), pending])
  if (thread === undefined && emails.length === 0) return undefined
  const after = overlay.thread(thread, emails.sort(compareOldestFirst))
  const known = new Set(after.emails.map((email) => email.id))
  if (emails.length > 0 && known.size === 0 && (after.thread?.emailIds.length ?? 0) === 0) return undefined
  return {
    thread: after.thread ?? { id, emailIds: [...known] },
    emails: after.emails,
    missing: (after.thread?.emailIds ?? []).filter((emailId) => !known.has(emailId)),
  }
}

export async function readEmails(
  tx: StorageTx,
  ids: readonly EmailId[],
  pending: Promise<Overlay>,
): Promise<readonly (Email | undefined)[]> {
  const [emails, overlay] = await Promise.all([inBatches(ids, (id) => tx.get('emails', id)), pending])
  return emails.map((email) => email && overlay.email(email))
}

export async function readMailboxes(tx: StorageTx, pending: Promise<Overlay>): Promise<readonly Mailbox[]> {
  const [mailboxes, overlay] = await Promise.all([tx.getAll('mailboxes'), pending])
  return overlay.mailboxes(tx, mailboxes)
}
