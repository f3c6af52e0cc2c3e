/** GET of the session resource (RFC 8620 §2) at an address that is known, with credentials or without. */
import type { HttpDeps } from './http-exchange.ts'
import { exchange, readJson } from './http-exchange.ts'
import { parseSession } from './parse-session.ts'
import type { SessionPolicy } from './parse-session.ts'
import type { Session } from './session.ts'

export const sessionTimeoutMs = 20_000

export interface LoadSessionOptions {
  readonly authorization?: string
  readonly signal?: AbortSignal | undefined
}

/** Rejects with a JmapError: `unauthorized`, `mfaRequired`, `protocol` (no session there), `origin` and the usual ones. */
export function loadSession(
  deps: HttpDeps,
  url: string,
  policy: SessionPolicy,
  options: LoadSessionOptions = {},
): Promise<Session> {
  return exchange(
    deps,
    {
      url,
      headers: {
        Accept: 'application/json',
        ...(options.authorization === undefined ? {} : { Authorization: options.authorization }),
      },
      signal: options.signal,
      timeoutMs: sessionTimeoutMs,
    },
    async (response) => parseSession((await readJson(response, deps.clock.now())).value, url, policy),
  )
}
