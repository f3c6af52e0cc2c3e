/**
 * The login's event stream (RFC 8620 §7.3), read with fetch since EventSource cannot send an Authorization header.
 * It proves nothing about the credentials: Stalwart leaves it open after a password change (M3).
 */
import type { AuthorizationSource } from '../auth/authorization-source.ts'
import type { Logger } from '../platform/logger.ts'
import type { Random } from '../platform/random.ts'
import { sleep } from '../platform/clock.ts'
import type { PushEvent } from './client.ts'
import { JmapError } from './errors.ts'
import type { HttpDeps } from './http-exchange.ts'
import { readEventStream } from './event-stream.ts'
import type { StreamEnd } from './event-stream.ts'
import { expandTemplate } from './expand-template.ts'

export interface EventSourceDeps extends HttpDeps {
  readonly random: Random
  readonly log: Logger
  readonly authorization: AuthorizationSource
  /** The session's template as it stands at each connect; null: the server has none. */
  readonly url: () => string | null
}

/** Stalwart's least (§4.1). */
const pingSeconds = 30
const longestPingMs = 300_000
const firstDelayMs = 1_000
const longestDelayMs = 300_000
/** A stream that lived this long was a good one: the next delay begins small again. */
const provenMs = 10_000
/** Answers in a row that are no event stream (a portal's page, JSON) before whoever listens asks by itself. */
const strangeAnswers = 3
/** Requests may pass where the stream's address answers something else for good: they end its wait this seldom. */
const strangeMs = 60_000
const unsupportedStatus: ReadonlySet<number | undefined> = new Set([204, 404, 405, 501])

export interface EventSubscription {
  close(): void
  /** A request has just been answered: if the stream waits for the network or for credentials, it need not wait on. */
  didReachServer(): void
  /** The machine or the network was away: a stream that misses a ping is opened anew. */
  wake(): void
}

/** Connects and stays connected until it is closed. */
export function listenToEvents(deps: EventSourceDeps, listener: (event: PushEvent) => void): EventSubscription {
  const stop = new AbortController()
  const attempts: Attempts = {
    failures: 0,
    strange: 0,
    pingMs: pingSeconds * 1000,
    isTold: false,
    header: '',
    wait: undefined,
    look: undefined,
    isMute: false,
  }
  const say = (event: PushEvent): void => {
    if (!stop.signal.aborted) listener(event)
  }
  void stayConnected(deps, say, stop.signal, attempts)
  return {
    close: () => {
      stop.abort()
    },
    didReachServer: () => {
      if (attempts.wait) void endWait(deps, attempts.wait, attempts.header)
    },
    wake: () => attempts.look?.(),
  }
}

/** A wait that good news can end: after `least` ms, or when there are other credentials. */
interface Wait {
  readonly since: number
  readonly least: number
  readonly end: () => void
}

interface Attempts {
  failures: number
  strange: number
  /** What we expect between pings until the server says its own interval. */
  pingMs: number
  /** The server has said it. */
  isTold: boolean
  /** The Authorization value sent last. */
  header: string
  wait: Wait | undefined
  /** Of the stream that is open. */
  look: (() => void) | undefined
  /** Said, and not taken back. */
  isMute: boolean
}

/** Refused credentials are not tried again because other requests pass, unless they are others or much time has gone. */
async function endWait(deps: EventSourceDeps, { since, least, end }: Wait, sent: string): Promise<void> {
  const isEarly = deps.clock.monotonic() - since < least
  if (isEarly && (await deps.authorization.header().catch(() => sent)) === sent) return
  end()
}

async function stayConnected(
  deps: EventSourceDeps,
  say: (event: PushEvent) => void,
  signal: AbortSignal,
  attempts: Attempts,
): Promise<void> {
  while (!signal.aborted) {
    const outcome = await connectOnce(deps, say, signal, attempts)
    if (outcome === 'unsupported') {
      say({ kind: 'unsupported' })
      return
    }
    say({ kind: 'closed', retryInMs: outcome.delay })
    await waitBetween(deps, outcome, signal, attempts)
  }
}

