/** The engine's named timers: setting one replaces it, and all end with the engine. */
import type { Clock } from '../platform/clock.ts'

/** A push is a poke: several within this time become one pull (R7). */
export const DEBOUNCE_MS = 100
/** L7: the second look after something was created, and how often at most. */
export const REASK_MS = 2_000
export const REASK_EVERY_MS = 10_000
/** Between two pages of older mail, so that a phone's radio and the page's own requests get a turn. */
export const BACKFILL_MS = 50
/** From the last row of older mail to what belongs to it. */
export const KEEP_AFTER_MS = 10_000
/** What waits for another network, or failed, is looked at again. */
export const KEEP_LATER_MS = 30_000
/** After a failure: doubled each time, with jitter. */
export const RETRY = { first: 1_000, last: 300_000 }
/**
 * A network that is away is looked for at least this often while somebody looks: nothing tells the page that it came back
 * by itself, or that its sign-in was passed in another window.
 */
export const AWAY_MS = 15_000

/** From the second look to account settings; and how old they may be where no push tells of them. */
export const SETTINGS_AFTER_MS = 10_000
export const SETTINGS_EVERY_MS = 600_000

export type TimerName = 'pull' | 'push' | 'reask' | 'backfill' | 'keep' | 'settings' | 'retry' | 'wake'

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
