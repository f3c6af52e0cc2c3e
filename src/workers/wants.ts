/**
 * A follower never fetches: it asks the leader over the channel, and asks again when the leader changes. Each question
 * travels with a ping, so that a stopped leader is found out by the first thing anybody wants of it.
 */
import type { ChannelMessage } from '../sync/channel.ts'
import type { PortError } from '../sync/engine-port.ts'
import type { AccountMethod } from '../sync/wire.ts'

interface Want {
  readonly message: Extract<ChannelMessage, { k: 'want' }>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: PortError) => void
}

export class Wants {
  readonly #send: (message: ChannelMessage) => void
  readonly #newId: () => string
  readonly #waiting = new Map<string, Want>()

  constructor(send: (message: ChannelMessage) => void, newId: () => string) {
    this.#send = send
    this.#newId = newId
  }

  ask(account: string, method: AccountMethod, args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject: (error: unknown) => void) => {
      const message = { k: 'want', requestId: this.#newId(), account, method, args } as const
      this.#waiting.set(message.requestId, { message, resolve, reject })
      this.#send(message)
    })
  }

  didAnswer(message: Extract<ChannelMessage, { k: 'done' | 'failed' }>): void {
    const want = this.#waiting.get(message.requestId)
    if (!want) return
    this.#waiting.delete(message.requestId)
    if (message.k === 'done') want.resolve(message.value)
    else want.reject(message.error)
  }

  /** A new leader: it has heard nothing yet. */
  repeat(): void {
    for (const { message } of this.#waiting.values()) this.#send(message)
  }

  /** This tab leads now: what it asked of others it does itself. */
  take(): readonly Want[] {
    const wants = [...this.#waiting.values()]
    this.#waiting.clear()
    return wants
  }
}
