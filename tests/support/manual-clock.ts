/** A clock that stands until it is told to go on. Timers run in the order they are due. */
import type { Clock } from '../../src/platform/clock.ts'
// Loaded beforehand: a clock that is set by hand does not wait for what is fetched once a request is refused.
import '../../src/auth/sign-in-problem.ts'
import '../../src/jmap/refused-request.ts'

export class ManualClock implements Clock {
  #now: number
  readonly #timers = new Set<{ due: number; callback: () => void }>()

  constructor(start = Date.UTC(2026, 10, 25, 12)) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  monotonic(): number {
    return this.#now
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { due: this.#now + ms, callback }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  get pending(): number {
    return this.#timers.size
  }

  /** Goes on by `ms`, running what falls due and letting promises settle in between. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    await settle()
    for (;;) {
      const due = [...this.#timers].filter((timer) => timer.due <= end).sort((a, b) => a.due - b.due)[0]
      if (!due) break
      this.#now = Math.max(this.#now, due.due)
      this.#timers.delete(due)
      due.callback()
      await settle()
    }
    this.#now = end
    await settle()
  }

  /** The machine sleeps: time passes, and every timer that fell due runs late, at once. */
  async sleep(ms: number): Promise<void> {
    this.#now += ms
    await this.advance(0)
  }
}

/** Lets promise chains and streams run until nothing moves: some macrotasks' worth. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
