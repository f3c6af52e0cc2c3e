/** The replica's logic over a storage: `IdbReplica` and `MemoryReplica` differ in nothing but where the rows lie. */
import type { Email, EmailBody, EmailId, Identity, Mailbox, State, ThreadId } from '../jmap/types.ts'
import type { KeptSettings } from '../mail/account-settings.ts'
import type { ListQuery, ThreadRow } from '../mail/list.ts'
import { isMailboxMutation, type Mutation, type OutboxRow } from '../mutations/mutation.ts'
import type { Clock } from '../platform/clock.ts'
import { silentLogger, type Logger } from '../platform/logger.ts'
import type { Random } from '../platform/random.ts'
import { affectedBy, type Affected } from './affected.ts'
import { BodyShelf } from './body-shelf.ts'
import { isEmptyNotice, Listeners } from './notice.ts'
import { appendToOutbox } from './append-to-outbox.ts'
import { NO_OVERLAY, OverlayMissing, type Overlay, type PendingCode } from './overlay.ts'
import { ReplicaError } from './replica-error.ts'
import * as reads from './stored-reads.ts'
import { StoredWriteTx } from './stored-write-tx.ts'
import { WriteRefused } from './write-refused.ts'
import type {
  ChangeNotice,
  Horizon,
  HorizonScope,
  ListWindow,
  Replica,
  StateType,
  ThreadDetail,
  WriteGuard,
  WriteOutcome,
  WriteTx,
} from './replica.ts'
import { STORE_NAMES, type StoreName } from './storage/schema.ts'
import type { Storage, StorageTx, TransactionOptions } from './storage/storage.ts'

/** What decides on outbox rows reads and writes. */
const OUTBOX_STORES: StoreName[] = ['outbox', 'meta', 'mailboxes']
const STRICT = { mode: 'readwrite', durability: 'strict' } as const

export interface ReplicaDeps {
  readonly clock: Clock
  readonly random: Random
  readonly log?: Logger
  /** Hears this context's own commits only, not what `announce` repeats: where a channel to other tabs hooks in. */
  readonly onCommit?: (notice: ChangeNotice) => void
  /** A write found no room, whatever was given up for it. */
  readonly onFull?: (() => void) | undefined
}

export class StoredReplica implements Replica {
  readonly #storage: Storage
  readonly #deps: ReplicaDeps
  readonly #listeners: Listeners
  readonly #bodies: BodyShelf
  #pendingCode: PendingCode | undefined
  /** Once: a device on which it does not help is no loop. */
  #repair: Promise<void> | undefined

  constructor(storage: Storage, deps: ReplicaDeps) {
    const log = deps.log ?? silentLogger
    this.#storage = storage
    this.#deps = deps
    this.#listeners = new Listeners((error) => log.error('a listener threw', error))
    this.#bodies = new BodyShelf(storage, deps.clock, log)
  }

  mailboxes(): Promise<readonly Mailbox[]> {
    return this.#effective(reads.MAILBOX_STORES, reads.readMailboxes)
  }

  identities(): Promise<readonly Identity[]> {
    return this.read(['identities'], (tx) => tx.getAll('identities'))
  }

  listWindow(query: ListQuery, from: number, count: number): Promise<ListWindow> {
    return this.#effective(reads.LIST_STORES, (tx, pending) => reads.readListWindow(tx, query, from, count, pending))
  }

