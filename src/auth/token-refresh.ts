/** A new access token for the old one: an hour after a sign-in at the earliest, so this code is fetched then. */
import type { AuthorizationDeps } from './authorization.ts'
import type { Credential } from './credential.ts'
import { underLoginLock } from './login-lock.ts'
import type { TokenAnswer } from './stalwart-token.ts'

export interface RefreshDeps extends AuthorizationDeps {
  readonly login: string
  /** The stored credential as it is now. */
  readonly read: () => Promise<Credential>
  /** Given, not imported: what this script and the first one both import would be cut out of the first. */
  readonly ask: (origin: string, refreshToken: string | undefined) => Promise<TokenAnswer>
  readonly isRefusal: (error: unknown) => boolean
}

/** A credential with a new token, unless someone else has put a newer generation in its place while we waited for the lock. */
export function refreshFrom(deps: RefreshDeps, generation: number): Promise<Credential> {
  return underLoginLock(deps.locks, deps.clock, deps.login, async () => {
    const credential = await deps.read()
    if (credential.generation !== generation) return credential
    try {
      return await refresh(deps, credential)
    } catch (error) {
      if (!deps.isRefusal(error)) throw error
      // Someone whose lock was stolen may have refreshed meanwhile; then the refusal was for the token before.
      const again = await deps.read()
      if (again.generation !== generation) return again
      await deps.store.reject(deps.login, generation)
      throw error
    }
  })
}

async function refresh(deps: RefreshDeps, credential: Credential): Promise<Credential> {
  const { secret } = credential
  const refreshToken = secret.kind === 'stalwart' ? secret.refreshToken : undefined
  const issuedAt = deps.clock.now()
  const answer = await deps.ask(new URL(credential.sessionUrl).origin, refreshToken)
  const next: Credential = {
    ...credential,
    generation: credential.generation + 1,
    issuedAt,
    expiresIn: answer.expiresIn,
    secret: {
      kind: 'stalwart',
      accessToken: answer.accessToken,
      refreshToken: answer.refreshToken ?? refreshToken,
    },
  }
  // Written before first use: a token only this worker knew would be lost with it.
  if (!(await deps.store.put(next))) return deps.read()
  deps.log.debug('token refreshed', next.generation)
  return next
}
