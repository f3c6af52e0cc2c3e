/** What a page waits for: windows, bodies, threads. Beside the lane, at visible priority, after the first token. */
import { JmapError } from '../jmap/errors.ts'
import type { AccountContext } from './account-context.ts'
import type { PortError } from './engine-port.ts'
import type { PageFetchers } from './page-fetchers.ts'
import { MethodFailure, Stopped } from './sync-errors.ts'
import { toPortError } from './wire.ts'

export interface PageFetchHandlers {
  /** `isBusy` may have changed. */
  changed(): void
  failed(error: unknown): void
}

export class PageFetches {
  readonly #ctx: AccountContext
  readonly #handlers: PageFetchHandlers
  readonly #waiting = new Set<{ resolve: () => void; reject: (error: Error) => void }>()
  #fetchers: PageFetchers | undefined
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

  async run<M extends keyof PageFetchers>(
    method: M,
    request: Parameters<PageFetchers[M]>[0],
  ): Promise<Awaited<ReturnType<PageFetchers[M]>>> {
    this.#running += 1
    this.#handlers.changed()
    try {
      if (!this.#isOpen) await this.#opened()
      const code = await this.#ctx.afterRows()
      const fetchers = (this.#fetchers ??= new code.PageFetchers(this.#ctx))
      // One method each, of this very name, which takes this very argument.
      return await (fetchers[method] as (request: unknown) => Promise<never>).call(fetchers, request)
    } catch (error) {
      this.#handlers.failed(error)
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- a PortError is data, so that it can be cloned to the page
      throw toFetchError(error)
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
function toFetchError(error: unknown): PortError {
  if (error instanceof MethodFailure) return { kind: error.type }
  return error instanceof JmapError ? toPortError(error) : { kind: 'aborted' }
}
