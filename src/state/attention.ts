/** Tells the engine what is on screen, so that it serves that first and fetches its bodies ahead. */
import type { Clock } from '../platform/clock.ts'
import type { AccountPort, Attention } from '../sync/engine-port.ts'

/** Scrolling changes the rows in view many times a second; the engine hears the last of them. */
const SETTLE_MS = 120

const nothing: Attention = { visible: false, mailboxId: null, emailIds: [], openThreadId: null }

export class AttentionReporter {
  readonly #clock: Clock
  #port: AccountPort | null = null
  #attention: Attention = nothing
  #cancel: (() => void) | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The account on screen; the one before it is told that nobody looks. */
  lookAt(port: AccountPort | null): void {
    if (port === this.#port) return
    this.#cancel?.()
    this.#port?.setAttention(nothing)
    this.#port = port
    this.#attention = nothing
  }

  report(change: Partial<Attention>): void {
    this.#attention = { ...this.#attention, ...change }
    this.#cancel?.()
    this.#cancel = this.#clock.after(SETTLE_MS, () => this.#port?.setAttention(this.#attention))
  }
}
