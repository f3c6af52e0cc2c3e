/**
 * Finds the session URL before any credential exists: the deployment's servers, the page's origin, what the address's
 * domain says about itself; or the server that was typed. The first that speaks JMAP wins.
 */
import type { DiscoveryProblem } from '../auth/outcomes.ts'
import type { Deployment } from './deployment.ts'
import type { HttpDeps } from './http-exchange.ts'
import type { SessionPolicy } from './parse-session.ts'
import { isPlainWebUrl, parseUrl } from './parse-url.ts'
import { probePacc, probeSession } from './probe-server.ts'
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
const paccPath = '/.well-known/user-agent-configuration.json'

/** Sends nothing but anonymous GETs, and none to an origin that the deployment does not name. */
export async function discover(deps: HttpDeps, request: DiscoveryRequest): Promise<DiscoveryResult> {
  if (!request.isSecureContext) return { ok: false, problem: { kind: 'insecureContext' } }
  const search = new ServerSearch(deps, request)
  const found = request.server.trim() === '' ? await search.automatic() : await search.typed(request.server.trim())
  if (found) return { ok: true, found, policy: search.policy }
  return { ok: false, problem: search.worstProblem() }
}

/** How much a problem tells the person: the most telling one of all steps is shown. */
const telling: readonly DiscoveryProblem['kind'][] = ['foreignUrl', 'redirect', 'notAllowed', 'unreachable', 'notJmap']

class ServerSearch {
  readonly policy: SessionPolicy
  readonly #deps: HttpDeps
  readonly #request: DiscoveryRequest
  readonly #problems: DiscoveryProblem[] = []

  constructor(deps: HttpDeps, request: DiscoveryRequest) {
    this.#deps = deps
    this.#request = request
    this.policy = {
      allowedOrigins: request.deployment.servers.map((server) => new URL(server).origin),
      rewriteTo: request.deployment.rewriteToOrigin ? request.pageOrigin : null,
    }
  }

  async automatic(): Promise<Found | undefined> {
    const { deployment, pageOrigin, username } = this.#request
    for (const server of deployment.servers) {
      const found = await this.#server(server)
      if (found) return found
    }
    const here = await this.#server(pageOrigin)
    if (here) return here
    const domain = domainOf(username)
    if (domain === undefined || !this.#mayAsk(domain)) return undefined
    return (await this.#pacc(domain + paccPath)) ?? (await this.#probe(domain + wellKnownPath))
  }

  async typed(text: string): Promise<Found | undefined> {
    const url = urlOf(text, this.#request.pageOrigin)
    if (!url) {
      // Someone may have typed a password into it, as user@host URLs have one.
      const shown = text.replace(/\/\/[^/]*@/, '//')
      this.#problems.push({ kind: 'unreachable', url: shown, crossOrigin: true })
      return undefined
    }
    return this.#server(url.href)
  }

  /** The most telling problem; among equals the first, since steps run from the likeliest on. */
  worstProblem(): DiscoveryProblem {
    const first = telling.flatMap((kind) => this.#problems.filter((problem) => problem.kind === kind))[0]
    return first ?? { kind: 'notJmap', url: this.#request.pageOrigin, status: 404, isHtml: false }
  }

  /** An origin is asked at the usual places, a longer URL as it stands. */
  async #server(server: string): Promise<Found | undefined> {
    const url = new URL(server)
    if (!this.#mayAsk(url.origin)) return undefined
    if (url.pathname !== '/' || url.search !== '') return this.#probe(url.href)
    const guess = await this.#probe(url.origin + sessionPath)
    if (guess?.kind === 'anonymous') return guess
    // A server that wants a password at every path (Cyrus) says 401 there too: the well-known address knows better.
    return (await this.#probe(url.origin + wellKnownPath)) ?? guess
  }

  async #probe(url: string): Promise<Found | undefined> {
    return this.#take(await probeSession(this.#deps, url, this.policy, this.#request.pageOrigin))
  }

  async #pacc(url: string): Promise<Found | undefined> {
    const target = await probePacc(this.#deps, url)
    return target && this.#mayAsk(target.origin) ? this.#probe(target.href) : undefined
  }

  #take(result: ProbeResult): Found | undefined {
    if (result.kind !== 'problem') return result
    this.#problems.push(result.problem)
    return undefined
  }

  #mayAsk(origin: string): boolean {
    if (origin === this.#request.pageOrigin || this.policy.allowedOrigins.includes(origin)) return true
    this.#problems.push({ kind: 'notAllowed', origin })
    return false
  }
}

/** `https://` and the domain of an address; undefined for a bare user name. */
function domainOf(username: string): string | undefined {
  const domain = username.slice(username.lastIndexOf('@') + 1).trim()
  if (!username.includes('@') || !/^[^\s/?#@:\\]+$/.test(domain)) return undefined
  return parseUrl(`https://${domain}`)?.origin
}

/** A host alone means https, but for the page's own host, which has the page's scheme. */
function urlOf(text: string, pageOrigin: string): URL | undefined {
  const page = new URL(pageOrigin)
  const bare = text.replace(/\/+$/, '')
  const full = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `${bare === page.host ? page.protocol : 'https:'}//${text}`
  const url = parseUrl(full)
  return url && isPlainWebUrl(url) ? url : undefined
}
