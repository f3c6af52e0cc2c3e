/**
 * Finds the session URL before any credential exists: the deployment's servers, the page's origin, what the address's
 * domain says about itself; or the server that was typed. The first that speaks JMAP wins.
 */
import type { DiscoveryProblem } from '../auth/outcomes.ts'
import type { Deployment } from './deployment.ts'
import type { HttpDeps } from './http-exchange.ts'
import type { SessionPolicy } from './parse-session.ts'
import { probeSession } from './probe-server.ts'
import type { Found, ProbeResult } from './probe-server.ts'

export interface DiscoveryRequest {
  /** As typed, or empty. */
  readonly server: string
  readonly username: string
  readonly pageOrigin: string
  readonly isSecureContext: boolean
  readonly deployment: Deployment
}

export type DiscoveryResult =
  | { readonly ok: true; readonly found: Found; readonly policy: SessionPolicy }
  | { readonly ok: false; readonly problem: DiscoveryProblem }

const sessionPath = '/jmap/session'
const wellKnownPath = '/.well-known/jmap'

/** Sends nothing but anonymous GETs, and none to an origin that the deployment does not name. */
export async function discover(deps: HttpDeps, request: DiscoveryRequest): Promise<DiscoveryResult> {
  if (!request.isSecureContext) return { ok: false, problem: { kind: 'insecureContext' } }
  const search = new ServerSearch(deps, request)
  const found = request.server.trim() === '' ? await search.usual() : undefined
  if (found) return { ok: true, found, policy: search.policy }
  // Most pages lie on their mail server: the code for any other is fetched for who needs it.
  const code = await import('./search-further.ts').catch(() => undefined)
  if (code) return code.searchFurther(search, request)
  // The page's own server is away, or the network is.
  return { ok: false, problem: { kind: 'unreachable', url: request.pageOrigin, crossOrigin: false } }
}

export class ServerSearch {
  readonly policy: SessionPolicy
  readonly deps: HttpDeps
  readonly #request: DiscoveryRequest
  /** Why no server was found yet, in the order in which they were asked. */
  readonly problems: DiscoveryProblem[] = []

  constructor(deps: HttpDeps, request: DiscoveryRequest) {
    this.deps = deps
    this.#request = request
    const { deployment } = request
    this.policy = {
      allowedOrigins: [...deployment.servers, ...deployment.allowedOrigins].map((server) => new URL(server).origin),
      rewriteTo: deployment.rewriteToOrigin ? request.pageOrigin : null,
    }
  }

  /** The servers that the deployment names, then the page's own. */
  async usual(): Promise<Found | undefined> {
    const { deployment, pageOrigin } = this.#request
    for (const server of [...deployment.servers, pageOrigin]) {
      const found = await this.server(server)
      if (found) return found
    }
    return undefined
  }

  /** An origin is asked at the usual places, a longer URL as it stands. */
  async server(server: string): Promise<Found | undefined> {
    const url = new URL(server)
    if (!this.mayAsk(url.origin)) return undefined
    if (url.pathname !== '/' || url.search !== '') return this.probe(url.href)
    const guess = await this.probe(url.origin + sessionPath)
    if (guess?.kind === 'anonymous') return guess
    // A server that wants a password at every path (Cyrus) says 401 there too: the well-known address knows better.
    return (await this.probe(url.origin + wellKnownPath)) ?? guess
  }

  /** What is at this very address. */
  async probe(url: string): Promise<Found | undefined> {
    return this.#take(await probeSession(this.deps, url, this.policy, this.#request.pageOrigin))
  }

  #take(result: ProbeResult): Found | undefined {
    if (result.kind !== 'problem') return result
    this.problems.push(result.problem)
    return undefined
  }

  /** Only origins that the deployment names are asked. */
  mayAsk(origin: string): boolean {
    if (origin === this.#request.pageOrigin || this.policy.allowedOrigins.includes(origin)) return true
    this.problems.push({ kind: 'notAllowed', origin })
    return false
  }
}