  rows(query: ListQuery, emailIds: readonly EmailId[]): Promise<readonly (ThreadRow | undefined)[]> {
    return this.#effective([...reads.THREAD_STORES, 'entries'], (tx, pending) =>
      reads.readRows(tx, query, emailIds, pending),
    )
  }

  islands(query: ListQuery, count: number): Promise<readonly ThreadRow[]> {
    return this.#effective(reads.LIST_STORES, (tx, pending) => reads.readIslands(tx, query, count, pending))
  }

  positionOf(query: ListQuery, threadId: ThreadId): Promise<number | undefined> {
    const stores: StoreName[] = [...reads.THREAD_STORES, 'entries', 'horizons', 'lists']
    return this.#effective(stores, (tx, pending) => reads.readPosition(tx, query, threadId, pending))
  }

  thread(threadId: ThreadId): Promise<ThreadDetail | undefined> {
    return this.#effective(reads.THREAD_STORES, (tx, pending) => reads.readThread(tx, threadId, pending))
  }

  emails(ids: readonly EmailId[]): Promise<readonly (Email | undefined)[]> {
    return this.#effective(reads.THREAD_STORES, (tx, pending) => reads.readEmails(tx, ids, pending))
  }

  body(id: EmailId): Promise<EmailBody | undefined> {
    return this.#bodies.body(id)
  }

  bodiesPresent(ids: readonly EmailId[]): Promise<ReadonlySet<EmailId>> {
    return this.#bodies.present(ids)
  }

  outbox(): Promise<readonly OutboxRow[]> {
    return this.read(['outbox'], (tx) => tx.getAll('outbox'))
  }

  async syncedAt(): Promise<number | undefined> {
    return (await this.read(['meta'], (tx) => tx.get('meta', 'syncedAt')))?.value
  }

  async settings(): Promise<KeptSettings | undefined> {
    return (await this.read(['meta'], (tx) => tx.get('meta', 'settings')))?.settings
  }

  subscribe(listener: (notice: ChangeNotice) => void): () => void {
    return this.#listeners.add(listener)
  }

  async appendMutation(mutation: Mutation): Promise<OutboxRow> {
    // About a mailbox, or with the id of one that the reader made. What only looks like it is written as it is.
    const isOnTree = isMailboxMutation(mutation) || JSON.stringify(mutation).includes('"~~')
    const known = isOnTree && (await import('./tree-overlay.ts')).withKnownIds
    const intent = { id: this.#deps.random.uuid(), createdAt: this.#deps.clock.now() }
    const written = this.#withCode(() =>
      this.#change(OUTBOX_STORES, STRICT, async (tx) =>
        appendToOutbox(tx, { ...intent, mutation: known ? await known(tx, mutation) : mutation }, this.#code),
      ),
    )
    const [row, affected] = await Promise.all([
      written,
      this.#affectedBy([known ? (await written).mutation : mutation]),
    ])
    this.#tell({ outbox: true, mailboxes: true, ...affected })
    return row
  }

  discardMutation(id: string): Promise<boolean> {
    return this.#decide((tx) => this.#code().discardFromOutbox(tx, id))
  }

  retryMutation(id: string): Promise<boolean> {
    return this.#decide((tx) => this.#code().requeueInOutbox(tx, id))
  }

  claimEpoch(): Promise<number> {
    return this.#change(['meta'], STRICT, raiseEpoch)
  }

  async state(type: StateType): Promise<State | undefined> {
    return (await this.read(['states'], (tx) => tx.get('states', type)))?.state
  }

  horizon(scope: HorizonScope): Promise<Horizon | undefined> {
    return this.read(['horizons'], (tx) => tx.get('horizons', scope))
  }

  async write<T>(guard: WriteGuard, body: (tx: WriteTx) => Promise<T>): Promise<WriteOutcome<T>> {
    const options = { mode: 'readwrite', durability: guard.durability ?? 'relaxed' } as const
    try {
      const { value, notice } = await this.#change(STORE_NAMES, options, async (tx) => {
        await check(tx, guard)
        const write = new StoredWriteTx(tx, this.#deps.clock.now())
        const result = await body(write)
        return { value: result, notice: await write.settle() }
      })
      this.#tell(notice)
      return { kind: 'applied', value, notice }
    } catch (error) {
      if (error instanceof WriteRefused) return { kind: error.kind }
      throw error
    }
  }

  announce(notice: ChangeNotice): void {
    this.#listeners.tell(notice)
  }

  async wipe(): Promise<void> {
    await this.#storage.transaction(STORE_NAMES, STRICT, async (tx) => {
      const epoch = await currentEpoch(tx)
      for (const store of STORE_NAMES) tx.clear(store)
      // The epoch survives, so that a leader of before the sign-out is deposed and recreates nothing.
      tx.put('meta', { name: 'epoch', value: epoch + 1 })
    })
    this.#tell({ all: true })
  }

  close(): void {
    this.#listeners.clear()
    this.#storage.close()
  }

  async #decide(act: (tx: StorageTx) => Promise<readonly Mutation[] | undefined>): Promise<boolean> {
    const touched = await this.#withCode(() => this.#change(OUTBOX_STORES, STRICT, act))
    if (touched === undefined) return false
    this.#tell({ outbox: true, mailboxes: true, ...(await this.#affectedBy(touched)) })
    return true
  }

  /** Apart from the strict write: that one must not wait for whoever reads or writes Emails. */
  #affectedBy(mutations: readonly Mutation[]): Promise<Affected> {
    return this.read(['emails'], (tx) => affectedBy(tx, mutations))
  }

  /** On a full disk what is here only for as long as there is room goes first; so do rows once one cannot be read. */
  async #change<T>(
    stores: readonly StoreName[],
    options: TransactionOptions,
    body: (tx: StorageTx) => Promise<T>,
  ): Promise<T> {
    for (let isRepaired = false; ;) {
      try {
        return await this.#storage.transaction(stores, options, body)
      } catch (error) {
        const kind = error instanceof ReplicaError && error.kind
        if (kind !== 'quota' && (kind !== 'corrupt' || isRepaired)) throw error
        const { dropRows, makeRoom } = await import('./kept/make-room.ts')
        if (kind === 'quota') {
          await makeRoom(this.#storage, this.#deps, error)
        } else {
          await (this.#repair ??= dropRows(this.#storage))
          isRepaired = true
          this.#tell({ all: true })
        }
      }
    }
  }

  read<T>(stores: readonly StoreName[], body: (tx: StorageTx) => Promise<T>): Promise<T> {
    return this.#change(stores, { mode: 'readonly' }, body)
  }

  /** What base rows and queued intents make together; the code for the latter comes with the first of them. */
  #effective<T>(
    stores: readonly StoreName[],
    body: (tx: StorageTx, overlay: Promise<Overlay>) => Promise<T>,
  ): Promise<T> {
    return this.#withCode(() =>
      this.read(stores, (tx) => {
        const overlay = tx
          .getAll('outbox')
          .then((outbox) => (outbox.length === 0 ? NO_OVERLAY : this.#code().overlayOf(outbox)))
        // A body that fails before it asks for it leaves it to nobody.
        overlay.catch(() => undefined)
        return body(tx, overlay)
      }),
    )
  }

  async #withCode<T>(task: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await task()
      } catch (error) {
        if (!(error instanceof OverlayMissing)) throw error
        this.#pendingCode = await import('./pending-overlay.ts')
        await error.load?.()
      }
    }
  }

  readonly #code = (): PendingCode => {
    if (!this.#pendingCode) throw new OverlayMissing()
    return this.#pendingCode
  }

  #tell(notice: ChangeNotice): void {
    if (isEmptyNotice(notice)) return
    this.#listeners.tell(notice)
    this.#deps.onCommit?.(notice)
  }
}

async function currentEpoch(tx: StorageTx): Promise<number> {
  return (await tx.get('meta', 'epoch'))?.value ?? 0
}

async function raiseEpoch(tx: StorageTx): Promise<number> {
  const epoch = (await currentEpoch(tx)) + 1
  tx.put('meta', { name: 'epoch', value: epoch })
  return epoch
}

async function check(tx: StorageTx, guard: WriteGuard): Promise<void> {
  if ((await currentEpoch(tx)) !== guard.epoch) throw new WriteRefused('deposed')
  for (const [type, expected] of Object.entries(guard.states ?? {}) as [StateType, State | undefined][]) {
    if ((await tx.get('states', type))?.state !== expected) throw new WriteRefused('conflict')
  }
}
