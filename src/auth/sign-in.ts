/** From what a person typed to a stored credential. The password leaves once, to one server, under one scheme. */
import type { HttpDeps } from '../jmap/http-exchange.ts'
import { loadSession } from '../jmap/load-session.ts'
import type { Session } from '../jmap/session.ts'
import { basicHeader, canBeBasic } from './basic.ts'
import type { Credential, Secret } from './credential.ts'
import type { CredentialStore } from './credential-store.ts'
import { loginId } from './login-id.ts'
import { refused, type SignInOutcome, type SignInRequest } from './outcomes.ts'
import { createPkce } from './pkce.ts'
import type { Discovered, SignInTarget } from './sign-in-target.ts'
import { askWithPassword, redeemCode } from './stalwart-token.ts'

export interface SignInDeps extends HttpDeps {
  /**
   * Where the credential goes: the database with "This device is mine", else memory. Asked for once there is one, and
   * again where nothing could be written there.
   */
  readonly store: (isFull?: boolean) => Promise<CredentialStore>
  readonly pageOrigin: string
  /** The server has let the person in; the credential is kept beside what this begins. */
  readonly onGranted?: (session: Session, authorization: string) => void
}

interface Granted {
  readonly kind: 'granted'
  readonly secret: Secret
  readonly issuedAt: number
  readonly expiresIn: number
  readonly session: Session
}

/** Never rejects: whatever happens is an outcome. Nothing is stored unless the outcome is `signedIn`. */
export async function signIn(deps: SignInDeps, request: SignInRequest, target: SignInTarget): Promise<SignInOutcome> {
  if (!target.ok) return { kind: 'discovery', problem: target.problem }
  const { scheme } = target
  if (scheme === undefined) return { kind: 'noMethod' }
  const username = request.username.trim()
  try {
    const proof = { ...request, username }
    const answer = scheme === 'stalwart' ? await byToken(deps, target, proof) : await byBasic(deps, target, proof)
    return answer.kind === 'granted' ? await keep(deps, target, username, answer) : answer
  } catch (error) {
    const url = target.found.sessionUrl
    const crossOrigin = new URL(url).origin !== deps.pageOrigin
    // Where even our own files do not come, the network is away.
    const code = await import('./sign-in-problem.ts').catch(() => undefined)
    if (!code) return { kind: 'discovery', problem: { kind: 'unreachable', url, crossOrigin } }
    return code.outcomeOf(error, { scheme, request, url, crossOrigin })
  }
}

async function byToken(
  deps: SignInDeps,
  { found, policy }: Discovered,
  request: SignInRequest,
): Promise<Granted | SignInOutcome> {
  const endpoint = { origin: new URL(found.sessionUrl).origin, redirectUri: `${deps.pageOrigin}/` }
  const { username, password } = request
  const code = request.code?.replace(/\s/g, '')
  const pkce = await createPkce()
  const answer = await askWithPassword(
    deps,
    endpoint,
    { username, password, code: code === '' ? undefined : code },
    pkce,
  )
  if (answer.kind === 'mfaRequired') return { kind: 'codeNeeded' }
  if (answer.kind === 'failure') return refused('stalwart', request)
  const issuedAt = deps.clock.now()
  const token = await redeemCode(deps, endpoint, answer.clientCode, pkce)
  const session = await loadSession(deps, found.sessionUrl, policy, { authorization: `Bearer ${token.accessToken}` })
  const { accessToken, refreshToken, expiresIn } = token
  return { kind: 'granted', secret: { kind: 'stalwart', accessToken, refreshToken }, issuedAt, expiresIn, session }
}

async function byBasic(
  deps: SignInDeps,
  { found, policy }: Discovered,
  request: SignInRequest,
): Promise<Granted | SignInOutcome> {
  const { username, password } = request
  if (!canBeBasic(username)) return refused('basic', request)
  const authorization = basicHeader(username, password)
  const session = await loadSession(deps, found.sessionUrl, policy, { authorization })
  const secret = { kind: 'basic', username, password } as const
  return { kind: 'granted', secret, issuedAt: deps.clock.now(), expiresIn: 0, session }
}

async function keep(
  deps: SignInDeps,
  { found, policy }: Discovered,
  username: string,
  granted: Granted,
): Promise<SignInOutcome> {
  const { session, secret, issuedAt, expiresIn } = granted
  if (session.primaryMail === null) return { kind: 'noMail' }
  const name = session.username === '' ? username : session.username
  const login = await loginId(session.origin, name)
  deps.onGranted?.(session, headerOf(secret))
  const { sessionUrl } = found
  const rest = { login, kind: secret.kind, issuedAt, expiresIn, sessionUrl, username: name, policy, session, secret }
  for (let isFull = false; ;) {
    const store = await deps.store(isFull)
    const before = await store.info(login)
    const generation = (before?.generation ?? 0) + 1
    const addedAt = before && before.state !== 'signedOut' ? before.addedAt : deps.clock.now()
    const credential: Credential = { ...rest, generation, state: 'ok', addedAt }
    // False: another tab's refresh came between. A sign-in is newer than any of those.
    const isKept = await store.put(credential).catch((error: unknown) => {
      // The password must not leave once more, and the mail can be read all the same.
      if (isFull) throw error
      isFull = true
    })
    if (isKept) return { kind: 'signedIn', login }
  }
}

function headerOf(secret: Secret): string {
  return secret.kind === 'basic' ? basicHeader(secret.username, secret.password) : `Bearer ${secret.accessToken}`
}
