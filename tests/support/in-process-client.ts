/** A `JmapClient` over the demo server in process: no sockets, a virtual clock, and a fault for any request. */
import type { JmapServer } from '../../demo/server/jmap-server.ts'
import type { JmapClient, JmapResponse, RequestOptions } from '../../src/jmap/client.ts'
import { JmapError } from '../../src/jmap/errors.ts'
import { expandTemplate } from '../../src/jmap/expand-template.ts'
import { joinResponses, parseResponse } from '../../src/jmap/parse-response.ts'
import { parseSession } from '../../src/jmap/parse-session.ts'
import type { Session } from '../../src/jmap/session.ts'
import type { Invocation } from '../../src/jmap/types.ts'
import { fromJames, toJames } from './james-manners.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** What happens to one request. Delays are in virtual milliseconds, before and after the server acts. */
export interface Fault {
  readonly lose?: 'before' | 'after'
  readonly repeat?: boolean
  readonly delayBefore?: number
  readonly delayAfter?: number
  readonly fail?: JmapError
}

export type FaultSource = (calls: readonly Invocation[], options: RequestOptions) => Fault | undefined

/** One request as tests look at it. */
export interface SeenRequest {
  readonly names: readonly string[]
  readonly calls: readonly Invocation[]
  readonly priority: RequestOptions['priority']
  sent: number
  received: number
  response?: JmapResponse
}

const ORIGIN = 'https://mail.example.test'

export class InProcessClient implements JmapClient {
  readonly session: Session
  readonly seen: SeenRequest[] = []
  /** Names of the blobs that were asked for. */
  readonly downloads: string[] = []
  losesDownloads = false
  /** Runs between the server's acting and the answer's arrival. */
  faults: FaultSource = () => undefined
  /** The error that the server answers a call with. */
  refuses: (name: string, args: Record<string, unknown>) => string | undefined = () => undefined
  /** The server leaves out what Apache James does. */
  isJames = false
  /** With `isJames`: what Email/changes never calls destroyed, because its Mailbox went with it (D21). */
  readonly untold = new Set<string>()
  readonly #server: JmapServer
  readonly #clock: VirtualClock
  readonly #headers: Record<string, string>
  #sequence = 0
  #inside = 0

  private constructor(server: JmapServer, clock: VirtualClock, session: Session, headers: Record<string, string>) {
    this.#server = server
    this.#clock = clock
    this.session = session
    this.#headers = headers
    clock.waitFor(() => this.#inside > 0)
  }

  static async connect(
    server: JmapServer,
    clock: VirtualClock,
    user: { username: string; password: string },
  ): Promise<InProcessClient> {
    const headers = {
      Authorization: `Basic ${btoa(`${user.username}:${user.password}`)}`,
      'Content-Type': 'application/json',
    }
    const found = await server.fetch(new Request(`${ORIGIN}/.well-known/jmap`, { headers }))
    const url = new URL(found.headers.get('Location') ?? '/jmap/session', ORIGIN).href
    const answer = await server.fetch(new Request(url, { headers }))
    const session = parseSession(await answer.json(), url, { allowedOrigins: [], rewriteTo: null })
    return new InProcessClient(server, clock, session, headers)
  }

  onSession(): () => void {
    return () => undefined
  }

  async request(calls: readonly Invocation[], options: RequestOptions = {}): Promise<JmapResponse> {
    const { limits } = this.session
    if (calls.length > limits.maxCallsInRequest) throw new Error(`${calls.length} calls in one request`)
    const seen: SeenRequest = {
      names: calls.map(([name]) => name),
      calls,
      priority: options.priority,
      sent: 0,
      received: 0,
    }
    this.seen.push(seen)
    this.#sequence += 1
    const sequence = this.#sequence
    const fault = this.faults(calls, options) ?? {}
    if (fault.delayBefore) await this.#wait(fault.delayBefore)
    if (fault.fail) throw fault.fail
    if (options.signal?.aborted) throw new JmapError('aborted', 'aborted before it was sent')
    if (fault.lose === 'before') throw new JmapError('network', 'lost before the server')
    const james = this.isJames ? toJames(calls) : undefined
    const text = JSON.stringify({ using: [...this.session.capabilities], methodCalls: james?.calls ?? calls })
    if (fault.repeat) await this.#post(text)
    const { status, body } = await this.#post(text)
    seen.sent = text.length
    seen.received = body.length
    if (fault.delayAfter) await this.#wait(fault.delayAfter)
    if (fault.lose === 'after') throw new JmapError('network', 'lost after the server')
    if (options.signal?.aborted) throw new JmapError('aborted', 'aborted')
    if (status !== 200) throw new JmapError('server', `${status} ${body}`, { status })
    const answer = JSON.parse(body) as { methodResponses: ReturnType<typeof fromJames> }
    const told = james
      ? { ...answer, methodResponses: fromJames(answer.methodResponses, james.own, this.untold) }
      : answer
    for (const [index, [name, args, callId]] of calls.entries()) {
      const type = this.refuses(name, args)
      if (type) told.methodResponses[index] = ['error', { type }, callId]
    }
    const response = joinResponses([parseResponse(told, calls)], {
      sequence,
      sent: text.length,
      received: body.length,
    })
    seen.response = response
    return response
  }

  async download(blob: { accountId: string; blobId: string; type: string; name: string }): Promise<Blob> {
    this.downloads.push(blob.name)
    if (this.losesDownloads) throw new JmapError('network', 'lost')
    this.#inside += 1
    try {
      const url = expandTemplate(this.session.downloadUrl, { ...blob })
      const response = await this.#server.fetch(new Request(url, { headers: this.#headers }))
      if (!response.ok) throw new JmapError('protocol', `${response.status}`, { status: response.status })
      return new Blob([await response.arrayBuffer()], { type: blob.type })
    } finally {
      this.#inside -= 1
    }
  }

  wake(): void {
    // Nothing here waits for a network.
  }

  listen(): () => void {
    return () => undefined
  }

  async #post(text: string): Promise<{ status: number; body: string }> {
    this.#inside += 1
    try {
      const request = new Request(this.session.apiUrl, { method: 'POST', headers: this.#headers, body: text })
      const response = await this.#server.fetch(request)
      return { status: response.status, body: await response.text() }
    } finally {
      this.#inside -= 1
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#clock.after(ms, () => resolve()))
  }
}
