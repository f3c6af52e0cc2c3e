/**
 * Which rows of a get may be written. A message that was created after our token and destroyed before the next pull is
 * in neither list of /changes (RFC 8620 §5.2): a row of it, once written, would stay for ever. So an unknown row is
 * written only if the answer that brought it has the very state of our token; else a pull comes first.
 */
import type { State } from '../jmap/types.ts'

interface Waiter {
  readonly since: number
  resolve(): void
  reject(error: Error): void
}

export class Vouching {
  #started = 0
  #completed = 0
  #doubt: { token: State | undefined; since: number } | undefined
  readonly #waiters = new Set<Waiter>()
  readonly #wantPull: () => void

  constructor(wantPull: () => void) {
    this.#wantPull = wantPull
  }

  /** Called when a pull's request leaves; its number goes to `didComplete`. */
  didStart(): number {
    this.#started += 1
    return this.#started
  }

  /** The pull reached the end and is stored. */
  didComplete(pull: number): void {
    this.#completed = Math.max(this.#completed, pull)
    for (const waiter of this.#waiters) {
      if (waiter.since >= pull) continue
      this.#waiters.delete(waiter)
      waiter.resolve()
    }
  }

  didFail(error: Error): void {
    for (const waiter of this.#waiters) waiter.reject(error)
    this.#waiters.clear()
  }

  /** `state` is the answer's. Called where the token is sure: in a transaction, or in the lane. */
  isVouched(token: State | undefined, state: State | undefined): boolean {
    if (token === undefined) return false
    if (state === token) return true
    // A server may name one state in two ways: a pull since then that left the token alone found nothing between them.
    if (this.#doubt && this.#doubt.token === token && this.#completed > this.#doubt.since) return true
    if (this.#doubt?.token !== token) this.#doubt = { token, since: this.#started }
    return false
  }

  /** Resolves when a pull that starts from now on is stored. Never to be awaited in the lane. */
  nextPull(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiters.add({ since: this.#started, resolve, reject })
      this.#wantPull()
    })
  }
}
