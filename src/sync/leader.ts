/**
 * Which tab's worker runs the engine of a sign-in. The lock `engine/LOGIN` says so; the next waiter takes over when a
 * tab dies. A stopped tab keeps its lock for ever (measured), so a visible follower that gets no answer to its ping
 * steals it. Whoever leads first raises the replica's epoch: a stopped leader that wakes up finds itself deposed.
 *
 *   waiting --lock granted--> leading --yield / stolen / stop--> idle --join--> waiting
 */
import type { Clock } from '../platform/clock.ts'
import type { Locks } from '../platform/locks.ts'

export interface LeaderEvents {
  /** The lock is ours until the returned promise resolves; the signal aborts when it is given up or stolen. Must not reject. */
  onLead(signal: AbortSignal): Promise<void>
}

/** A leader answers pings at once; one that does not in this time is stopped (1.5 s, measured against timer throttling). */
export const PING_TIMEOUT_MS = 1500

export class Leadership {
  readonly #locks: Locks | undefined
  readonly #name: string
  readonly #events: LeaderEvents
  readonly #clock: Clock
  #waiting: AbortController | undefined
  #leading: AbortController | undefined
  #cancelPing: (() => void) | undefined

  constructor(deps: { locks: Locks | undefined; clock: Clock; login: string; events: LeaderEvents }) {
    this.#locks = deps.locks
    this.#clock = deps.clock
    this.#name = `engine/${deps.login}`
    this.#events = deps.events
  }

  get isLeading(): boolean {
    return this.#leading !== undefined
  }

  /** Queues for the lock. Without Web Locks this tab leads alone: one tab at a time is then the user's to keep. */
  join(): void {
    if (this.#waiting || this.#leading) return
    if (!this.#locks) {
      void this.#lead()
      return
    }
    this.#request({})
  }

  /** Gives up the lock or the place in the queue. */
  leave(): void {
    this.#cancelPing?.()
    this.#waiting?.abort(new DOMException('left', 'AbortError'))
    this.#waiting = undefined
    this.#leading?.abort(new DOMException('left', 'AbortError'))
    this.#leading = undefined
  }

  /** Called with each ping sent; `didPong` in time keeps the leader, else its lock is stolen. */
  didPing(): void {
    if (this.#leading || this.#cancelPing || !this.#locks) return
    this.#cancelPing = this.#clock.after(PING_TIMEOUT_MS, () => {
      this.#cancelPing = undefined
      if (this.#leading) return
      this.#waiting?.abort(new DOMException('stealing', 'AbortError'))
      this.#waiting = undefined
      this.#request({ steal: true })
    })
  }

  didPong(): void {
    this.#cancelPing?.()
    this.#cancelPing = undefined
  }

  #request(options: { steal?: boolean }): void {
    const waiting = new AbortController()
    this.#waiting = waiting
    // A steal cannot be combined with a signal (Web Locks §4.4): it is granted at once.
    const lockOptions: LockOptions = options.steal ? { steal: true } : { signal: waiting.signal }
    this.#locks
      // Granted in the moment in which it was given up: who led now as well would never hear that it ends.
      ?.request(this.#name, lockOptions, () => (this.#waiting === waiting ? this.#lead() : Promise.resolve()))
      .catch(() => {
        if (this.#waiting === waiting) this.#waiting = undefined
        if (!this.#leading) return
        // Stolen: another tab took us for stopped. Step down and wait in line again.
        this.#leading.abort(new DOMException('stolen', 'AbortError'))
        this.#leading = undefined
        this.join()
      })
  }

  async #lead(): Promise<void> {
    const leading = new AbortController()
    this.#waiting = undefined
    this.#leading = leading
    this.didPong()
    await this.#events.onLead(leading.signal)
    if (this.#leading === leading) this.#leading = undefined
  }
}
