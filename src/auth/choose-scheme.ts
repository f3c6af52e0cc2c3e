/** Decides how to sign in from what the server says before it has seen a password. There is no second try. */
import { loadCode } from '../jmap/load-code.ts'
import type { HttpDeps } from '../jmap/http-exchange.ts'
import type { Found } from '../jmap/probe-server.ts'

export type Scheme = 'stalwart' | 'basic'

/**
 * Undefined: the server takes neither; the password stays here. `allowed` is config.json's: "token" exchanges the
 * password for tokens, "password" sends it with each request.
 */
export async function chooseScheme(
  deps: HttpDeps,
  found: Found,
  allowed?: readonly string[],
): Promise<Scheme | undefined> {
  if (found.kind === 'anonymous' && found.session.isStalwart && !allowed) return 'stalwart'
  // Only who does not say what it is, or is not all allowed, has to be asked.
  const { askScheme } = await loadCode(() => import('./ask-scheme.ts'))
  return askScheme(deps, found, allowed)
}
