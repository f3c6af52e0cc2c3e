/** When to pull although nobody said that something changed: instead of an event stream, or as its watchdog. */
import type { Clock } from '../platform/clock.ts'
import type { Random } from '../platform/random.ts'
import { Backoff } from './backoff.ts'

const VISIBLE_MS = 30_000
const HIDDEN = { first: 60_000, last: 300_000 }
/** With a stream: one that lies silent is caught by this. */
const WATCHDOG_MS = 600_000

export class PollTimer {
  readonly #clock: Clock
  readonly #random: Random
  readonly #poll: () => void
  readonly #hidden: Backoff
  #isPolling = false
  #isVisible = true
  #cancel: () => void = () => undefined

  constructor(deps: { clock: Clock; random: Random }, poll: () => void) {
    this.#clock = deps.clock
    this.#random = deps.random
    this.#hidden = new Backoff(deps.random, HIDDEN)
    this.#poll = poll
  }

  start(): void {
    this.#cancel()
    const wait = !this.#isPolling ? WATCHDOG_MS : this.#isVisible ? VISIBLE_MS : this.#hidden.next()
    this.#cancel = this.#clock.after(wait * (0.8 + 0.4 * this.#random.next()), () => {
      this.#poll()
      this.start()
    })
  }

  stop(): void {
    this.#cancel()
  }

  setPolling(isPolling: boolean): void {
    this.#isPolling = isPolling
    this.start()
  }

  /** Whoever comes back to the page does not wait for the poll that nobody looked at. */
  setVisible(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return
    this.#isVisible = isVisible
    this.#hidden.reset()
    this.start()
    if (isVisible && this.#isPolling) this.#poll()
  }
}
