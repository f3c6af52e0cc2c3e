/**
 * The engine's code that no first row waits for. Until the page has its rows, the network is theirs: then this code is
 * fetched, or as soon as the page asks for more, or when it asked for nothing for a while (no rows, nobody looking).
 */
import { loadCode } from '../jmap/load-code.ts'
import type { Clock } from '../platform/clock.ts'
import type { AfterRows } from '../sync/account-context.ts'

/** From the moment at which the engine could go on. */
const LONGEST_WAIT_MS = 1000

export class LaterCode {
  readonly #clock: Clock
  readonly #load: () => Promise<AfterRows>
  /** Resolves when the rows had their turn. */
  readonly opened: Promise<void>
  #open: () => void = () => undefined
  #isWaiting = false

  constructor(clock: Clock, load: () => Promise<AfterRows> = () => import('../sync/after-rows.ts')) {
    this.#clock = clock
    this.#load = load
    this.opened = new Promise((resolve) => {
      this.#open = resolve
    })
  }

  /** The page has rows, or wants something that needs the code. */
  open(): void {
    this.#open()
  }

  /** Rejects like a request without a network, so that it is tried again like one. */
  async load(): Promise<AfterRows> {
    if (!this.#isWaiting) this.#clock.after(LONGEST_WAIT_MS, this.#open)
    this.#isWaiting = true
    await this.opened
    return loadCode(this.#load)
  }
}
