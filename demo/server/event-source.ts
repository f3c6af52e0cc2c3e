/** RFC 8620 §7.3: an open stream of state changes and pings. */
import type { Clock } from '../../src/platform/clock.ts'
import type { Directory } from './directory.ts'
import { RequestError } from './errors.ts'
import type { Personality } from './personality.ts'
import { CHANGE_TYPES, type ChangeType } from './store/change-log.ts'

export interface EventSourceDeps {
  readonly personality: Personality
  readonly directory: Directory
  readonly clock: Clock
  readonly username: string
}

export class EventStreams {
  readonly #open = new Set<() => void>()

  get size(): number {
    return this.#open.size
  }

  /** Cuts every stream, as a restart of the server does. */
  closeAll(): void {
    for (const close of [...this.#open]) close()
  }

  open(deps: EventSourceDeps, query: URLSearchParams): Response {
    const { personality, clock } = deps
    const settings = personality.eventSource
    if (!settings) return new Response(null, { status: 204 })
    const types = wantedTypes(query.get('types'), personality)
    const closesAfterState = query.get('closeafter') === 'state'
    const seconds = Number(query.get('ping') ?? 0)
    const pingSeconds = Number.isFinite(seconds) && seconds > 0 ? Math.max(seconds, settings.minPingSeconds) : 0
    const changed = new Map<string, Set<ChangeType>>()
    const encoder = new TextEncoder()
    let controller: ReadableStreamDefaultController<Uint8Array> | null = null
    let lastSent = -Infinity
    let cancelSend: (() => void) | null = null
    let cancelPing: (() => void) | null = null
    const unsubscribe: (() => void)[] = []
    const close = (): void => {
      if (!this.#open.delete(close)) return
      cancelSend?.()
      cancelPing?.()
      for (const stop of unsubscribe) stop()
      try {
        controller?.close()
      } catch {
        // The reader cancelled first; there is nothing left to close.
      }
    }
    const write = (event: string, data: unknown): void => {
      controller?.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
    }
    const schedulePing = (): void => {
      cancelPing?.()
      if (pingSeconds === 0) return
      cancelPing = clock.after(pingSeconds * 1000, () => {
        write('ping', { interval: (pingSeconds * 1000) / settings.pingUnitMs })
        schedulePing()
      })
    }
    const send = (): void => {
      cancelSend = null
      lastSent = clock.monotonic()
      write('state', { '@type': 'StateChange', changed: stateObject(deps, changed) })
      changed.clear()
      schedulePing()
      if (closesAfterState) close()
    }
    for (const access of deps.directory.accessesOf(deps.username)) {
      // Stalwart says nothing of accounts shared by rights (M18).
      if (!access.isOwner && personality.name === 'stalwart') continue
      unsubscribe.push(
        access.account.onCommit((accountId, touched) => {
          const heard = touched.filter((type) => types.has(type))
          if (heard.length === 0) return
          changed.set(accountId, new Set([...(changed.get(accountId) ?? []), ...heard]))
          // Never within the commit: a request's answer leaves before its push.
          const wait = Math.max(0, lastSent + settings.throttleMs - clock.monotonic())
          cancelSend ??= clock.after(wait, send)
        }),
      )
    }
    this.#open.add(close)
    const body = new ReadableStream<Uint8Array>({
      start: (own) => {
        controller = own
        schedulePing()
      },
      cancel: () => {
        controller = null
        close()
      },
    })
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' } })
  }
}

function wantedTypes(given: string | null, personality: Personality): ReadonlySet<string> {
  const all: ReadonlySet<string> = new Set(CHANGE_TYPES)
  if (given === '*') return all
  const names = (given ?? '').split(',').filter((name) => name !== '')
  if (personality.name === 'stalwart' && names.some((name) => !all.has(name))) {
    throw new RequestError(400, { type: 'about:blank', status: 400, title: 'Invalid parameters' })
  }
  return new Set(names)
}

function stateObject(
  deps: EventSourceDeps,
  changed: ReadonlyMap<string, ReadonlySet<ChangeType>>,
): Record<string, Record<string, string>> {
  const object: Record<string, Record<string, string>> = {}
  for (const [accountId, types] of changed) {
    const account = deps.directory.account(accountId)
    if (!account) continue
    object[accountId] = Object.fromEntries(
      [...types].map((type) => [type, deps.personality.encodeState(account.log.state(type), true)]),
    )
  }
  return object
}
