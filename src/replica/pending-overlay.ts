/** The overlay of an outbox that is not empty: for each read the base rows with what is pending folded in. */
import type { Email, EmailId, Mailbox, MailboxId, Thread, ThreadId } from '../jmap/types.ts'
import type { ListQuery, ThreadRow } from '../mail/list.ts'
import { effectiveMailboxes, withMade, type AllDone } from '../mutations/effective-mailboxes.ts'
import { isMailboxMutation, isOnAll, type OutboxRow } from '../mutations/mutation.ts'
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
  movedIn,
  movedRow,
  readMovedRange,
  readMovedThreads,
  shiftAt,
  type Moved,
  type MovedThreads,
} from './list-overlay.ts'
import {
  OverlayMissing,
  type After,
  type EffectiveThread,
  type ListOverlay,
  type MovedRow,
  type Overlay,
} from './overlay.ts'
import { compareKeys, entryKey, type EntryKey } from './storage/keys.ts'
import type { ListRuns } from './storage/schema.ts'
import type { StorageTx } from './storage/storage.ts'

export { discardFromOutbox, requeueInOutbox, withdraw } from './outbox-decisions.ts'
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
  return new PendingOverlay(outbox, onTree ? treeCode : undefined, onAll ? allCode : undefined)
}

class PendingOverlay implements Overlay {
  readonly #outbox: readonly OutboxRow[]
  readonly #pending: Pending
  readonly #moved: readonly EmailId[]
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
    if (this.#moved.length === 0) return undefined
    const moved = movedIn(mailboxId, await this.#movedThreads(tx), this.#pending)
    return moved.removed.length + moved.added.length > 0 ? new MovedList(tx, mailboxId, moved, after) : undefined
  }

  async movedRow(tx: StorageTx, threadId: ThreadId, mailboxId: MailboxId): Promise<MovedRow | undefined> {
    if (this.#moved.length === 0) return undefined
    const moved = (await this.#movedThreads(tx)).get(threadId)
    return moved && { row: movedRow(moved, mailboxId, this.#pending) }
  }

  async mailboxes(tx: StorageTx, mailboxes: readonly Mailbox[]): Promise<readonly Mailbox[]> {
    const read = [...this.#pending].filter(([, { keywords }]) => keywords.has('$seen')).map(([id]) => id)
    const since = this.#all?.movedSince(this.#outbox)
    const came = since === undefined ? [] : await tx.keysWithin('emails', 'receivedAt', { lower: since })
    const ids = [...new Set([...read, ...this.#moved, ...came])]
    const made = withMade(mailboxes, this.#outbox)
    const tree = this.#tree?.effectiveTree(made, this.#outbox) ?? made
    const touched = await Promise.all(ids.map((id) => tx.get('emails', id)))
    return effectiveMailboxes(tree, await threadsOf(tx, touched), this.#pending, this.#done())
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

  #movedThreads(tx: StorageTx): Promise<MovedThreads> {
    return (this.#threads ??= readMovedThreads(tx, this.#pending))
  }
}

class MovedList implements ListOverlay {
  readonly growth: number
  readonly growthAbove: number
  readonly removed: number
  readonly #tx: StorageTx
  readonly #mailboxId: MailboxId
  readonly #all: Moved
  readonly #above: Moved

  constructor(tx: StorageTx, mailboxId: MailboxId, all: Moved, after: After) {
    this.#tx = tx
    this.#mailboxId = mailboxId
    this.#all = all
    this.#above = above(all, after)
    this.growth = growthOf(all)
    this.growthAbove = growthOf(this.#above)
    this.removed = all.removed.length
  }

  range(runs: ListRuns | undefined, from: number, count: number): Promise<readonly ThreadRow[]> {
    return readMovedRange(this.#tx, this.#mailboxId, this.#above, { runs, from, count })
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

/** Every known message of the threads of these. */
async function threadsOf(tx: StorageTx, emails: readonly (Email | undefined)[]): Promise<Email[]> {
  const ids = new Set(emails.filter((email) => email !== undefined).map((email) => email.threadId))
  return (await Promise.all([...ids].map((id) => tx.byIndex('emails', 'threadId', id)))).flat()
}
