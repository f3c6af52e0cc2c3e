/** What a page waits for: windows, bodies, threads. Beside the lane, at visible priority, after the first token. */
import { JmapError } from '../jmap/errors.ts'
import type { EmailId, ThreadId } from '../jmap/types.ts'
import type { ListQuery } from '../mail/list.ts'
import type { AccountContext, AfterRows } from './account-context.ts'
import type { FetchedWindow, Hits, HitsRequest, WindowRequest } from './engine-port.ts'
import type { Search } from './search.ts'
import { MethodFailure, Stopped } from './sync-errors.ts'
import type { QueryDialect } from './windows.ts'

export interface PageFetchHandlers {
  /** `isBusy` may have changed. */
  changed(): void
  failed(error: unknown): void
}

export class PageFetches {
  readonly #ctx: AccountContext
  readonly #handlers: PageFetchHandlers
  readonly #dialect: QueryDialect = { hasAnchor: true }
  readonly #waiting = new Set<{ resolve: () => void; reject: (error: Error) => void }>()
  #search: Search | undefined
  #isOpen = false
  #running = 0

  constructor(ctx: AccountContext, handlers: PageFetchHandlers) {
    this.#ctx = ctx
    this.#handlers = handlers
  }

  get isBusy(): boolean {
    return this.#running > 0
  }

  /** The first sync is done. Before it no token could vouch for a row, so fetches waited. */
  open(): void {
    this.#isOpen = true
    for (const waiter of this.#waiting) waiter.resolve()
    this.#waiting.clear()
  }

  close(): void {
    for (const waiter of this.#waiting) waiter.reject(new Stopped())
    this.#waiting.clear()
  }

  window(request: WindowRequest): Promise<FetchedWindow> {
    return this.#run(async ({ loadWindows }) => {
      const { fetchWindow } = await loadWindows()
      return fetchWindow(this.#ctx, request, this.#dialect)
    })
  }

  total(query: ListQuery): Promise<number | undefined> {
    return this.#run(({ fetchTotal }) => fetchTotal(this.#ctx, query))
  }

  bodies(emailIds: readonly EmailId[]): Promise<void> {
    return this.#run(async ({ fetchBodies }) => {
      await fetchBodies(this.#ctx, emailIds, 'visible')
    })
  }

  thread(threadId: ThreadId): Promise<void> {
    return this.#run(({ fetchThread }) => fetchThread(this.#ctx, threadId, { priority: 'visible', isInLane: false }))
  }

  email(emailId: EmailId): Promise<{ emailId: EmailId; threadId: ThreadId } | null> {
    return this.#run(async ({ loadFetchEmail }) => {
      const { fetchEmail } = await loadFetchEmail()
      return fetchEmail(this.#ctx, emailId)
    })
  }

  hits(request: HitsRequest): Promise<Hits> {
    return this.#run(async ({ loadSearch }) => {
      const { Search } = await loadSearch()
      return (this.#search ??= new Search(this.#ctx)).find(request)
    })
  }

  async #run<T>(body: (code: AfterRows) => Promise<T>): Promise<T> {
    this.#running += 1
    this.#handlers.changed()
    try {
      if (!this.#isOpen) await this.#opened()
      return await body(await this.#ctx.afterRows())
    } catch (error) {
      this.#handlers.failed(error)
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- a PortError is data, so that it can be cloned to the page
      throw toPortError(error)
    } finally {
      this.#running -= 1
      this.#handlers.changed()
    }
  }

  #opened(): Promise<void> {
    if (this.#ctx.isStopped) return Promise.reject(new Stopped())
    return new Promise((resolve, reject) => {
      this.#waiting.add({ resolve, reject })
    })
  }
}

/** What crosses the port instead of an exception (engine-port.ts). */
function toPortError(error: unknown): { kind: string; retryAfterMs?: number } {
  if (error instanceof JmapError) {
    return { kind: error.kind, ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }) }
  }
  if (error instanceof MethodFailure) return { kind: error.type }
  return { kind: 'aborted' }
}
