/** One connection to the event stream, from the request to its end, watched so that a dead one is noticed. */
import { JmapError } from './errors.ts'
import type { PushEvent } from './client.ts'
import type { HttpDeps } from './http-exchange.ts'
import { errorOf, exchange } from './http-exchange.ts'
import { createSseParser } from './sse-parser.ts'
import { asObject, own, parseWireJson } from './wire-json.ts'

export interface EventStreamOptions {
  readonly url: string
  readonly authorization: string
  readonly signal: AbortSignal
  /** Expected between two pings until one says otherwise. */
  readonly pingMs: number
  readonly onOpen: () => void
  readonly onBytes: () => void
  /** Gets what looks at once whether the stream is alive, for when the machine or the network was away. */
  readonly onWatch: (look: () => void) => void
  readonly onPing: (intervalMs: number) => void
  readonly onState: (changed: Extract<PushEvent, { kind: 'state' }>['changed']) => void
}

/** `silent`: pings stayed away. `slept`: the machine did. `ended`: the server or the network closed it. */
export type StreamEnd = 'silent' | 'slept' | 'ended'

const connectTimeoutMs = 30_000
const slackMs = 5_000
/** With the second until the next connection, what was missed is here 65 s after the last ping of 30 (reliability.md R14). */
const silenceSlackMs = 3_000
const watchEveryMs = 10_000

/** Resolves when the stream is over; rejects with a JmapError when it never began. */
export async function readEventStream(deps: HttpDeps, options: EventStreamOptions): Promise<StreamEnd> {
  const body = await exchange(
    deps,
    {
      url: options.url,
      headers: { Authorization: options.authorization, Accept: 'text/event-stream' },
      signal: options.signal,
      timeoutMs: connectTimeoutMs,
    },
    (response) => acceptStream(response, deps.clock.now()),
  )
  options.onOpen()
  const reader = body.getReader()
  const watch = watchStream(deps, options.pingMs, (end) => {
    void reader.cancel(end).catch(() => undefined)
  })
  options.onWatch(watch.doubt)
  const stop = (): void => {
    void reader.cancel().catch(() => undefined)
  }
  options.signal.addEventListener('abort', stop, { once: true })
  try {
    const parse = createSseParser(({ event, data }) => {
      if (event === 'state') tellState(data, options)
      if (event === 'ping') watch.expectEvery(tellPing(data, options))
    })
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      watch.sawBytes()
      options.onBytes()
      parse(part.value)
    }
  } catch {
    // Cut off, or a line without end: the next connection begins anew either way.
    stop()
  } finally {
    watch.stop()
    options.signal.removeEventListener('abort', stop)
  }
  return watch.verdict()
}

async function acceptStream(response: Response, now: number): Promise<ReadableStream<Uint8Array>> {
  const failure = await errorOf(response, now)
  if (failure) throw failure
  // 204 tells an EventSource to stop for good (Cyrus).
  if (response.status === 204) throw new JmapError('protocol', 'The server has no event stream', { status: 204 })
  const isStream = /^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '')
  if (!isStream || !response.body) {
    await response.body?.cancel()
    throw new JmapError('protocol', 'The answer is not an event stream', { status: response.status })
  }
  return response.body
}

interface Watch {
  sawBytes(): void
  expectEvery(ms: number): void
  /** A ping is missing already: not worth waiting for the second. */
  readonly doubt: () => void
  stop(): void
  verdict(): StreamEnd
}

/** A timer that comes late says that the machine slept; two pings that stayed away, that the line is dead. */
function watchStream({ clock }: HttpDeps, pingMs: number, onEnd: (end: StreamEnd) => void): Watch {
  const state: { lastBytes: number; expected: number; end: StreamEnd } = {
    lastBytes: clock.monotonic(),
    expected: pingMs,
    end: 'ended',
  }
  let cancel: () => void
  const silentFor = (): number => clock.monotonic() - state.lastBytes
  const patience = (): number => 2 * state.expected + silenceSlackMs
  const finish = (end: StreamEnd): void => {
    state.end = end
    onEnd(end)
  }
  const look = (due: number): void => {
    // By the wall clock, which goes on in a sleep. It may also be set back: silence is measured by the other.
    if (clock.now() - due > slackMs) finish('slept')
    else if (silentFor() >= patience()) finish('silent')
    else cancel = schedule()
  }
  const schedule = (): (() => void) => {
    const ms = Math.min(watchEveryMs, Math.max(0, patience() - silentFor()))
    const due = clock.now() + ms
    return clock.after(ms, () => {
      look(due)
    })
  }
  cancel = schedule()
  return {
    sawBytes: () => {
      state.lastBytes = clock.monotonic()
    },
    expectEvery: (ms) => {
      state.expected = ms
    },
    doubt: () => {
      if (silentFor() > state.expected + slackMs) finish('slept')
    },
    stop: () => {
      cancel()
    },
    verdict: () => state.end,
  }
}

/** RFC 8620 §7.3 counts in seconds, Stalwart in milliseconds (M18): no server pings once an hour. */
function tellPing(data: string, options: EventStreamOptions): number {
  const interval = own(asObject(parseQuietly(data)), 'interval')
  if (typeof interval !== 'number' || !(interval > 0)) return options.pingMs
  const ms = interval > 3600 ? interval : interval * 1000
  options.onPing(ms)
  return ms
}

function tellState(data: string, options: EventStreamOptions): void {
  const changed: Record<string, Readonly<Record<string, string>>> = {}
  for (const [accountId, types] of Object.entries(asObject(own(asObject(parseQuietly(data)), 'changed')) ?? {})) {
    const states = Object.entries(asObject(types) ?? {}).filter(([, state]) => typeof state === 'string')
    changed[accountId] = Object.fromEntries(states) as Record<string, string>
  }
  if (Object.keys(changed).length > 0) options.onState(changed)
}

function parseQuietly(data: string): unknown {
  try {
    return parseWireJson(data)
  } catch {
    return undefined
  }
}
