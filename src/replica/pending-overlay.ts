/** The overlay of an outbox that is not empty: for each read the base rows with what is pending folded in. */
import type { Email, EmailId, Mailbox, MailboxId, Thread, ThreadId } from '../jmap/types.ts'
import type { ListQuery, ThreadRow } from '../mail/list.ts'
import { PendingCounts, withMade, type AllDone } from '../mutations/effective-mailboxes.ts'
import { isMailboxMutation, isOnAll, isOnMatch, type Mutation, type OutboxRow } from '../mutations/mutation.ts'
import {
  effectiveEmail,
  effectiveRow,
  effectiveThread,
  foldPending,
  movedIds,
  type Pending,
} from '../mutations/overlay.ts'
import {
  above,
  MovedIn,
  movedRow,
  readMovedRange,
  readMovedThreads,
  shiftAt,
  type BaseThread,
  type Moved,
  type MovedRange,
  type MovedThreads,
} from './list-overlay.ts'
import { eachBatch, inBatches } from './in-batches.ts'
import { deleteFromOutbox } from './outbox-decisions.ts'
import { positionOfKey } from './list-runs.ts'
import {
  OverlayMissing,
  type After,
  type EffectiveThread,
  type ListOverlay,
  type MovedRow,
  type Overlay,
} from './overlay.ts'
import { compareKeys, entryKey, negativeMs, type EntryKey } from './storage/keys.ts'
import type { ListRuns } from './storage/schema.ts'
import type { StorageTx } from './storage/storage.ts'

export { requeueInOutbox, withdraw } from './outbox-decisions.ts'
export { takeBack } from './take-back.ts'

type TreeCode = typeof import('./tree-overlay.ts')

type AllCode = typeof import('../mutations/all-done.ts')

let treeCode: TreeCode | undefined
let allCode: AllCode | undefined

/** Throws `OverlayMissing` where something is done to mailboxes, or to all that match, and the code for that is not here yet. */
export function overlayOf(outbox: readonly OutboxRow[]): Overlay {
  const onTree = outbox.some(({ mutation }) => isMailboxMutation(mutation))
  const onAll = outbox.some(({ mutation }) => isOnAll(mutation))
  if ((onTree && !treeCode) || (onAll && !allCode)) {
    throw new OverlayMissing(async () => {
      if (onTree) treeCode = await import('./tree-overlay.ts')
      if (onAll) allCode = await import('../mutations/all-done.ts')
    })
  }
  const told = onTree && treeCode ? treeCode.toldApart(outbox) : outbox
  return new PendingOverlay(told, onTree ? treeCode : undefined, onAll ? allCode : undefined)
}

/** What was there and is gone, and what is another without it; undefined if there is none to take back. */
export async function discardFromOutbox(tx: StorageTx, id: string): Promise<readonly Mutation[] | undefined> {
  const mutation = (await deleteFromOutbox(tx, id))?.mutation
  if (!mutation || !isMailboxMutation(mutation)) return mutation && [mutation]
  if (treeCode) return [mutation, ...(await treeCode.noteStanding(tx)).map((row) => row.mutation)]
  throw new OverlayMissing(async () => {
    treeCode = await import('./tree-overlay.ts')
  })
}

class PendingOverlay implements Overlay {
  readonly #outbox: readonly OutboxRow[]
  readonly #pending: Pending
  readonly #moved: readonly EmailId[]
  readonly #leavesOut: boolean
  readonly #tree: TreeCode | undefined
  readonly #all: AllCode | undefined
  readonly #gone: ReadonlySet<MailboxId> | undefined
  #threads: Promise<MovedThreads> | undefined

  /** What intents about mailboxes need, and those about all that match, where there are any. */
  constructor(outbox: readonly OutboxRow[], tree: TreeCode | undefined, all: AllCode | undefined) {
    this.#all = all
    this.#outbox = outbox
    this.#pending = foldPending(outbox)
    this.#moved = movedIds(this.#pending)
    this.#leavesOut = outbox.some(({ mutation }) => isOnMatch(mutation) && mutation.match.except)
    this.#tree = tree
    this.#gone = tree?.destroyedMailboxes(outbox)
  }

