/**
 * Something before the page's own host that wants a log-in of its own (Cloudflare Access, forward auth): it lets no
 * request through without its cookie, and answers in the server's place.
 */
import type { DiscoveryProblem } from '../auth/outcomes.ts'
import { JmapError } from './errors.ts'
import { exchange, type HttpDeps } from './http-exchange.ts'

const timeoutMs = 10_000
/** Our own page says what it is: a host that answers every path with it has no gate, and no mail server either. */
const ourPage = '<meta name="postern"'

/** Asks for the session as it is asked for with a password: without following where it leads. */
export async function findGate(deps: HttpDeps, pageOrigin: string): Promise<DiscoveryProblem | undefined> {
  const gate: DiscoveryProblem = { kind: 'gate', url: pageOrigin }
  try {
    return await exchange(deps, { url: `${pageOrigin}/jmap/session`, timeoutMs }, async (response) => {
      const isPage = /^text\/html\b/i.test(response.headers.get('content-type') ?? '')
      if (!isPage || ![200, 401, 403].includes(response.status)) return undefined
      return (await response.text()).includes(ourPage) ? undefined : gate
    })
  } catch (error) {
    return error instanceof JmapError && error.kind === 'origin' ? gate : undefined
  }
}
