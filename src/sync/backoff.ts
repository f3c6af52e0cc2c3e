/** Jittered exponential back-off: after a failure, and for a poll that nobody looks at. */
import type { Random } from '../platform/random.ts'

export class Backoff {
  #step = 0
  readonly #first: number
  readonly #last: number
  readonly #random: Random

  constructor(random: Random, bounds: { first: number; last: number }) {
    this.#random = random
    this.#first = bounds.first
    this.#last = bounds.last
  }

  /** The next delay in ms: between half and all of the step, doubled each time. */
  next(): number {
    const full = Math.min(this.#last, this.#first * 2 ** this.#step)
    this.#step += 1
    return full * (0.5 + this.#random.next() / 2)
  }

  reset(): void {
    this.#step = 0
  }
}
