/**
 * An in-memory JMAP mail server: the only one we write. `fetch` is its whole HTTP surface, so that tests run it in
 * process and `demo/http` puts node:http in front; `account` is the hand of other clients.
 */
import { systemClock } from '../../src/platform/clock.ts'
import type { Clock } from '../../src/platform/clock.ts'
import { methodNames } from './api.ts'
import { Directory } from './directory.ts'
import { limitError } from './errors.ts'
import { EventStreams } from './event-source.ts'
import { createFaultSwitch } from './faults.ts'
import type { FaultAction, FaultSwitch } from './faults.ts'
import type { JmapServerOptions, Limits } from './options.ts'
import { personalityOf } from './personality.ts'
import { RequestLog } from './request-log.ts'
import { json, route } from './routes.ts'
import type { ReadRequest, RouteDeps } from './routes.ts'
import { seededRandom } from './seeded-random.ts'
import type { MailAccount } from './store/mail-account.ts'
import { Tokens } from './tokens.ts'

export type { DemoUser, JmapServerOptions } from './options.ts'
export type { LazyMessage, MailAccount } from './store/mail-account.ts'

export interface JmapServer {
  /** Rejects with a TypeError, as a browser's does, when a fault says that the connection is lost. */
  fetch(request: Request): Promise<Response>
  /** Throws when there is none of this id. */
  account(accountId: string): MailAccount
  /** The account a user owns, by username. */
  accountOf(username: string): MailAccount
  readonly directory: Directory
  readonly tokens: Tokens
  readonly streams: EventStreams
  readonly faults: FaultSwitch
  readonly log: RequestLog
  /** Ends the user's tokens; open event streams stay open (M3). */
  changePassword(username: string, password: string): void
  close(): void
}

const DEFAULT_USER = { username: 'mara@example.test', password: 'mara-secret', name: 'Mara' }

export function createJmapServer(options: JmapServerOptions = {}): JmapServer {
  const personality = personalityOf(options.like ?? 'plain')
  const clock = options.clock ?? systemClock
  const random = options.random ?? seededRandom(1)
  const { instance } = options
  const directory = new Directory({ users: options.users ?? [DEFAULT_USER], personality, clock, random, instance })
  const tokens = new Tokens(directory, clock)
  const streams = new EventStreams()
  const faults = createFaultSwitch(random, options.faults ?? [])
  const log = new RequestLog()
  let limits: Limits = { ...personality.limits, ...options.limits }
  const deps: RouteDeps = { personality, directory, tokens, streams, faults, clock, limits: () => limits }
  let inFlight = 0

  const act = (action: FaultAction): void => {
    if (action.kind === 'limits') limits = { ...limits, ...action.limits }
    if (action.kind !== 'forgetChanges') return
    for (const account of directory.accounts()) {
      if (action.accountId === undefined || action.accountId === account.id) account.forgetChanges()
    }
  }

  const answer = async (request: ReadRequest, actions: readonly FaultAction[]): Promise<Response> => {
    const isCounted = /^\/jmap\/?$/.test(request.url.pathname) && request.method === 'POST'
    if (isCounted && inFlight >= limits.maxConcurrentRequests) {
      const { problem } = limitError('maxConcurrentRequests', 'Too many concurrent requests.')
      return json(problem, 400, { 'Content-Type': 'application/problem+json' })
    }
    if (isCounted) inFlight += 1
    try {
      actions.forEach(act)
      for (const action of actions) {
        if (action.kind === 'delay') await pause(clock, action.ms)
        if (action.kind === 'hold') await faults.untilGone(action)
      }
      if (actions.some(({ kind }) => kind === 'dropBefore')) throw lost()
      if (actions.some(({ kind }) => kind === 'duplicate')) route(deps, request)
      const replaced = replacement(actions)
      const response = replaced ?? route(deps, request)
      if (actions.some(({ kind }) => kind === 'dropAfter')) {
        await response.body?.cancel()
        throw lost()
      }
      const cut = actions.find((action) => action.kind === 'truncate')
      return cut ? await truncated(response, cut.bytes) : response
    } finally {
      if (isCounted) inFlight -= 1
    }
  }

  const find = (account: MailAccount | undefined, name: string): MailAccount => {
    if (!account) throw new Error(`no account ${name}`)
    return account
  }

  return {
    async fetch(request) {
      const url = new URL(request.url)
      const body = new Uint8Array(await request.arrayBuffer())
      const isApi = /^\/jmap\/?$/.test(url.pathname) && request.method === 'POST'
      const calls = isApi ? methodNames(new TextDecoder().decode(body)) : []
      const origin = options.origin ?? url.origin
      const read = { method: request.method, url, headers: request.headers, body, origin }
      const response = await abortable(answer(read, faults.requestFaults(url.pathname, calls)), request.signal)
      const bytesOut = Number(response.headers.get('Content-Length') ?? 0)
      log.record({
        method: request.method,
        path: url.pathname,
        calls,
        bytesIn: body.length,
        bytesOut,
        status: response.status,
      })
      return response
    },
    account: (accountId) => find(directory.account(accountId), accountId),
    accountOf: (username) => find(directory.accountOf(username), username),
    directory,
    tokens,
    streams,
    faults,
    log,
    changePassword(username, password) {
      directory.setPassword(username, password)
      tokens.revoke(username)
    },
    close() {
      streams.closeAll()
      faults.clear()
    },
  }
}

/** As `fetch` rejects in a browser, which says no more. */
function lost(): TypeError {
  return new TypeError('Failed to fetch')
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve)
  })
}

async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  let stop: (() => void) | undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    if (stop) signal.removeEventListener('abort', stop)
  }
}

const PAGE = '<!doctype html><title>502 Bad Gateway</title><h1>Bad Gateway</h1>'

function replacement(actions: readonly FaultAction[]): Response | null {
  for (const action of actions) {
    if (action.kind === 'status') {
      return new Response(action.body ?? '', { status: action.status, headers: { ...action.headers } })
    }
    if (action.kind === 'html') {
      return new Response(PAGE, {
        status: action.status ?? 502,
        headers: { 'Content-Type': 'text/html; charset=utf-8' },
      })
    }
    if (action.kind === 'body') {
      return new Response(action.body, { headers: { 'Content-Type': action.contentType ?? 'application/json' } })
    }
  }
  return null
}

async function truncated(response: Response, bytes: number): Promise<Response> {
  const whole = new Uint8Array(await response.arrayBuffer())
  const headers = new Headers(response.headers)
  headers.delete('Content-Length')
  return new Response(whole.slice(0, bytes), { status: response.status, headers })
}
