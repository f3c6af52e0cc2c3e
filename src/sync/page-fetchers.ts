/** How each of what a page waits for is fetched. By the port's names; the code comes after the first rows. */
import { loadCode } from '../jmap/load-code.ts'
import type { EmailId, ThreadId } from '../jmap/types.ts'
import type { ListQuery } from '../mail/list.ts'
import type { AccountContext } from './account-context.ts'
import { fetchBodies } from './bodies.ts'
import type { FetchedWindow, Hits, HitsRequest, WindowRequest } from './engine-port.ts'
import type { Search } from './search.ts'
import { fetchThread, fetchTotal } from './single-fetches.ts'
import type { QueryDialect } from './windows.ts'

export class PageFetchers {
  readonly #ctx: AccountContext
  readonly #dialect: QueryDialect = { hasAnchor: true }
  #search: Search | undefined

  constructor(ctx: AccountContext) {
    this.#ctx = ctx
  }

  /** What lies below the horizon: its code comes when a reader first gets there. */
  async fetchWindow(request: WindowRequest): Promise<FetchedWindow> {
    const { fetchWindow } = await loadCode(() => import('./windows.ts'))
    return fetchWindow(this.#ctx, request, this.#dialect)
  }

  fetchTotal(query: ListQuery): Promise<number | undefined> {
    return fetchTotal(this.#ctx, query)
  }

  async fetchBodies(emailIds: readonly EmailId[]): Promise<void> {
    await fetchBodies(this.#ctx, emailIds, 'visible')
  }

  fetchThread(threadId: ThreadId): Promise<void> {
    return fetchThread(this.#ctx, threadId, { priority: 'visible', isInLane: false })
  }

  /** A link that is opened cold. */
  async fetchEmail(emailId: EmailId): Promise<{ emailId: EmailId; threadId: ThreadId } | null> {
    const { fetchEmail } = await loadCode(() => import('./fetch-email.ts'))
    return fetchEmail(this.#ctx, emailId)
  }

  async fetchHits(request: HitsRequest): Promise<Hits> {
    const { Search } = await loadCode(() => import('./search.ts'))
    return (this.#search ??= new Search(this.#ctx)).find(request)
  }
}