  email(email: Email): Email | undefined {
    const effective = effectiveEmail(email, this.#pending)
    return effective && this.#left(effective)
  }

  thread(thread: Thread | undefined, emails: readonly Email[]): EffectiveThread {
    const effective = effectiveThread(thread, emails, this.#pending)
    if (!this.#gone?.size) return effective
    const left = effective.emails.filter((email) => this.#left(email))
    const dead = new Set(effective.emails.filter((email) => !left.includes(email)).map(({ id }) => id))
    const ids = effective.thread?.emailIds.filter((id) => !dead.has(id))
    return { emails: left, thread: effective.thread && ids && { ...effective.thread, emailIds: ids } }
  }

  rows(rows: readonly ThreadRow[]): readonly ThreadRow[] {
    return rows.map((row) => effectiveRow(row, this.#pending))
  }

  async list(tx: StorageTx, mailboxId: MailboxId, after: After): Promise<ListOverlay | undefined> {
    if (this.#moved.length === 0 && !this.#leavesOut) return undefined
    const gathered = new MovedIn(mailboxId, this.#pending)
    if (this.#threads) gathered.add((await this.#threads).values())
    else await this.#movedThreads(tx, gathered.add)
    const moved = gathered.all()
    if (moved.removed.length + moved.added.length === 0) return undefined
    return new MovedList(tx, mailboxId, { all: moved, after, left: this.#leftBelow(mailboxId, moved, after) })
  }

  async movedRow(tx: StorageTx, threadId: ThreadId, mailboxId: MailboxId): Promise<MovedRow | undefined> {
    if (this.#moved.length === 0 && !this.#leavesOut) return undefined
    const moved = (await this.#movedThreads(tx)).get(threadId)
    return moved && { row: movedRow(moved, mailboxId, this.#pending) }
  }

  async mailboxes(tx: StorageTx, mailboxes: readonly Mailbox[]): Promise<readonly Mailbox[]> {
    const read = [...this.#pending].filter(([, { keywords }]) => keywords.has('$seen')).map(([id]) => id)
    const since = this.#all?.movedSince(this.#outbox)
    const came = since === undefined ? [] : await tx.keysWithin('emails', 'receivedAt', { lower: since })
    const out = this.#leavesOut ? await leftOutIn(tx, this.#outbox) : []
    const ids = [...new Set([...read, ...this.#moved, ...out, ...came])]
    const made = withMade(mailboxes, this.#outbox)
    const tree = this.#tree?.effectiveTree(made, this.#outbox) ?? made
    const touched = await inBatches(ids, (id) => tx.get('emails', id))
    const threadIds = new Set(touched.flatMap((email) => email?.threadId ?? []))
    const counts = new PendingCounts(tree, this.#pending, this.#done())
    const threadOf = (id: ThreadId): Promise<Email[]> => tx.byIndex('emails', 'threadId', id)
    await eachBatch([...threadIds], threadOf, (threads) => counts.add(threads))
    return counts.mailboxes()
  }

  /** Where all others have left: what the reader left out, and what was put there since. */
  #leftBelow(mailboxId: MailboxId, { added }: Moved, after: After): readonly ThreadRow[] {
    if (typeof after !== 'string' || after !== this.clearedUntil({ mailboxId })) return []
    const emptied = this.#all?.emptiedBefore(this.#outbox, mailboxId)
    const latest = emptied === undefined ? Infinity : negativeMs(emptied)
    const isBelow = (ms: number): boolean => ms >= negativeMs(after) && ms <= latest
    return added.filter(({ receivedAt }) => isBelow(negativeMs(receivedAt)))
  }

  /** Without mailboxes that go. */
  #left(email: Email): Email | undefined {
    return this.#tree && this.#gone ? this.#tree.outsideOf(email, this.#gone) : email
  }

  clearedUntil({ mailboxId, isRaw }: ListQuery): string | undefined {
    return isRaw ? undefined : this.#all?.clearedUntil(this.#outbox, mailboxId)
  }

  #done(): AllDone | undefined {
    const all = this.#all
    if (!all) return undefined
    return {
      counts: (mailboxes) => all.withAllDone(mailboxes, this.#outbox),
      emptiedBefore: (id) => all.emptiedBefore(this.#outbox, id),
    }
  }

  /** With what stays where all others leave. */
  #movedThreads(
    tx: StorageTx,
    take: (threads: readonly BaseThread[]) => void = () => undefined,
  ): Promise<MovedThreads> {
    const ids = async (): Promise<readonly EmailId[]> =>
      this.#leavesOut ? [...this.#moved, ...(await leftOutIn(tx, this.#outbox))] : this.#moved
    return (this.#threads ??= ids().then((all) => readMovedThreads(tx, all, take)))
  }
}

/** What the reader left out of all, under the ids that it has now: a blob outlives a thread merge (B6.5a). */
async function leftOutIn(tx: StorageTx, outbox: readonly OutboxRow[]): Promise<readonly EmailId[]> {
  const names = outbox.flatMap(({ mutation, status }) => {
    const except = status !== 'failed' && isOnMatch(mutation) ? mutation.match.except : undefined
    return except?.emailIds.map((id, at) => [id, except.blobIds[at]] as const) ?? []
  })
  const living = await Promise.all(
    names.map(async ([id, blobId]) => {
      if (await tx.get('emails', id)) return [id]
      return blobId ? tx.keysByIndex('emails', 'blobId', blobId) : []
    }),
  )
  return living.flat()
}

class MovedList implements ListOverlay {
  readonly growth: number
  readonly growthAbove: number
  readonly removed: number
  readonly #tx: StorageTx
  readonly #mailboxId: MailboxId
  readonly #all: Moved
  readonly #above: Moved
  readonly #after: After
  /** They stand one after the other where the part above the horizon ends. */
  readonly #left: readonly ThreadRow[]

  constructor(
    tx: StorageTx,
    mailboxId: MailboxId,
    { all, after, left }: { readonly all: Moved; readonly after: After; readonly left: readonly ThreadRow[] },
  ) {
    this.#tx = tx
    this.#mailboxId = mailboxId
    this.#all = all
    this.#above = above(all, after)
    this.#after = after
    this.#left = left
    this.growth = growthOf(all)
    this.growthAbove = growthOf(this.#above) + left.length
    this.removed = all.removed.length
  }

  async range(range: MovedRange): Promise<readonly ThreadRow[]> {
    const { runs, from, count } = range
    const read = (until: number): Promise<readonly ThreadRow[]> =>
      readMovedRange(this.#tx, this.#mailboxId, this.#above, { ...range, count: until - from })
    if (this.#left.length === 0) return read(from + count)
    const end = await this.#endAbove(runs)
    const left = this.#left.slice(Math.max(0, from - end), Math.max(0, from + count - end))
    return [...(await read(Math.min(from + count, end))), ...left]
  }

  async positionBelow(runs: ListRuns | undefined, threadId: ThreadId): Promise<number | undefined> {
    const at = this.#left.findIndex((row) => row.threadId === threadId)
    return at < 0 ? undefined : (await this.#endAbove(runs)) + at
  }

  async #endAbove(runs: ListRuns | undefined): Promise<number> {
    const edge = [this.#mailboxId, negativeMs(this.#after ?? '')] as const
    return (await positionOfKey(this.#tx, runs, this.#mailboxId, edge)) + growthOf(this.#above)
  }

  shiftAt(key: EntryKey): number {
    return shiftAt(this.#all, key)
  }

  below(base: readonly ThreadRow[]): ThreadRow[] {
    const near = new Set(this.#above.added)
    const removed = new Set(this.#all.removed.map(String))
    const rows = base.filter((row) => !removed.has(String(entryKey(row))))
    return [...rows, ...this.#all.added.filter((row) => !near.has(row))].sort((a, b) =>
      compareKeys(entryKey(a), entryKey(b)),
    )
  }
}

function growthOf({ added, removed }: Moved): number {
  return added.length - removed.length
}
