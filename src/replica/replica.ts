/**
 * The local copy of one account: typed reads for views, guarded writes for the engine. Knows no network.
 *
 * Law 1: base rows are server truth; only `sync/` calls `write`.
 * Law 2: a user's action calls `appendMutation` and nothing else. Reads answer base plus overlay.
 * Law 3: a state token is written in the transaction of the rows it describes, compared with the old token first.
 */
import type { Email, EmailBody, EmailId, Identity, Mailbox, MailboxId, State, Thread, ThreadId } from '../jmap/types.ts'
import type { KeptSettings } from '../mail/account-settings.ts'
import type { ListQuery, ThreadRow } from '../mail/list.ts'
import type { Mutation, OutboxRow } from '../mutations/mutation.ts'
import type { StoreName } from './storage/schema.ts'
import type { StorageTx } from './storage/storage.ts'

export type StateType = 'Mailbox' | 'Email' | 'Thread' | 'Identity'

/** Says what may have changed; views re-read what they show. Sent in-process and over the account's channel. */
export interface ChangeNotice {
  readonly mailboxes?: boolean
  readonly identities?: boolean
  readonly emailIds?: readonly EmailId[]
  readonly threadIds?: readonly ThreadId[]
  readonly bodyIds?: readonly EmailId[]
  /** Mailboxes whose rows or coverage changed. */
  readonly lists?: readonly MailboxId[]
  readonly outbox?: boolean
  /** Email ids that live on under another id after a thread merge: `[dead, alive]`. */
  readonly rekeyed?: readonly (readonly [EmailId, EmailId])[]
  /** Account settings, by what the engine keeps or what waits. */
  readonly settings?: boolean
  /** Any row of any list may read otherwise: something is done to all that match, or no longer is. It names none. */
  readonly anyRow?: boolean
  /** Everything: after sign-out, or a resync. */
  readonly all?: boolean
}

/** Part of a list that comes from rows alone. Positions count from the newest. */
export interface ListWindow {
  /** Rows for the asked positions that are above the horizon. */
  readonly rows: readonly ThreadRow[]
  readonly from: number
  /** How many rows of the list stand above the horizon: all known, no gap. */
  readonly covered: number
  /** Rows of the whole list at the server: `Mailbox.totalThreads` (L5); undefined where the server gives none. */
  readonly total: number | undefined
  /** The horizon is minus infinity: `covered` is the whole list. */
  readonly isComplete: boolean
  /** The horizon itself: what is later is all here. Null is minus infinity; undefined: nothing is claimed. */
  readonly after: string | null | undefined
}

export interface ThreadDetail {
  readonly thread: Thread
  /** Known Emails of the thread, oldest first, overlay applied. */
  readonly emails: readonly Email[]
  /** Ids of the thread that have no row here. */
  readonly missing: readonly EmailId[]
}

/** Reads for views, served by the database in the page, or over the port in private mode (`remote.ts`). */
export interface ReplicaReads {
  mailboxes(): Promise<readonly Mailbox[]>
  identities(): Promise<readonly Identity[]>
  listWindow(query: ListQuery, from: number, count: number): Promise<ListWindow>
  /** Rows for representatives below the horizon, in the order given; undefined where there is no row. */
  rows(query: ListQuery, emailIds: readonly EmailId[]): Promise<readonly (ThreadRow | undefined)[]>
  /** Offline: known rows below the horizon by date, newest first. Never part of the list itself (L1). */
  islands(query: ListQuery, count: number): Promise<readonly ThreadRow[]>
  /** Position of a thread above the horizon, or undefined. */
  positionOf(query: ListQuery, threadId: ThreadId): Promise<number | undefined>
  thread(threadId: ThreadId): Promise<ThreadDetail | undefined>
  emails(ids: readonly EmailId[]): Promise<readonly (Email | undefined)[]>
  body(id: EmailId): Promise<EmailBody | undefined>
  /** Which of these have a body here; for prefetch and "available offline". */
  bodiesPresent(ids: readonly EmailId[]): Promise<ReadonlySet<EmailId>>
  outbox(): Promise<readonly OutboxRow[]>
  /** When the last pull that reached the end was stored; undefined before the first. */
  syncedAt(): Promise<number | undefined>
  /** Account settings without what waits in the outbox (`mutations/set-settings.ts`); undefined before the engine has looked. */
  settings(): Promise<KeptSettings | undefined>
  /** Calls back after each committed change, here or in another context. */
  subscribe(listener: (notice: ChangeNotice) => void): () => void
}

/** What user actions may do. Resolves when the row is durable (`strict`), not when it is sent. */
export interface ReplicaActions {
  appendMutation(mutation: Mutation): Promise<OutboxRow>
  /** Takes a row back that has not been sent, or a failed one. True if it was there. */
  discardMutation(id: string): Promise<boolean>
  /** Queues a failed row again, as if it were new. True if it was there. */
  retryMutation(id: string): Promise<boolean>
}

/** `*` stands for the whole account. */
export type HorizonScope = MailboxId | '*'

