/** What the engine says of one account, as runes see it. */
import { createSubscriber } from 'svelte/reactivity'
import type { AccountPort, AccountStatus } from '../sync/engine-port.ts'

export class SyncStatus {
  readonly #port: AccountPort
  readonly #track: () => void

  constructor(port: AccountPort) {
    this.#port = port
    this.#track = createSubscriber((update) => port.onStatus(update))
  }

  get current(): AccountStatus {
    this.#track()
    return this.#port.status
  }
}
