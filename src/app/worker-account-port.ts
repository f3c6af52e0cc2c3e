/** `AccountPort` over the worker's port. */
import type {
  AccountInfo,
  AccountPort,
  AccountStatus,
  Attention,
  FetchedWindow,
  Hits,
  HitsRequest,
  Inspection,
  KeepRequest,
  Kept,
  WindowRequest,
} from '../sync/engine-port.ts'
import type { EmailId, ThreadId } from '../jmap/types.ts'
import type { ListQuery } from '../mail/list.ts'
import type { AccountMethod } from '../sync/wire.ts'
import type { CallOptions, WorkerCalls } from './worker-calls.ts'

const STARTING: AccountStatus = { phase: 'starting', outbox: 0, failed: 0, backfill: 0 }

export class WorkerAccountPort implements AccountPort {
  readonly account: AccountInfo
  readonly #calls: WorkerCalls
  readonly #listeners = new Set<(status: AccountStatus) => void>()
  #status: AccountStatus

  constructor(account: AccountInfo, calls: WorkerCalls, status: AccountStatus | undefined) {
    this.account = account
    this.#calls = calls
    this.#status = status ?? STARTING
  }

  get status(): AccountStatus {
    return this.#status
  }

  onStatus(listener: (status: AccountStatus) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  didStatus(status: AccountStatus): void {
    this.#status = status
    for (const listener of this.#listeners) listener(status)
  }

  async fetchWindow(request: WindowRequest): Promise<FetchedWindow> {
    return (await this.#call('fetchWindow', [request])) as FetchedWindow
  }

  async fetchTotal(query: ListQuery): Promise<number | undefined> {
    return (await this.#call('fetchTotal', [query])) as number | undefined
  }

  async fetchBodies(emailIds: readonly EmailId[]): Promise<void> {
    await this.#call('fetchBodies', [emailIds])
  }

  async fetchThread(threadId: ThreadId): Promise<void> {
    await this.#call('fetchThread', [threadId])
  }

  async fetchEmail(emailId: EmailId): Promise<{ emailId: EmailId; threadId: ThreadId } | null> {
    return (await this.#call('fetchEmail', [emailId])) as { emailId: EmailId; threadId: ThreadId } | null
  }

  async fetchHits(request: HitsRequest): Promise<Hits> {
    return (await this.#call('fetchHits', [request])) as Hits
  }

  async fetchBlob(
    blob: Parameters<AccountPort['fetchBlob']>[0],
    onProgress?: (received: number) => void,
    signal?: AbortSignal,
  ): Promise<Blob> {
    return (await this.#call('fetchBlob', [blob], { onProgress, signal })) as Blob
  }

  async keep(request: KeepRequest): Promise<Kept> {
    return (await this.#call('keep', [request])) as Kept
  }

  async inspect(): Promise<Inspection> {
    return (await this.#call('inspect', [])) as Inspection
  }

  pokeOutbox(): void {
    this.#tell('pokeOutbox', [])
  }

  setAttention(attention: Attention): void {
    this.#tell('setAttention', [attention])
  }

  refresh(): void {
    this.#tell('refresh', [])
  }

  #call(method: AccountMethod, args: readonly unknown[], options: CallOptions = {}): Promise<unknown> {
    return this.#calls.account(this.account.key, method, args, options)
  }

  /** Nobody waits for these; a failure shows in the status. */
  #tell(method: AccountMethod, args: readonly unknown[]): void {
    this.#call(method, args).catch(() => undefined)
  }
}
