/** A server that is not where most are: the one that was typed, or what the address's domain says about itself. */
import type { DiscoveryProblem } from '../auth/outcomes.ts'
import type { DiscoveryRequest, DiscoveryResult, ServerSearch } from './discovery.ts'
import { findGate } from './find-gate.ts'
import { exchange, readJson } from './http-exchange.ts'
import type { HttpDeps } from './http-exchange.ts'
import { isPlainWebUrl, parseUrl } from './parse-url.ts'
import type { Found } from './probe-server.ts'
import { asObject, asString, own } from './wire-json.ts'

const wellKnownPath = '/.well-known/jmap'
const paccPath = '/.well-known/user-agent-configuration.json'
const paccTimeoutMs = 20_000

/** How much a problem tells the person: the most telling one of all steps is shown. */
const telling: readonly DiscoveryProblem['kind'][] = [
  'gate',
  'foreignUrl',
  'redirect',
  'notAllowed',
  'unreachable',
  'notJmap',
]

export async function searchFurther(search: ServerSearch, request: DiscoveryRequest): Promise<DiscoveryResult> {
  const found = await elsewhere(search, request)
  if (found) return { ok: true, found, policy: search.policy }
  return {
    ok: false,
    problem: worst(search.problems) ?? { kind: 'notJmap', url: request.pageOrigin, status: 404, isHtml: false },
  }
}

/** The most telling problem; among equals the first, since steps run from the likeliest on. */
function worst(problems: readonly DiscoveryProblem[]): DiscoveryProblem | undefined {
  return telling.flatMap((kind) => problems.filter((problem) => problem.kind === kind))[0]
}

async function elsewhere(
  search: ServerSearch,
  { server, username, pageOrigin }: DiscoveryRequest,
): Promise<Found | undefined> {
  const text = server.trim()
  if (text !== '') return typed(search, text, pageOrigin)
  const found = await ofDomain(search, domainOf(username))
  const gate = found ? undefined : await findGate(search.deps, pageOrigin)
  if (gate) search.problems.push(gate)
  return found
}

async function ofDomain(search: ServerSearch, domain: string | undefined): Promise<Found | undefined> {
  if (domain === undefined || !search.mayAsk(domain)) return undefined
  return (await byPacc(search, domain + paccPath)) ?? (await search.probe(domain + wellKnownPath))
}

async function typed(search: ServerSearch, text: string, pageOrigin: string): Promise<Found | undefined> {
  const url = urlOf(text, pageOrigin)
  if (url) return search.server(url.href)
  // Someone may have typed a password into it, as user@host URLs have one.
  search.problems.push({ kind: 'unreachable', url: text.replace(/\/\/[^/]*@/, '//'), crossOrigin: true })
  return undefined
}

async function byPacc(search: ServerSearch, url: string): Promise<Found | undefined> {
  const target = await readPacc(search.deps, url)
  return target && search.mayAsk(target.origin) ? search.probe(target.href) : undefined
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

/** The JMAP address in a domain's user agent configuration (M7); undefined where there is none. */
async function readPacc(deps: HttpDeps, url: string): Promise<URL | undefined> {
  const request = { url, headers: { Accept: 'application/json' }, timeoutMs: paccTimeoutMs, followRedirects: true }
  try {
    return await exchange(deps, request, async (response) => {
      const { value } = await readJson(response, deps.clock.now())
      const jmap = asObject(own(asObject(own(asObject(value), 'protocols')), 'jmap'))
      const text = asString(own(jmap, 'url'))
      const target = text === undefined ? undefined : parseUrl(text, url)
      return target && isPlainWebUrl(target) ? target : undefined
    })
  } catch {
    return undefined
  }
}
