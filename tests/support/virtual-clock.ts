/** Time that moves only when a test says so. Between two timers everything that was set off runs to its end. */
import type { Clock } from '../../src/platform/clock.ts'

interface Timer {
  readonly at: number
  readonly order: number
  readonly callback: () => void
}

export class VirtualClock implements Clock {
  #now: number
  readonly #start: number
  #order = 0
  #timers: Timer[] = []
  /** Work outside the microtask queue, such as a request inside the in-process server. */
  readonly #pending = new Set<() => boolean>()

  constructor(start = Date.UTC(2026, 0, 15, 12)) {
    this.#now = start
    this.#start = start
  }

  now(): number {
    return this.#now
  }

  monotonic(): number {
    return this.#now - this.#start
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, ms), order: (this.#order += 1), callback }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  /** `isBusy` says that something runs which the clock must wait for. */
  waitFor(isBusy: () => boolean): void {
    this.#pending.add(isBusy)
  }

  /** Runs what is due within `ms`, in order. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    await this.settle()
    for (let timer = this.#due(end); timer; timer = this.#due(end)) {
      this.#now = Math.max(this.#now, timer.at)
      this.#timers = this.#timers.filter((other) => other !== timer)
      timer.callback()
      await this.settle()
    }
    this.#now = end
  }

  /** Until nothing runs any more without time passing. */
  async settle(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve))
    while ([...this.#pending].some((isBusy) => isBusy()))
    await new Promise((resolve) => setImmediate(resolve))
  }

  #due(end: number): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers) {
      if (timer.at > end) continue
      if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) first = timer
    }
    return first
  }
}
