/**
 * Stalwart's sign-in without leaving the page: password and code to `/api/auth`, its code to `/auth/token`
 * (PKCE S256), later the refresh token. As recorded in M1 and M2.
 */
import { JmapError } from '../jmap/errors.ts'
import { errorOf, exchange, readJson } from '../jmap/http-exchange.ts'
import type { HttpDeps } from '../jmap/http-exchange.ts'
import { asObject, asString, own } from '../jmap/wire-json.ts'
import type { Pkce } from './pkce.ts'

const clientId = 'postern'
const scope = 'openid offline_access urn:ietf:params:oauth:scope:mail'
const timeoutMs = 30_000
/** For a server that does not say; and no answer is believed beyond a year. */
const usualLifeSeconds = 3600
const longestLifeSeconds = 31_536_000

export interface TokenEndpoint {
  /** The session's origin: both paths are Stalwart's own and constant. */
  readonly origin: string
  /** Not visited; the same in both calls. */
  readonly redirectUri: string
}

export interface PasswordProof {
  readonly username: string
  readonly password: string
  readonly code?: string | undefined
}

export type PasswordAnswer =
  | { readonly kind: 'code'; readonly clientCode: string }
  | { readonly kind: 'mfaRequired' }
  /** Wrong password, wrong code, locked or banned: one answer for all (M2). */
  | { readonly kind: 'failure' }

export interface TokenAnswer {
  readonly accessToken: string
  /** Absent in most answers to a refresh: the old one lives on. */
  readonly refreshToken: string | undefined
  readonly expiresIn: number
}

/** Sends the password, once. */
export function askWithPassword(
  deps: HttpDeps,
  endpoint: TokenEndpoint,
  proof: PasswordProof,
  pkce: Pkce,
): Promise<PasswordAnswer> {
  const request = {
    url: `${endpoint.origin}/api/auth`,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({
      type: 'authCode',
      accountName: proof.username,
      accountSecret: proof.password,
      ...(proof.code === undefined ? {} : { mfaToken: proof.code }),
      clientId,
      redirectUri: endpoint.redirectUri,
      codeChallenge: pkce.challenge,
      codeChallengeMethod: 'S256',
      scope,
    }),
    timeoutMs,
  } as const
  return exchange(deps, request, async (response) => {
    const answer = asObject((await readJson(response, deps.clock.now())).value)
    const clientCode = asString(own(answer, 'client_code'))
    switch (own(answer, 'type')) {
      case 'authenticated':
        if (clientCode !== undefined) return { kind: 'code', clientCode }
        break
      case 'mfaRequired':
        return { kind: 'mfaRequired' }
      case 'failure':
        return { kind: 'failure' }
    }
    throw new JmapError('protocol', 'The answer to the sign-in is unknown')
  })
}

export function redeemCode(
  deps: HttpDeps,
  endpoint: TokenEndpoint,
  clientCode: string,
  pkce: Pkce,
): Promise<TokenAnswer> {
  return askForToken(deps, endpoint.origin, {
    grant_type: 'authorization_code',
    code: clientCode,
    redirect_uri: endpoint.redirectUri,
    code_verifier: pkce.verifier,
  })
}

/** Rejects with JmapError `unauthorized` when there is no refresh token, or it is no longer taken (`invalid_grant`). */
export async function refreshAccess(
  deps: HttpDeps,
  origin: string,
  refreshToken: string | undefined,
): Promise<TokenAnswer> {
  if (refreshToken === undefined) throw new JmapError('unauthorized', 'There is nothing to refresh with')
  return askForToken(deps, origin, { grant_type: 'refresh_token', refresh_token: refreshToken })
}

/** The server, or the want of a token, said no: not a network that is away. */
export function isRefusal(error: unknown): boolean {
  return error instanceof JmapError && error.kind === 'unauthorized'
}

function askForToken(deps: HttpDeps, origin: string, fields: Record<string, string>): Promise<TokenAnswer> {
  const request = {
    url: `${origin}/auth/token`,
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
    body: new URLSearchParams({ ...fields, client_id: clientId }).toString(),
    timeoutMs,
  } as const
  return exchange(deps, request, async (response) => {
    if (response.status === 400) {
      // RFC 6749 §5.2. invalid_grant: expired, revoked, or the password was changed (M3).
      const text = await response.text().catch(() => '')
      const isInvalid = /"(invalid_grant|access_denied)"/.test(text)
      throw new JmapError(isInvalid ? 'unauthorized' : 'protocol', 'The token was refused', { status: 400 })
    }
    const failure = await errorOf(response, deps.clock.now())
    if (failure) throw failure
    return parseToken((await readJson(response, deps.clock.now())).value)
  })
}

/** Tokens end up in a header: visible ASCII only. */
const headerSafe = /^[\x21-\x7e]+$/

function parseToken(value: unknown): TokenAnswer {
  const answer = asObject(value)
  const accessToken = asString(own(answer, 'access_token')) ?? ''
  const refreshToken = asString(own(answer, 'refresh_token'))
  const type = asString(own(answer, 'token_type')) ?? ''
  if (!headerSafe.test(accessToken) || type.toLowerCase() !== 'bearer') {
    throw new JmapError('protocol', 'The answer is not a token')
  }
  const life = own(answer, 'expires_in')
  const isLife = typeof life === 'number' && life > 0
  return {
    accessToken,
    refreshToken: refreshToken === '' ? undefined : refreshToken,
    expiresIn: isLife ? Math.min(life, longestLifeSeconds) : usualLifeSeconds,
  }
}
