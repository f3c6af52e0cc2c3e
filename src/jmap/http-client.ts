/** JmapClient over fetch: splitting, queueing, credentials and the session's renewal come together here. */
import type { AuthorizationSource } from '../auth/authorization-source.ts'
import type { Clock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'
import type { Random } from '../platform/random.ts'
import type { JmapClient, JmapResponse, PushEvent, RequestOptions } from './client.ts'
import { JmapError } from './errors.ts'
import type { EventSubscription } from './event-source.ts'
import { InFlight } from './in-flight.ts'
import { loadSession } from './load-session.ts'
import { loadCode } from './load-code.ts'
import { joinResponses } from './parse-response.ts'
import type { ParsedResponse } from './parse-response.ts'
import type { SessionPolicy } from './parse-session.ts'
import { assemble, fits, type RequestBody } from './request-body.ts'
import { RequestLog, type RequestEntry } from './request-log.ts'
import { localSlots, type RequestSlots } from './request-slots.ts'
import type { SentAhead } from './send-ahead.ts'
import { RequestScheduler } from './scheduler.ts'
import type { Session } from './session.ts'
import { postRequest } from './transport.ts'
import type { Invocation } from './types.ts'

export interface HttpClientDeps {
  readonly fetch: typeof fetch
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly authorization: AuthorizationSource
  /** Slots that are shared with others; of its own where left out. */
  readonly slots?: RequestSlots | undefined
}

export interface HttpClientOptions {
  readonly session: Session
  readonly policy: SessionPolicy
  /** A request that has left already: its answer serves the first one that is the same. */
  readonly ahead?: SentAhead | undefined
}

/** Asked for once the request's turn has come. */
type Header = () => Promise<string>

/** After a failed reload of the session, answers that still differ ask again no sooner. */
const sessionRetryMs = 30_000

export class HttpJmapClient implements JmapClient {
  readonly #deps: HttpClientDeps
  readonly #policy: SessionPolicy
  readonly #scheduler: RequestScheduler
  readonly #listeners = new Set<(session: Session) => void>()
  readonly #streams = new Set<EventSubscription>()
  readonly #inFlight: InFlight
  readonly #log: RequestLog
  #session: Session
  #ahead: SentAhead | undefined
  #sequence = 0
  /** The sessionState that the last reload was for: a server whose session never takes it is not asked again. */
  #reloadedFor = ''
  #reloadFailedAt = Number.NEGATIVE_INFINITY

  constructor(deps: HttpClientDeps, options: HttpClientOptions) {
    this.#deps = deps
    this.#policy = options.policy
    this.#session = options.session
    this.#ahead = options.ahead
    this.#inFlight = new InFlight(deps.clock)
    this.#log = new RequestLog(deps.clock)
    this.#scheduler = new RequestScheduler({
      clock: deps.clock,
      random: deps.random,
      slots: deps.slots ?? localSlots(),
      maxConcurrent: () => this.#session.limits.maxConcurrentRequests,
    })
  }

  get session(): Session {
    return this.#session
  }

  get requests(): readonly RequestEntry[] {
    return this.#log.entries
  }

  onSession(listener: (session: Session) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  async request(calls: readonly Invocation[], options: RequestOptions = {}): Promise<JmapResponse> {
    const requests = await this.#toRequests(calls)
    const parts: ParsedResponse[] = []
    // The first part's: what the server did after it left may or may not be in the later ones.
    let sequence: number | undefined
    let sent = 0
    let received = 0
    for (const request of requests) {
      const names = request.calls.map(([name]) => name)
      const part = await this.#authorized(options, names, (header) => {
        sequence ??= ++this.#sequence
        return this.#takeAhead(request) ?? this.#post(request, header, options)
      })
      parts.push(part)
      sent += request.size
      received += part.received
    }
    const response = joinResponses(parts, { sequence: sequence ?? ++this.#sequence, sent, received })
    this.#noticeSessionState(response.sessionState)
    for (const stream of this.#streams) stream.didReachServer()
    return response
  }

  async download(
    blob: Parameters<JmapClient['download']>[0],
    options: Parameters<JmapClient['download']>[1] = {},
  ): Promise<Blob> {
    const { downloadBlob } = await loadCode(() => import('./blobs.ts'))
    return this.#authorized(options, ['download'], async (header) =>
      downloadBlob(this.#deps, this.#session, blob, {
        authorization: await header(),
        signal: options.signal,
        onProgress: options.onProgress,
      }),
    )
  }

  listen(listener: (event: PushEvent) => void): () => void {
    const stop = new AbortController()
    void this.#listen(listener, stop.signal)
    return () => {
      stop.abort()
    }
  }

  wake(): void {
    this.#inFlight.giveUpStale()
    for (const stream of this.#streams) stream.wake()
  }

  async #listen(listener: (event: PushEvent) => void, signal: AbortSignal): Promise<void> {
    // Not part of the first script: no first row comes by the stream.
    const code = await import('./event-source.ts').catch(() => undefined)
    if (signal.aborted) return
    if (!code) {
      // Its code did not arrive: then mail is asked for at intervals, as where a server has no stream.
      listener({ kind: 'unsupported' })
      return
    }
    const stream = code.listenToEvents({ ...this.#deps, url: () => this.#session.eventSourceUrl }, listener)
    this.#streams.add(stream)
    signal.addEventListener('abort', () => {
      this.#streams.delete(stream)
      stream.close()
    })
  }

  #post(request: RequestBody, header: Header, options: RequestOptions): SentAhead['part'] {
    return this.#inFlight.run(options.signal, async (signal) => {
      const authorization = await header()
      await options.mayLeave?.()
      return postRequest(this.#deps, request, { apiUrl: this.#session.apiUrl, authorization, signal })
    })
  }

  #takeAhead({ body }: RequestBody): SentAhead['part'] | undefined {
    const ahead = this.#ahead
    this.#ahead = undefined
    return ahead?.body === body ? ahead.part : undefined
  }

  /** As one request where the server takes it. */
  async #toRequests(calls: readonly Invocation[]): Promise<readonly RequestBody[]> {
    const { limits, capabilities } = this.#session
    const whole = assemble(calls, capabilities)
    if (fits(calls.length, whole.size, limits)) return [whole]
    const { splitRequest } = await loadCode(() => import('./request-splitter.ts'))
    return splitRequest(calls, limits, capabilities)
  }

  /**
   * One 401 asks for another header and tries once; a second one is the answer. The second try waits its turn anew: the
   * server may have told another request meanwhile to come later, and nothing is held up while someone signs in.
   */
  async #authorized<T>(
    options: RequestOptions,
    names: readonly string[],
    send: (header: Header) => Promise<T>,
  ): Promise<T> {
    const { authorization } = this.#deps
    let refused = ''
    const attempt = (header: Header): Promise<T> =>
      this.#scheduler.run(options, () => this.#log.watch(names, () => send(header)))
    try {
      return await attempt(async () => (refused = await authorization.header()))
    } catch (error) {
      if (!(error instanceof JmapError) || error.kind !== 'unauthorized') throw error
      const renewed = await authorization.renew(refused)
      return await attempt(() => Promise.resolve(renewed))
    }
  }

  /** RFC 8620 §3.4: another sessionState means that the session is to be read again. */
  #noticeSessionState(state: string): void {
    if (state === '' || state === this.#session.state || state === this.#reloadedFor) return
    if (this.#deps.clock.monotonic() - this.#reloadFailedAt < sessionRetryMs) return
    this.#reloadedFor = state
    void this.#reload()
  }

  async #reload(): Promise<void> {
    try {
      this.#session = await this.#authorized({ priority: 'visible' }, ['session'], async (header) =>
        loadSession(this.#deps, this.#session.url, this.#policy, { authorization: await header() }),
      )
    } catch (error) {
      this.#reloadedFor = ''
      this.#reloadFailedAt = this.#deps.clock.monotonic()
      this.#deps.log.info('session not read again', error instanceof JmapError ? error.kind : undefined)
      return
    }
    for (const listener of [...this.#listeners]) listener(this.#session)
  }
}
