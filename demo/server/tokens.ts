/** Stalwart's sign-in without leaving the page: password for a code, code for tokens (stalwart.md §3.5, M1–M4). */
import { createHash } from 'node:crypto'
import type { Clock } from '../../src/platform/clock.ts'
import type { Directory } from './directory.ts'
import { isObject } from './methods/arguments.ts'
import { isTotpCode } from './totp.ts'

const ACCESS_MS = 3_600_000
const REFRESH_MS = 30 * 86_400_000
const CODE_MS = 600_000

interface Grant {
  readonly username: string
  readonly expires: number
}

interface Code extends Grant {
  readonly challenge: string | null
  readonly clientId: string
  readonly redirectUri: string
  readonly scope: string | null
}

export interface TokenAnswer {
  readonly status: number
  readonly body: Record<string, unknown>
}

export class Tokens {
  readonly #directory: Directory
  readonly #clock: Clock
  readonly #codes = new Map<string, Code>()
  readonly #usedCodes = new Set<string>()
  readonly #access = new Map<string, Grant>()
  readonly #refresh = new Map<string, Grant>()

  constructor(directory: Directory, clock: Clock) {
    this.#directory = directory
    this.#clock = clock
  }

  /** The username behind a bearer token, or null. */
  usernameOf(token: string): string | null {
    const grant = this.#access.get(token)
    return grant && grant.expires > this.#clock.now() ? grant.username : null
  }

  /** A password change ends every token of the user (M3). */
  revoke(username: string): void {
    for (const grants of [this.#access, this.#refresh]) {
      for (const [token, grant] of grants) if (grant.username === username) grants.delete(token)
    }
  }

  /** Ends access tokens, not refresh tokens: what an hour does. */
  expireAccess(): void {
    this.#access.clear()
  }

  /** POST /api/auth. */
  authorize(text: string, issuer: string): TokenAnswer {
    let request: unknown
    try {
      request = JSON.parse(text)
    } catch {
      return { status: 400, body: { type: 'about:blank', status: 400, title: 'Bad Request' } }
    }
    const field = (name: string): string | null => {
      const value = isObject(request) ? request[name] : undefined
      return typeof value === 'string' ? value : null
    }
    const failure: TokenAnswer = { status: 200, body: { type: 'failure' } }
    const user = this.#directory.user(field('accountName') ?? '')
    if (field('type') !== 'authCode' || !user) return failure
    if (!this.#directory.isPassword(user, field('accountSecret') ?? '')) return failure
    if (user.totpSecret !== undefined) {
      const mfaToken = field('mfaToken')
      if (mfaToken === null) return { status: 200, body: { type: 'mfaRequired' } }
      // The same answer as for a wrong password (M2).
      if (!isTotpCode(user.totpSecret, mfaToken, this.#clock.now())) return failure
    }
    const code = this.#directory.uuid().replaceAll('-', '')
    this.#codes.set(code, {
      username: user.username,
      expires: this.#clock.now() + CODE_MS,
      challenge: field('codeChallenge'),
      clientId: field('clientId') ?? '',
      redirectUri: field('redirectUri') ?? '',
      scope: field('scope'),
    })
    return { status: 200, body: { type: 'authenticated', client_code: code, iss: issuer } }
  }

  /** POST /auth/token, form encoded. */
  exchange(text: string): TokenAnswer {
    const form = new URLSearchParams(text)
    const error = (name: string): TokenAnswer => ({ status: 400, body: { error: name } })
    const now = this.#clock.now()
    if (form.get('grant_type') === 'refresh_token') {
      const grant = this.#refresh.get(form.get('refresh_token') ?? '')
      if (!grant || grant.expires <= now) return error('invalid_grant')
      // Neither a new refresh token nor the scope comes back (M1).
      return { status: 200, body: this.#issueAccess(grant.username) }
    }
    if (form.get('grant_type') !== 'authorization_code') return error('unsupported_grant_type')
    const name = form.get('code') ?? ''
    if (this.#usedCodes.has(name)) return error('access_denied')
    const code = this.#codes.get(name)
    if (!code || code.expires <= now) return error('invalid_grant')
    if (code.clientId !== (form.get('client_id') ?? '') || code.redirectUri !== (form.get('redirect_uri') ?? '')) {
      return error('invalid_grant')
    }
    const verifier = form.get('code_verifier') ?? ''
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    // The code lives on after a wrong verifier (M1).
    if (code.challenge !== null && code.challenge !== challenge) return error('invalid_grant')
    this.#codes.delete(name)
    this.#usedCodes.add(name)
    const refresh = this.#token()
    this.#refresh.set(refresh, { username: code.username, expires: now + REFRESH_MS })
    return {
      status: 200,
      body: {
        ...this.#issueAccess(code.username),
        refresh_token: refresh,
        ...(code.scope !== null && { scope: code.scope }),
      },
    }
  }

  #issueAccess(username: string): Record<string, unknown> {
    const token = this.#token()
    this.#access.set(token, { username, expires: this.#clock.now() + ACCESS_MS })
    return { access_token: token, token_type: 'bearer', expires_in: ACCESS_MS / 1000 }
  }

  #token(): string {
    return `sw1.${this.#directory.uuid().replaceAll('-', '')}${this.#directory.uuid().replaceAll('-', '')}`
  }
}
