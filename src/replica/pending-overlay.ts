/** The overlay of an outbox that is not empty: for each read the base rows with what is pending folded in. */
import type { Email, EmailId, Mailbox, MailboxId, Thread, ThreadId } from '../jmap/types.ts'
import type { ThreadRow } from '../mail/list.ts'
import { effectiveMailboxes, emptiedBefore, withMade } from '../mutations/effective-mailboxes.ts'
import type { OutboxRow } from '../mutations/mutation.ts'
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
import type { After, EffectiveThread, ListOverlay, MovedRow, Overlay } from './overlay.ts'
import { compareKeys, entryKey, type EntryKey } from './storage/keys.ts'
import type { ListRuns } from './storage/schema.ts'
import type { StorageTx } from './storage/storage.ts'

export { supersedes } from '../mutations/supersedes.ts'

export function overlayOf(outbox: readonly OutboxRow[]): Overlay {
  return new PendingOverlay(outbox)
}

class PendingOverlay implements Overlay {
  readonly #outbox: readonly OutboxRow[]
  readonly #pending: Pending
  readonly #moved: readonly EmailId[]
  #threads: Promise<MovedThreads> | undefined

  constructor(outbox: readonly OutboxRow[]) {
    this.#outbox = outbox
    this.#pending = foldPending(outbox)
    this.#moved = movedIds(this.#pending)
  }

  email(email: Email): Email | undefined {
    return effectiveEmail(email, this.#pending)
  }

  thread(thread: Thread | undefined, emails: readonly Email[]): EffectiveThread {
    return effectiveThread(thread, emails, this.#pending)
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
    const ids = [...new Set([...read, ...this.#moved])]
    const isEmptied = this.#outbox.some(({ mutation }) => mutation.type === 'emptyMailbox')
    if (ids.length === 0 && !isEmptied) return mailboxes
    const touched = await Promise.all(ids.map((id) => tx.get('emails', id)))
    return effectiveMailboxes(withMade(mailboxes, this.#outbox), await threadsOf(tx, touched), this.#pending)
  }

  emptiedBefore(mailboxId: MailboxId): string | undefined {
    return emptiedBefore(this.#outbox, mailboxId)
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
