/** The HTTP surface: one request to one answer, faults not counted. */
import type { Clock } from '../../src/platform/clock.ts'
import { runApiRequest } from './api.ts'
import { authenticate } from './authenticate.ts'
import { download, notFound, upload } from './blob-routes.ts'
import { stalwartDocument } from './discovery-documents.ts'
import type { Directory } from './directory.ts'
import { RequestError, limitError } from './errors.ts'
import type { EventStreams } from './event-source.ts'
import type { FaultSwitch } from './faults.ts'
import type { Limits } from './options.ts'
import type { Personality } from './personality.ts'
import { sessionObject, sessionState } from './session.ts'
import type { Tokens } from './tokens.ts'

export interface RouteDeps {
  readonly personality: Personality
  readonly directory: Directory
  readonly tokens: Tokens
  readonly streams: EventStreams
  readonly faults: FaultSwitch
  readonly clock: Clock
  readonly limits: () => Limits
}

export interface ReadRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly body: Uint8Array
  /** Base of absolute URLs. */
  readonly origin: string
}

export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  const text = JSON.stringify(body)
  return new Response(text, {
    status,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(text)),
      ...headers,
    },
  })
}

export function route(deps: RouteDeps, request: ReadRequest): Response {
  try {
    return dispatch(deps, request)
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    if (error.page !== null) {
      return new Response(error.page, { status: error.status, headers: { 'Content-Type': 'text/html; charset=utf-8' } })
    }
    return json(error.problem, error.status, { 'Content-Type': 'application/problem+json', ...error.headers })
  }
}

function dispatch(deps: RouteDeps, request: ReadRequest): Response {
  const { personality } = deps
  const { pathname } = request.url
  if (request.method === 'OPTIONS') {
    // Cyrus wants the password even for a preflight; the others answer it, without CORS headers (M6).
    if (personality.name === 'cyrus') signedIn(deps, request)
    return new Response(null, { status: 204 })
  }
  if (pathname === '/.well-known/jmap') return wellKnown(deps, request)
  if (pathname === personality.sessionPath || pathname === personality.sessionPath.replace(/\/$/, '')) {
    if (request.method === 'GET') return session(deps, request)
  }
  if (/^\/jmap\/?$/.test(pathname) && request.method === 'POST') return api(deps, request)
  const file = /^\/jmap\/download\/([^/]+)\/([^/]+)\/([^/]*)$/.exec(pathname)
  if (file) {
    const access = deps.directory.accessTo(decodeURIComponent(file[1] ?? ''), signedIn(deps, request))
    if (!access) throw notFound()
    return download(
      access,
      decodeURIComponent(file[2] ?? ''),
      file[3] ?? '',
      request.url.searchParams.get('accept'),
      personality,
    )
  }
  const target = /^\/jmap\/upload\/([^/]+)\/?$/.exec(pathname)
  if (target && request.method === 'POST') return receive(deps, request, decodeURIComponent(target[1] ?? ''))
  if (/^\/jmap\/eventsource\/?$/.test(pathname)) {
    const username = signedIn(deps, request)
    return deps.streams.open({ ...deps, username }, request.url.searchParams)
  }
  if (personality.tokenFlow) {
    const answer = tokenRoute(deps, request) ?? stalwartDocument(pathname, request.origin)
    if (answer) return answer
  }
  throw notFound()
}

function signedIn(deps: RouteDeps, request: ReadRequest): string {
  return authenticate(request.headers.get('Authorization'), deps.directory, deps.tokens, deps.personality)
}

function wellKnown(deps: RouteDeps, request: ReadRequest): Response {
  const { personality } = deps
  // Cyrus builds it from the Host header and without the slash; Stalwart gives a path.
  const location = personality.name === 'cyrus' ? `${request.url.origin}/jmap` : personality.sessionPath
  return new Response(null, {
    status: personality.wellKnownStatus,
    headers: { Location: location, 'Cache-Control': 'no-cache' },
  })
}

function session(deps: RouteDeps, request: ReadRequest): Response {
  const isAnonymous = deps.personality.anonymousSession && !request.headers.has('Authorization')
  const username = isAnonymous ? null : signedIn(deps, request)
  return json(sessionObject({ ...deps, limits: deps.limits(), origin: request.origin }, username), 200, {
    'Cache-Control': 'no-cache, no-store, must-revalidate',
  })
}

function api(deps: RouteDeps, request: ReadRequest): Response {
  const username = signedIn(deps, request)
  checkContentType(deps.personality, request.headers.get('Content-Type'))
  const limits = deps.limits()
  if (request.body.length > limits.maxSizeRequest) {
    throw limitError('maxSizeRequest', 'The request is larger than the server is willing to process.')
  }
  const answer = runApiRequest(
    {
      personality: deps.personality,
      limits,
      directory: deps.directory,
      faults: deps.faults,
      username,
      sessionState: sessionState(deps.directory, username),
      now: () => deps.clock.now(),
    },
    new TextDecoder().decode(request.body),
  )
  return json(answer)
}

function checkContentType(personality: Personality, given: string | null): void {
  if (given === null || /^application\/json(?:\s*;|$)/i.test(given)) return
  if (personality.name === 'cyrus') {
    throw RequestError.page(415, 'Unsupported Media Type')
  }
  throw new RequestError(400, {
    type: 'urn:ietf:params:jmap:error:notJSON',
    status: 400,
    detail: 'Failed to parse JSON: The Content-Type header must be application/json.',
  })
}

function receive(deps: RouteDeps, request: ReadRequest, accountId: string): Response {
  const access = deps.directory.accessTo(accountId, signedIn(deps, request))
  if (!access) throw notFound()
  const type = request.headers.get('Content-Type') ?? 'application/octet-stream'
  return json(upload(access, request.body, type, deps.limits(), deps.clock.now()), 201)
}

function tokenRoute(deps: RouteDeps, request: ReadRequest): Response | null {
  if (request.method !== 'POST') return null
  const text = new TextDecoder().decode(request.body)
  const { pathname } = request.url
  if (pathname === '/api/auth') {
    const answer = deps.tokens.authorize(text, request.origin)
    return json(answer.body, answer.status, { 'Cache-Control': 'no-store, no-cache, must-revalidate' })
  }
  if (pathname === '/auth/token') {
    const answer = deps.tokens.exchange(text)
    return json(answer.body, answer.status, { 'Cache-Control': 'no-store' })
  }
  return null
}
