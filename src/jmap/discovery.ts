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
  const found = (request.server.trim() === '' ? await search.usual() : undefined) ?? (await further(search, request))
  if (found) return { ok: true, found, policy: search.policy }
  return { ok: false, problem: search.worstProblem() }
}

/** Most pages lie on their mail server: the code for any other is fetched for who needs it. */
async function further(search: ServerSearch, request: DiscoveryRequest): Promise<Found | undefined> {
  const code = await import('./search-further.ts').catch(() => undefined)
  if (code) return code.searchFurther(search, request)
  // The page's own server is away, or the network is.
  search.note({ kind: 'unreachable', url: request.pageOrigin, crossOrigin: false })
  return undefined
}

/** How much a problem tells the person: the most telling one of all steps is shown. */
const telling: readonly DiscoveryProblem['kind'][] = [
  'gate',
  'foreignUrl',
  'redirect',
  'notAllowed',
  'unreachable',
  'notJmap',
]

export class ServerSearch {
  readonly policy: SessionPolicy
  readonly deps: HttpDeps
  readonly #request: DiscoveryRequest
  readonly #problems: DiscoveryProblem[] = []

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

  note(problem: DiscoveryProblem): void {
    this.#problems.push(problem)
  }

  /** The most telling problem; among equals the first, since steps run from the likeliest on. */
  worstProblem(): DiscoveryProblem {
    const first = telling.flatMap((kind) => this.#problems.filter((problem) => problem.kind === kind))[0]
    return first ?? { kind: 'notJmap', url: this.#request.pageOrigin, status: 404, isHtml: false }
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
    this.note(result.problem)
    return undefined
  }

  /** Only origins that the deployment names are asked. */
  mayAsk(origin: string): boolean {
    if (origin === this.#request.pageOrigin || this.policy.allowedOrigins.includes(origin)) return true
    this.note({ kind: 'notAllowed', origin })
    return false
  }
}
