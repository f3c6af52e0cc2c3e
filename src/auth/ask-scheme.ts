/** Which way of signing in a server offers that does not say outright that it is a Stalwart. */
import { exchange, readJson } from '../jmap/http-exchange.ts'
import type { HttpDeps } from '../jmap/http-exchange.ts'
import { parseUrl } from '../jmap/parse-url.ts'
import type { Found } from '../jmap/probe-server.ts'
import { asObject, asString, own } from '../jmap/wire-json.ts'
import type { Scheme } from './choose-scheme.ts'

export async function askScheme(
  deps: HttpDeps,
  found: Found,
  allowed: readonly string[] = ['token', 'password'],
): Promise<Scheme | undefined> {
  if (allowed.includes('token')) {
    if (found.kind === 'anonymous' && found.session.isStalwart) return 'stalwart'
    if (await hasStalwartTokens(deps, new URL(found.sessionUrl).origin)) return 'stalwart'
  }
  if (!allowed.includes('password')) return undefined
  const schemes = found.kind === 'challenge' ? found.schemes : null
  // A proxy may hide the header; then Basic is what RFC 8620 §8.2 leaves us to assume.
  return schemes === null || schemes.includes('basic') ? 'basic' : undefined
}

/** Stalwart's `/api/auth` is not in the metadata (RFC 8414); the set of endpoints beside it is its own. */
async function hasStalwartTokens(deps: HttpDeps, origin: string): Promise<boolean> {
  const url = `${origin}/.well-known/oauth-authorization-server`
  try {
    return await exchange(
      deps,
      { url, headers: { Accept: 'application/json' }, timeoutMs: 10_000 },
      async (response) => {
        const metadata = asObject((await readJson(response, deps.clock.now())).value)
        const path = (name: string): string | undefined => {
          const text = asString(own(metadata, name))
          return text === undefined ? undefined : parseUrl(text, origin)?.pathname
        }
        const methods = own(metadata, 'code_challenge_methods_supported')
        return (
          path('token_endpoint') === '/auth/token' &&
          path('device_authorization_endpoint') === '/auth/device' &&
          Array.isArray(methods) &&
          methods.includes('S256')
        )
      },
    )
  } catch {
    return false
  }
}
