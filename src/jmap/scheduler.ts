/** Decides when a request may leave: priorities, the server's concurrency limit, and its Retry-After, for one login. */
import type { Clock } from '../platform/clock.ts'
import { sleep } from '../platform/clock.ts'
import type { Random } from '../platform/random.ts'
import type { RequestOptions } from './client.ts'
import { JmapError } from './errors.ts'
import type { RequestSlots } from './request-slots.ts'

export interface SchedulerDeps {
  readonly clock: Clock
  readonly random: Random
  readonly slots: RequestSlots
  /** maxConcurrentRequests as the session says now. */
  readonly maxConcurrent: () => number
}

interface Job {
  readonly start: () => void
}

/** A Retry-After up to here is waited out; a longer one is the engine's to show. */
const patienceMs = 6_000
/** How much later than it may a client asks again: all that a server sent away were told the same. */
const jitterMs = 1_000
/** Requests that went well before one more may run at once again. */
const recoveryAfter = 20
const concurrencyTries = 4

export class RequestScheduler {
  readonly #deps: SchedulerDeps
  readonly #queues = { visible: [] as Job[], background: [] as Job[] }
  #running = 0
  #busyUntil = 0
  /** It asked to wait, and nothing went well since: one request at a time finds out whether that is over. */
  #isBusy = false
  /** Learned from a concurrency error: below what the session says, since other clients count too. */
  #ceiling = Number.POSITIVE_INFINITY
  #goodSince = 0

  constructor(deps: SchedulerDeps) {
    this.#deps = deps
  }

  /** How many may be in flight: one is left for the person's other devices. */
  get limit(): number {
    return this.#isBusy ? 1 : Math.max(1, Math.min(this.#deps.maxConcurrent() - 1, this.#ceiling))
  }

  /** Runs `task` when its turn comes. A concurrency error is tried again, since nothing was done at the server. */
  async run<T>(options: RequestOptions, task: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#once(options, task)
      } catch (error) {
        if (!(error instanceof JmapError) || error.limit !== 'maxConcurrentRequests' || attempt === concurrencyTries) {
          throw error
        }
        await this.#pause((0.5 + this.#deps.random.next()) * 200 * 2 ** attempt, options.signal)
      }
    }
  }

  async #once<T>(options: RequestOptions, task: () => Promise<T>): Promise<T> {
    await this.#turn(options)
    try {
      await this.#waitOutBusy(options.signal)
      const release = await this.#deps.slots.take(this.limit, options.signal).catch((cause: unknown) => {
        throw options.signal?.aborted ? aborted() : cause
      })
      try {
        const result = await task()
        this.#learnGood()
        return result
      } catch (error) {
        this.#learnBad(error)
        throw error
      } finally {
        release()
      }
    } finally {
      this.#running -= 1
      this.#startNext()
    }
  }

  #turn({ priority = 'background', signal }: RequestOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(aborted())
        return
      }
      const queue = this.#queues[priority]
      const onAbort = (): void => {
        queue.splice(queue.indexOf(job), 1)
        reject(aborted())
      }
      const job: Job = {
        start: () => {
          signal?.removeEventListener('abort', onAbort)
          resolve()
        },
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      queue.push(job)
      this.#startNext()
    })
  }

  #startNext(): void {
    while (this.#running < this.limit) {
      const job = this.#queues.visible.shift() ?? this.#queues.background.shift()
      if (!job) return
      this.#running += 1
      job.start()
    }
  }

  async #waitOutBusy(signal: AbortSignal | undefined): Promise<void> {
    const wait = this.#busyUntil - this.#deps.clock.monotonic()
    if (wait <= 0) return
    if (wait > patienceMs) throw new JmapError('busy', 'The server asked to wait', { retryAfterMs: wait })
    await this.#pause(wait, signal)
  }

  async #pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
    await sleep(this.#deps.clock, ms, signal).catch(() => {
      throw aborted()
    })
  }

  #learnGood(): void {
    this.#isBusy = false
    if (this.#ceiling === Number.POSITIVE_INFINITY) return
    this.#goodSince += 1
    if (this.#goodSince < recoveryAfter) return
    this.#goodSince = 0
    this.#ceiling += 1
    if (this.#ceiling >= this.#deps.maxConcurrent()) this.#ceiling = Number.POSITIVE_INFINITY
  }

  #learnBad(error: unknown): void {
    if (!(error instanceof JmapError)) return
    if (error.limit === 'maxConcurrentRequests') {
      this.#ceiling = Math.max(1, Math.floor(this.limit / 2))
      this.#goodSince = 0
    }
    if (error.retryAfterMs !== undefined) {
      this.#isBusy = true
      const wait = error.retryAfterMs + this.#deps.random.next() * jitterMs
      this.#busyUntil = Math.max(this.#busyUntil, this.#deps.clock.monotonic() + wait)
    }
  }
}

function aborted(): JmapError {
  return new JmapError('aborted', 'The request was given up')
}
