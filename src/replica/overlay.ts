/**
 * What queued intents make of what is read (law 2). While the outbox is empty, base rows are what is shown: the code
 * that folds intents in (`pending-overlay.ts`) comes with the first of them, and no first row waits for it.
 */
import type { Email, Mailbox, MailboxId, Thread, ThreadId } from '../jmap/types.ts'
import type { ListQuery, ThreadRow } from '../mail/list.ts'
import type { Mutation, OutboxRow } from '../mutations/mutation.ts'
import type { MovedRange } from './list-overlay.ts'
import type { EntryKey } from './storage/keys.ts'
import type { ListRuns } from './storage/schema.ts'
import type { StorageTx } from './storage/storage.ts'

/** What stands above the horizon: everything strictly later than `after`, everything if null, nothing if undefined. */
export type After = string | null | undefined

/** Lives as long as the transaction whose outbox it was made of. */
export interface Overlay {
  /** Undefined: it is as good as gone. */
  email(email: Email): Email | undefined
  /** A thread without what is as good as gone. */
  thread(thread: Thread | undefined, emails: readonly Email[]): EffectiveThread
  /** The rows with the keywords to come. */
  rows(rows: readonly ThreadRow[]): readonly ThreadRow[]
  /** What is moved into a list or out of it; undefined: nothing. Needs the stores `emails` and `threads`. */
  list(tx: StorageTx, mailboxId: MailboxId, after: After): Promise<ListOverlay | undefined>
  /** The row of a thread of which something is moved; undefined: nothing of it is. */
  movedRow(tx: StorageTx, threadId: ThreadId, mailboxId: MailboxId): Promise<MovedRow | undefined>
  mailboxes(tx: StorageTx, mailboxes: readonly Mailbox[]): Promise<readonly Mailbox[]>
  /** Only what was received later is left there; undefined: it is neither emptied nor moved as a whole. */
  clearedUntil(query: ListQuery): string | undefined
}

export interface EffectiveThread {
  readonly thread: Thread | undefined
  readonly emails: readonly Email[]
}

/** Without a row: it stands in that list no more. */
export interface MovedRow {
  readonly row: ThreadRow | undefined
}

export interface ListOverlay {
  /** By how many rows the whole list grows, and its part above the horizon. */
  readonly growth: number
  readonly growthAbove: number
  /** Rows of the part above the horizon. */
  range(range: MovedRange): Promise<readonly ThreadRow[]>
  /** Where a row stands that was left where all others have left; undefined: it is none of these. */
  positionBelow(runs: ListRuns | undefined, threadId: ThreadId): Promise<number | undefined>
  /** By how many rows a key stands farther down than among base entries. */
  shiftAt(key: EntryKey): number
  /** How many base rows below the horizon have to be read to know the first `count` of it, and what becomes of them. */
  readonly removed: number
  below(base: readonly ThreadRow[]): ThreadRow[]
}

/** What is asked of rows of an outbox once there are any: the code of `pending-overlay.ts`. */
export interface PendingCode {
  overlayOf(outbox: readonly OutboxRow[]): Overlay
  /** Rows about which this one says the last word leave. */
  withdraw(tx: StorageTx, rows: readonly OutboxRow[], mutation: Mutation): void
  /** What waits again, in its old place; undefined where none has failed. */
  requeueInOutbox(tx: StorageTx, id: string): Promise<readonly Mutation[] | undefined>
  /**
   * What was there and is gone, and what is another without it; undefined if there is none to take back. Needs the
   * stores `mailboxes` and `meta`.
   */
  discardFromOutbox(tx: StorageTx, id: string): Promise<readonly Mutation[] | undefined>
  /** `appendToOutbox` of a `TakeBack`. Needs the store `meta`. */
  takeBack(tx: StorageTx, intent: Pick<OutboxRow, 'id' | 'mutation' | 'createdAt'>): Promise<OutboxRow>
}

/** Of an empty outbox. */
export const NO_OVERLAY: Overlay = {
  email: (email) => email,
  thread: (thread, emails) => ({ thread, emails }),
  rows: (rows) => rows,
  list: () => Promise.resolve(undefined),
  movedRow: () => Promise.resolve(undefined),
  mailboxes: (_, mailboxes) => Promise.resolve(mailboxes),
  clearedUntil: () => undefined,
}

/** There are intents, and the code that folds them in is not here yet: the transaction is given up and begun anew. */
export class OverlayMissing extends Error {
  /** Fetches what more the intents need. */
  readonly load: (() => Promise<void>) | undefined

  constructor(load?: () => Promise<void>) {
    super()
    this.load = load
  }
}
