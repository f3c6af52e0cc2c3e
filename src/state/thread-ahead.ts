/** Conversations read ahead: the neighbours of the open one, so that the next key press finds everything in memory. */
import { firstOpen, LONG } from './thread-fold.ts'
import type { OpenAccount } from './open-account.ts'
import type { EmailBody, ThreadId } from '../jmap/types.ts'
import type { ThreadDetail } from '../replica/replica.ts'

export interface PreparedThread {
  readonly detail: ThreadDetail
  /** The body of the letter that will stand open. */
  readonly bodies: readonly EmailBody[]
}

const kept = 6

export class ThreadAhead {
  readonly #account: OpenAccount
  readonly #threads = new Map<ThreadId, PreparedThread>()

  constructor(account: OpenAccount) {
    this.#account = account
  }

  /** Reads only what is on the device: fetching ahead from the server is the engine's work. */
  async prefetch(threadId: ThreadId): Promise<PreparedThread | undefined> {
    const known = this.#threads.get(threadId)
    if (known) return known
    const { replica } = this.#account
    const detail = await replica.thread(threadId)
    const first = detail && firstOpen(detail.emails, null)
    // a conversation of hundreds is folded by code that its view waits for
    if (!detail || !first || detail.emails.length > LONG) return undefined
    const body = await replica.body(first)
    if (!body) return undefined
    const prepared = { detail, bodies: [body] }
    this.#threads.set(threadId, prepared)
    const oldest = this.#threads.keys().next()
    if (this.#threads.size > kept && !oldest.done) this.#threads.delete(oldest.value)
    return prepared
  }

  /** Gives the prepared thread once: a view reads again behind it, since rows may have changed meanwhile. */
  take(threadId: ThreadId): PreparedThread | undefined {
    const prepared = this.#threads.get(threadId)
    this.#threads.delete(threadId)
    return prepared
  }
}
