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
import { expandTemplate } from './url-template.ts'

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
/** Answers in a row that are no event stream (a portal's page, JSON) before we stop asking. */
const strangeAnswers = 3
const unsupportedStatus: ReadonlySet<number | undefined> = new Set([204, 404, 405, 501])

/** Connects and stays connected until the returned function is called. */
export function listenToEvents(deps: EventSourceDeps, listener: (event: PushEvent) => void): () => void {
  const stop = new AbortController()
  void stayConnected(
    deps,
    (event) => {
      if (!stop.signal.aborted) listener(event)
    },
    stop.signal,
  )
  return () => {
    stop.abort()
  }
}

interface Attempts {
  failures: number
  strange: number
  /** What we expect between pings until the server says its own interval. */
  pingMs: number
}

async function stayConnected(
  deps: EventSourceDeps,
  say: (event: PushEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const attempts: Attempts = { failures: 0, strange: 0, pingMs: pingSeconds * 1000 }
  while (!signal.aborted) {
    const delay = await connectOnce(deps, say, signal, attempts)
    if (delay === 'unsupported') {
      say({ kind: 'unsupported' })
      return
    }
    say({ kind: 'closed', retryInMs: delay })
    // Refused credentials: nothing is sent again by itself. The next request of the engine says so to the person.
    if (delay === Number.POSITIVE_INFINITY) return
    await sleep(deps.clock, delay, signal).catch(() => undefined)
  }
}

/** One connection's whole life; answers how long to wait before the next. */
async function connectOnce(
  deps: EventSourceDeps,
  say: (event: PushEvent) => void,
  signal: AbortSignal,
  attempts: Attempts,
): Promise<number | 'unsupported'> {
  const template = deps.url()
  if (template === null) return 'unsupported'
  const url = expandTemplate(template, { types: '*', closeafter: 'no', ping: String(pingSeconds) })
  const openedAt = { ms: Number.POSITIVE_INFINITY }
  const open = (authorization: string): Promise<'silent' | 'slept' | 'ended'> =>
    readEventStream(deps, {
      url,
      authorization,
      signal,
      pingMs: attempts.pingMs,
      onOpen: () => {
        openedAt.ms = deps.clock.now()
        attempts.strange = 0
        say({ kind: 'open' })
      },
      onPing: (intervalMs) => {
        attempts.pingMs = Math.min(intervalMs, longestPingMs)
      },
      onState: (changed) => {
        say({ kind: 'state', changed })
      },
    })
  try {
    const end = await withRenewal(deps.authorization, open)
    if (deps.clock.now() - openedAt.ms >= provenMs) attempts.failures = 0
    // The machine slept: the network may be another one, and everything may have changed meanwhile.
    if (end === 'slept') return 0
    // Perhaps the server pings less often than it was asked to; without a ping it never told us.
    if (end === 'silent') attempts.pingMs = Math.min(attempts.pingMs * 2, longestPingMs)
    return nextDelay(deps.random, attempts)
  } catch (error) {
    const failure = error instanceof JmapError ? error : undefined
    if (failure && unsupportedStatus.has(failure.status)) return 'unsupported'
    if (failure?.kind === 'unauthorized') return Number.POSITIVE_INFINITY
    if (failure?.kind === 'protocol' && ++attempts.strange >= strangeAnswers) return 'unsupported'
    deps.log.debug('event stream', failure?.kind)
    return Math.max(failure?.retryAfterMs ?? 0, nextDelay(deps.random, attempts))
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