/** Refused credentials wait without end: nothing is sent by itself. The engine's next request tells the person. */
async function waitBetween(
  deps: EventSourceDeps,
  { delay, least }: Pause,
  signal: AbortSignal,
  attempts: Attempts,
): Promise<void> {
  const end = new AbortController()
  const stop = (): void => {
    end.abort()
  }
  if (signal.aborted) return
  signal.addEventListener('abort', stop, { once: true })
  if (least) attempts.wait = { since: deps.clock.monotonic(), least, end: stop }
  if (Number.isFinite(delay)) {
    await sleep(deps.clock, delay, end.signal).catch(() => undefined)
  } else {
    await new Promise((resolve) => {
      end.signal.addEventListener('abort', resolve, { once: true })
    })
  }
  attempts.wait = undefined
  signal.removeEventListener('abort', stop)
  if (end.signal.aborted) attempts.failures = 0
}

/** How long to wait before the next connection, and after how long at least a request that passes ends the wait. */
interface Pause {
  readonly delay: number
  readonly least?: number
}

/** One connection's whole life. */
async function connectOnce(
  deps: EventSourceDeps,
  say: (event: PushEvent) => void,
  signal: AbortSignal,
  attempts: Attempts,
): Promise<Pause | 'unsupported'> {
  const template = deps.url()
  if (template === null) return 'unsupported'
  const url = expandTemplate(template, { types: '*', closeafter: 'no', ping: String(pingSeconds) })
  const openedAt = { ms: Number.POSITIVE_INFINITY }
  const open = (authorization: string): Promise<StreamEnd> => {
    attempts.header = authorization
    return readEventStream(deps, {
      url,
      authorization,
      signal,
      pingMs: attempts.pingMs,
      onOpen: () => {
        openedAt.ms = deps.clock.monotonic()
        attempts.strange = 0
        say({ kind: 'open' })
      },
      onBytes: () => {
        if (attempts.isMute) say({ kind: 'heard' })
        attempts.isMute = false
      },
      onWatch: (look) => {
        attempts.look = look
      },
      onPing: (intervalMs) => {
        attempts.pingMs = Math.min(intervalMs, longestPingMs)
        attempts.isTold = true
      },
      onState: (changed) => {
        say({ kind: 'state', changed })
      },
    })
  }
  // Requests may pass where streams are held back: whoever listens asks by itself until something is heard.
  const beMute = (): void => {
    if (!attempts.isMute) say({ kind: 'mute' })
    attempts.isMute = true
  }
  try {
    const end = await withRenewal(deps.authorization, open)
    if (deps.clock.monotonic() - openedAt.ms >= provenMs) attempts.failures = 0
    // The machine slept: the network may be another one, and everything may have changed meanwhile.
    if (end === 'slept') return { delay: 0 }
    // Perhaps the server pings less often than it was asked to; without a ping it never told us.
    if (end === 'silent') beMute()
    if (end === 'silent' && !attempts.isTold) attempts.pingMs = Math.min(attempts.pingMs * 2, longestPingMs)
    return { delay: nextDelay(deps.random, attempts) }
  } catch (error) {
    const failure = error instanceof JmapError ? error : undefined
    if (failure && unsupportedStatus.has(failure.status)) return 'unsupported'
    if (failure?.kind === 'unauthorized') return { delay: Number.POSITIVE_INFINITY, least: longestDelayMs }
    // Something answers in the server's place: by a page of its own, or a redirect to it. It may go away again.
    const isStrange = failure?.kind === 'protocol' || failure?.kind === 'origin'
    if (failure?.kind === 'timeout' || (isStrange && ++attempts.strange >= strangeAnswers)) beMute()
    deps.log.debug('event stream', failure?.kind)
    const delay = Math.max(failure?.retryAfterMs ?? 0, nextDelay(deps.random, attempts))
    if (isStrange) return { delay, least: strangeMs }
    return failure?.kind === 'network' || failure?.kind === 'timeout' ? { delay, least: firstDelayMs } : { delay }
  } finally {
    attempts.look = undefined
  }
}

async function withRenewal<T>(source: AuthorizationSource, send: (authorization: string) => Promise<T>): Promise<T> {
  const header = await source.header()
  try {
    return await send(header)
  } catch (error) {
    if (!(error instanceof JmapError) || error.kind !== 'unauthorized') throw error
    return await send(await source.renew(header))
  }
}

/** Doubles up to five minutes; the jitter keeps a restarted server from being met by all at once. */
function nextDelay(random: Random, attempts: Attempts): number {
  const full = Math.min(firstDelayMs * 2 ** attempts.failures, longestDelayMs)
  attempts.failures = Math.min(attempts.failures + 1, 20)
  return Math.round(full * (0.5 + random.next() / 2))
}
