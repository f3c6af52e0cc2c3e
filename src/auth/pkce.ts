/** RFC 7636, S256 only. */
import { base64UrlOf } from './encoding.ts'

export interface Pkce {
  readonly verifier: string
  readonly challenge: string
}

export async function createPkce(): Promise<Pkce> {
  // The platform's generator, never the injected Random: a test's seed must not be able to reach a secret.
  const verifier = base64UrlOf(crypto.getRandomValues(new Uint8Array(32)))
  return { verifier, challenge: await challengeOf(verifier) }
}

export async function challengeOf(verifier: string): Promise<string> {
  return base64UrlOf(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))))
}
