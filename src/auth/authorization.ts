/** The AuthorizationSource of one login, over its stored credential. Every decision starts from the stored row. */
import type { HttpDeps } from '../jmap/http-exchange.ts'
import { JmapError } from '../jmap/errors.ts'
import { loadCode } from '../jmap/load-code.ts'
import type { Logger } from '../platform/logger.ts'
import type { AuthorizationSource } from './authorization-source.ts'
import { basicHeader } from './basic.ts'
import type { Credential, CredentialInfo } from './credential.ts'
import type { CredentialStore } from './credential-store.ts'
import { isRefusal, refreshAccess } from './stalwart-token.ts'
import type { Locks } from '../platform/locks.ts'

export interface AuthorizationDeps extends HttpDeps {
  readonly store: CredentialStore
  readonly log: Logger
  readonly locks: Locks | undefined
}

/** A token is refreshed this long before it expires, so that a request on its way does not meet the end. */
const earlyMs = 60_000

export class StoredAuthorization implements AuthorizationSource {
  readonly #deps: AuthorizationDeps
  readonly #login: string
  /** The secret of the generation used last, so that it is decrypted once. */
  #known: Credential | undefined

  constructor(deps: AuthorizationDeps, login: string) {
    this.#deps = deps
    this.#login = login
  }

  async header(): Promise<string> {
    const credential = await this.#read()
    if (!isExpiring(credential, this.#deps.clock.now())) return headerOf(credential)
    try {
      return await this.#refreshFrom(credential.generation)
    } catch (error) {
      // Before its end the old token is good enough; the server has the last word.
      const isOver = this.#deps.clock.now() >= credential.issuedAt + credential.expiresIn * 1000
      if (isOver || isRefusal(error)) throw error
      return headerOf(credential)
    }
  }

  async renew(refused: string): Promise<string> {
    const credential = await this.#read()
    const current = headerOf(credential)
    if (current !== refused) return current
    if (credential.secret.kind === 'basic') {
      // Marked before anything else: the next 401 for it may be the one that bans this address.
      await this.#deps.store.reject(this.#login, credential.generation)
      this.#known = undefined
      throw unauthorized()
    }
    return this.#refreshFrom(credential.generation)
  }

  async #refreshFrom(generation: number): Promise<string> {
    const { refreshFrom } = await loadCode(() => import('./token-refresh.ts'))
    const refreshed = await refreshFrom(
      {
        ...this.#deps,
        login: this.#login,
        read: () => this.#read(),
        ask: (origin, token) => refreshAccess(this.#deps, origin, token),
        isRefusal,
      },
      generation,
    )
    return headerOf(refreshed)
  }

  /** The stored credential, or JmapError `unauthorized` where there is none to use. */
  async #read(): Promise<Credential> {
    const info = await this.#deps.store.info(this.#login)
    if (info?.state !== 'ok') {
      this.#known = undefined
      throw unauthorized()
    }
    // Only the secret is kept: the rest of the row may have changed under the same generation.
    const secret =
      this.#known?.generation === info.generation ? this.#known.secret : await this.#deps.store.secret(info)
    if (!secret) throw unauthorized()
    this.#known = { ...info, secret }
    return this.#known
  }
}

function headerOf({ secret }: Credential): string {
  return secret.kind === 'basic' ? basicHeader(secret.username, secret.password) : `Bearer ${secret.accessToken}`
}

/** A clock that was set back says nothing about a token's age; then the server does, with a 401. */
function isExpiring({ kind, issuedAt, expiresIn }: CredentialInfo, now: number): boolean {
  return kind === 'stalwart' && now >= issuedAt + Math.max(expiresIn * 1000 - earlyMs, expiresIn * 500)
}

function unauthorized(): JmapError {
  return new JmapError('unauthorized', 'Nobody is signed in')
}
