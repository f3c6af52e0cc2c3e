/** The engine's named timers: setting one replaces it, and all end with the engine. */
import type { Clock } from '../platform/clock.ts'

export type TimerName = 'pull' | 'push' | 'reask' | 'backfill' | 'retry'

export class EngineTimers {
  readonly #clock: Clock
  readonly #cancels = new Map<TimerName, () => void>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  has(name: TimerName): boolean {
    return this.#cancels.has(name)
  }

  /** Runs `callback` once after `ms`. */
  set(name: TimerName, ms: number, callback: () => void): void {
    this.cancel(name)
    const cancel = this.#clock.after(ms, () => {
      this.#cancels.delete(name)
      callback()
    })
    this.#cancels.set(name, cancel)
  }

  cancel(name: TimerName): void {
    this.#cancels.get(name)?.()
    this.#cancels.delete(name)
  }

  cancelAll(): void {
    for (const name of [...this.#cancels.keys()]) this.cancel(name)
  }
}
