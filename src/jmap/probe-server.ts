/** Anonymous GETs that find out what stands at an address. Redirects are followed here, since nothing secret is sent. */
import type { DiscoveryProblem } from '../auth/outcomes.ts'
import { JmapError } from './errors.ts'
import type { HttpDeps } from './http-exchange.ts'
import { errorOf, exchange, readJson } from './http-exchange.ts'
import { sessionTimeoutMs } from './load-session.ts'
import { parseSession } from './parse-session.ts'
import type { SessionPolicy } from './parse-session.ts'
import { parseUrl } from './parse-url.ts'
import type { Session } from './session.ts'

export type Found =
  /** The session without a sign-in, as Stalwart gives it. */
  | { readonly kind: 'anonymous'; readonly sessionUrl: string; readonly session: Session }
  /** 401: something is there that wants a password. Schemes in lower case; null where the header cannot be read. */
  | { readonly kind: 'challenge'; readonly sessionUrl: string; readonly schemes: readonly string[] | null }

export type ProbeResult = Found | { readonly kind: 'problem'; readonly problem: DiscoveryProblem }

/** Asks `url`, follows its redirects, and says whether a session is there. */
export async function probeSession(
  deps: HttpDeps,
  url: string,
  policy: SessionPolicy,
  pageOrigin: string,
): Promise<ProbeResult> {
  const problem = (value: DiscoveryProblem): ProbeResult => ({ kind: 'problem', problem: value })
  const request = { url, headers: { Accept: 'application/json' }, timeoutMs: sessionTimeoutMs, followRedirects: true }
  try {
    return await exchange(deps, request, async (response) => {
      // Where the redirects ended is where the credentials will go, without redirect.
      const sessionUrl = response.url === '' ? url : response.url
      const { origin } = new URL(sessionUrl)
      const isAgreed = origin === new URL(url).origin || origin === pageOrigin || policy.allowedOrigins.includes(origin)
      if (!isAgreed) return problem({ kind: 'redirect', url: sessionUrl })
      if (response.status === 401) return { kind: 'challenge', sessionUrl, schemes: schemesOf(response) }
      const isHtml = /^text\/html\b/i.test(response.headers.get('content-type') ?? '')
      const failure = await errorOf(response, deps.clock.now())
      if (failure || isHtml) return problem({ kind: 'notJmap', url: sessionUrl, status: response.status, isHtml })
      const { value } = await readJson(response, deps.clock.now())
      return { kind: 'anonymous', sessionUrl, session: parseSession(value, sessionUrl, policy) }
    })
  } catch (error) {
    const failure = error instanceof JmapError ? error : new JmapError('protocol', 'The probe failed')
    if (failure.kind === 'origin' && failure.url !== undefined) return problem(foreignUrl(failure.url))
    if (failure.kind === 'protocol')
      return problem({ kind: 'notJmap', url, status: failure.status ?? 200, isHtml: false })
    return problem({ kind: 'unreachable', url, crossOrigin: new URL(url).origin !== pageOrigin })
  }
}

function foreignUrl(url: string): DiscoveryProblem {
  return { kind: 'foreignUrl', url, origin: parseUrl(url)?.origin ?? 'null' }
}

/** The schemes of WWW-Authenticate: names that stand at a challenge's beginning, not parameters (RFC 9110 §11.6.1). */
function schemesOf(response: Response): readonly string[] | null {
  const header = response.headers.get('www-authenticate')
  if (header === null) return null
  const unquoted = header.replace(/"(?:[^"\\]|\\.)*"/g, '""')
  return [...unquoted.matchAll(/(?:^|,)\s*([A-Za-z][\w-]*)(?=\s|,|$)(?!\s*=)/g)].map(([, name]) =>
    (name ?? '').toLowerCase(),
  )
}