/** L1: every Email with `receivedAt` later than `after` (strictly) is here. `null` = minus infinity, all of them. */
export interface Horizon {
  readonly scope: HorizonScope
  readonly after: string | null
}

/** Inside `Replica.write`. Reads see the transaction's own writes. Await only these methods, never the network (R1). */
export interface WriteTx {
  /** Gives the transaction up: nothing is written, and the outcome is `conflict`. */
  conflict(): never
  state(type: StateType): Promise<State | undefined>
  setState(type: StateType, state: State): void
  /** Forgets a token: the next pull starts anew for the type. */
  clearState(type: StateType): void
  setSyncedAt(ms: number): void

  email(id: EmailId): Promise<Email | undefined>
  emails(ids: readonly EmailId[]): Promise<readonly (Email | undefined)[]>
  emailIdsByBlobId(blobId: string): Promise<readonly EmailId[]>
  emailIdsOfThread(threadId: ThreadId): Promise<readonly EmailId[]>
  /** Every known Email id; for the sweep after `cannotCalculateChanges`. */
  allEmailIds(): Promise<readonly EmailId[]>
  /** Skips ids that have a tombstone (L2). List entries of the touched threads are rewritten at commit. */
  putEmails(emails: readonly Email[]): Promise<void>
  patchEmail(
    id: EmailId,
    patch: Pick<Email, 'keywords' | 'mailboxIds'> & Partial<Pick<Email, 'threadId'>>,
  ): Promise<boolean>
  /** Deletes rows and bodies and leaves tombstones that no later `putEmails` overwrites. */
  destroyEmails(ids: readonly EmailId[]): Promise<void>
  /** The id is in `created` again: its tombstone is lifted. */
  reviveEmails(ids: readonly EmailId[]): Promise<void>
  /**
   * Moves bodies, outbox args and whatever names the dead id to the living one (B6.5a). Before or after
   * `destroyEmails` of the dead id, in the same transaction.
   */
  rekeyEmail(dead: EmailId, alive: EmailId): Promise<void>

  thread(id: ThreadId): Promise<Thread | undefined>
  putThreads(threads: readonly Thread[]): Promise<void>
  destroyThreads(ids: readonly ThreadId[]): Promise<void>

  mailboxes(): Promise<readonly Mailbox[]>
  putMailboxes(mailboxes: readonly Mailbox[]): Promise<void>
  /** Merges the given properties into a known Mailbox (RFC 8621 §2.2 updatedProperties). */
  patchMailbox(id: MailboxId, patch: Partial<Mailbox>): Promise<boolean>
  destroyMailboxes(ids: readonly MailboxId[]): Promise<void>
  /** All of them: those not given are gone. */
  putIdentities(identities: readonly Identity[]): Promise<void>

  putBodies(bodies: readonly EmailBody[]): Promise<void>

  horizon(scope: HorizonScope): Promise<Horizon | undefined>
  setHorizon(horizon: Horizon): Promise<void>
  clearHorizons(): Promise<void>

  /** The stores themselves, for `kept/`: what is here for as long as there is room. */
  readonly kept: StorageTx

  putSettings(settings: KeptSettings): void

  outbox(): Promise<readonly OutboxRow[]>
  putOutbox(row: OutboxRow): Promise<void>
  deleteOutbox(ids: readonly string[]): Promise<void>
}

export type WriteOutcome<T> =
  | { readonly kind: 'applied'; readonly value: T; readonly notice: ChangeNotice }
  /** A guarded state token had moved, or the callback called `conflict()`: nothing was written. */
  | { readonly kind: 'conflict' }
  /** Another leader has a newer epoch: nothing was written, and this engine must stop. */
  | { readonly kind: 'deposed' }

export interface WriteGuard {
  /** The epoch this engine was given by `claimEpoch`. */
  readonly epoch: number
  /** Tokens that must still have these values (undefined = none yet). */
  readonly states?: Partial<Record<StateType, State | undefined>>
  /** `strict` where the write takes note of something sent, so that a power cut does not send it again. */
  readonly durability?: 'strict' | 'relaxed' | undefined
}

/** The engine's side of the replica. */
export interface Replica extends ReplicaReads, ReplicaActions {
  /** Increments `meta.epoch` and returns it: what a new leader does first. */
  claimEpoch(): Promise<number>
  state(type: StateType): Promise<State | undefined>
  horizon(scope: HorizonScope): Promise<Horizon | undefined>
  /** One transaction. All writes and the tokens land together or not at all. */
  write<T>(guard: WriteGuard, body: (tx: WriteTx) => Promise<T>): Promise<WriteOutcome<T>>
  /** A look at the stores themselves, for `kept/`. */
  read<T>(stores: readonly StoreName[], body: (tx: StorageTx) => Promise<T>): Promise<T>
  /** Tells this context about a change committed in another one. */
  announce(notice: ChangeNotice): void
  /** Sign-out: raises the epoch and clears every store in one transaction. */
  wipe(): Promise<void>
  close(): void
}
