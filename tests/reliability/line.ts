/** The simulation's wire with a notebook, and with whatever a check puts between a tab and the server. */
import { Wire, type Peer, type Post, type WireDeps } from '../simulate/wire.ts'
import type { Clock } from '../../src/platform/clock.ts'
import type { Invocation } from '../../src/jmap/types.ts'

/** One request as it left, and what came back. */
export interface Sent {
  readonly device: string
  readonly tab: string
  readonly at: number
  readonly method: string
  readonly url: string
  readonly calls: readonly Invocation[]
  readonly size: number
  /** Undefined while nothing came, and where nothing came. */
  status?: number
  endedAt?: number
}

export type Between = (post: Post, pass: (post: Post) => Promise<Response>) => Promise<Response>

export class Line extends Wire {
  readonly sent: Sent[] = []
  /** When a stream was asked for. */
  readonly streamsAt: number[] = []
  mostStreams = 0
  mostAtOnce = 0
  between: Between = (post, pass) => pass(post)
  /** Streams that are open carry nothing, and new ones get no answer. */
  isSilent = false
  #openStreams = 0
  #inFlight = 0
  readonly #clock: Clock
  readonly #dead = new Set<() => void>()

  constructor(deps: WireDeps) {
    super(deps)
    this.#clock = deps.clock
  }

  override async send(peer: Peer, post: Post, signal: AbortSignal): Promise<Response> {
    const { method, url, calls, body } = post
    const { device, tab } = peer
    const sent: Sent = { device, tab, at: this.#clock.now(), method, url, calls, size: body?.length ?? 0 }
    this.sent.push(sent)
    this.#inFlight += 1
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#inFlight)
    try {
      const answer = await this.between(post, (passed) => super.send(peer, passed, signal))
      sent.status = answer.status
      return answer
    } finally {
      this.#inFlight -= 1
      sent.endedAt = this.#clock.now()
    }
  }

  override async stream(peer: Peer, post: Post): Promise<Response> {
    this.streamsAt.push(this.#clock.now())
    if (this.isSilent) await new Promise<void>((resolve) => void this.#dead.add(resolve))
    const response = await super.stream(peer, post)
    if (!response.body || response.status !== 200) return response
    this.#openStreams += 1
    this.mostStreams = Math.max(this.mostStreams, this.#openStreams)
    return new Response(this.#counted(response.body), { status: 200, headers: response.headers })
  }

  /** What was asked for in vain is answered after all: by then nobody waits for it. */
  speak(): void {
    this.isSilent = false
    for (const resolve of this.#dead) resolve()
    this.#dead.clear()
  }

  #counted(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const reader = body.getReader()
    let isCut = false
    let isOpen = true
    const didEnd = (): void => {
      if (isOpen) this.#openStreams -= 1
      isOpen = false
    }
    return new ReadableStream({
      pull: async (controller) => {
        for (;;) {
          const { done, value } = await reader.read()
          // A connection that was silent once stays so: its peer is another network away.
          isCut ||= this.isSilent
          if (done) {
            didEnd()
            if (!isCut) controller.close()
            return
          }
          if (isCut) continue
          controller.enqueue(value)
          return
        }
      },
      cancel: () => {
        didEnd()
        void reader.cancel().catch(() => undefined)
      },
    })
  }
}
