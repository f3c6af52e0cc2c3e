/** What the page asks this worker: each call is answered once, by its number, and the page can give it up. */
import { toPortError } from '../sync/wire.ts'
import type { HostDeps } from './host-deps.ts'
import type { CallContext } from './login-host.ts'

export class PageCalls {
  readonly #deps: Pick<HostDeps, 'post' | 'log'>
  readonly #aborts = new Map<number, AbortController>()

  constructor(deps: Pick<HostDeps, 'post' | 'log'>) {
    this.#deps = deps
  }

  abort(id: number): void {
    this.#aborts.get(id)?.abort()
  }

  async answer(id: number, work: (context: CallContext) => Promise<unknown>): Promise<void> {
    const { post, log } = this.#deps
    const abort = new AbortController()
    this.#aborts.set(id, abort)
    try {
      const onProgress = (received: number): void => post({ k: 'progress', id, received })
      post({ k: 'answer', id, ok: true, value: await work({ signal: abort.signal, onProgress }) })
    } catch (error) {
      if (!(typeof error === 'object' && error !== null && 'kind' in error)) log.error('a call failed', error)
      post({ k: 'answer', id, ok: false, error: toPortError(error) })
    }
    this.#aborts.delete(id)
  }
}
