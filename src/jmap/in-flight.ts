/**
 * Requests on their way. After a sleep or a change of networks the answer to one may never come, and no error either
 * until its deadline: whoever knows that the network is there again gives them up.
 */
import type { Clock } from '../platform/clock.ts'
import { JmapError } from './errors.ts'

/** What left later than this may be answered yet: a slow line takes its time. */
const STALE_MS = 5000

interface Flight {
  readonly since: number
  readonly controller: AbortController
  isGivenUp: boolean
}

export class InFlight {
  readonly #clock: Clock
  readonly #flights = new Set<Flight>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Rejects with a JmapError `network` once it is given up. */
  async run<T>(outer: AbortSignal | undefined, send: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController()
    const flight: Flight = { since: this.#clock.now(), controller, isGivenUp: false }
    const stop = (): void => {
      controller.abort()
    }
    if (outer?.aborted) stop()
    outer?.addEventListener('abort', stop, { once: true })
    this.#flights.add(flight)
    try {
      return await send(controller.signal)
    } catch (error) {
      throw flight.isGivenUp ? new JmapError('network', 'Given up after a change of the network') : error
    } finally {
      this.#flights.delete(flight)
      outer?.removeEventListener('abort', stop)
    }
  }

  giveUpStale(): void {
    for (const flight of this.#flights) {
      if (this.#clock.now() - flight.since < STALE_MS) continue
      flight.isGivenUp = true
      flight.controller.abort()
    }
  }
}
