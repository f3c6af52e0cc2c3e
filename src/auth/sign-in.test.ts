import { describe, expect, test } from 'vitest'
import { fakeWeb } from '../../tests/support/fake-web.ts'
import type { Page } from '../../tests/support/fake-web.ts'
import { sessionJson } from '../../tests/support/jmap-session.ts'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import { json } from '../../tests/support/scripted-fetch.ts'
import { noDeployment } from '../jmap/deployment.ts'
import { basicHeader } from './basic.ts'
import { loginId } from './login-id.ts'
import { MemoryCredentialStore } from './memory-credential-store.ts'
import type { SignInOutcome, SignInRequest } from './outcomes.ts'
import { challengeOf } from './pkce.ts'
import { signIn } from './sign-in.ts'
import { findTarget } from './sign-in-target.ts'

const page = 'https://webmail.example.test'
const password = 'correct horse'
const basic = basicHeader('alice@example.test', password)

const stalwartCapability = { 'urn:ietf:params:jmap:sieve': { implementation: 'Stalwart v1.0.0' } }
const anonymous = (): Response => {
  const capabilities = { ...(sessionJson()['capabilities'] as object), ...stalwartCapability }
  return json(sessionJson({ capabilities, accounts: {}, username: '' }))
}
const sessionFor =
  (header: string, whenRefused: () => Response): Page =>
  ({ headers }) =>
    headers.get('authorization') === header ? json(sessionJson()) : whenRefused()
const ask = (): Response => new Response('', { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="x"' } })
const token = { access_token: 'sw1.A', token_type: 'bearer', expires_in: 3600, refresh_token: 'sw1.R' }

/** Stalwart as recorded: an anonymous session, the password at /api/auth, the code at /auth/token. */
const stalwart = (answer: () => Response): Record<string, Page> => ({
  [`${page}/jmap/session`]: sessionFor('Bearer sw1.A', anonymous),
  [`${page}/api/auth`]: answer,
  [`${page}/auth/token`]: () => json(token),
})
const cyrus = (session: Page): Record<string, Page> => ({ [`${page}/jmap/session`]: session })

async function run(
  pages: Record<string, Page>,
  changes: Partial<SignInRequest> = {},
  store = new MemoryCredentialStore(),
) {
  const web = fakeWeb(pages)
  const clock = new ManualClock()
  const deps = { fetch: web.fetch, clock, store: () => Promise.resolve(store), pageOrigin: page }
  const request = { server: '', username: ' alice@example.test', password, keep: true, ...changes }
  const { server, username } = request
  const place = { deployment: noDeployment, pageOrigin: page, isSecureContext: true }
  const outcome = await signIn(deps, request, await findTarget(deps, { server, username, ...place }))
  const withPassword = web.seen.filter(
    ({ headers, body }) => body.includes(password) || (headers.get('authorization') ?? '').startsWith('Basic'),
  )
  return { outcome, store, clock, seen: web.seen, withPassword }
}

test('on Stalwart the password goes to the token flow once, with PKCE, and the token is stored', async () => {
  const pages = stalwart(() => json({ type: 'authenticated', client_code: 'C', iss: page }))
  const { outcome, store, clock, seen, withPassword } = await run(pages)
  const login = await loginId('https://webmail.example.test', 'alice@example.test')
  expect(outcome).toEqual({ kind: 'signedIn', login })
  expect(withPassword.map(({ url }) => url)).toEqual([`${page}/api/auth`])

  const asked = JSON.parse(withPassword[0]!.body) as Record<string, string>
  const redeemed = new URLSearchParams(seen.find(({ url }) => url.endsWith('/auth/token'))?.body)
  expect(asked).toMatchObject({
    accountName: 'alice@example.test',
    codeChallengeMethod: 'S256',
    redirectUri: `${page}/`,
  })
  expect(asked).not.toHaveProperty('mfaToken')
  expect(await challengeOf(redeemed.get('code_verifier') ?? '')).toBe(asked['codeChallenge'])
  expect(redeemed.get('code')).toBe('C')

  const info = await store.info(login)
  expect(info).toMatchObject({ generation: 1, state: 'ok', kind: 'stalwart', issuedAt: clock.now(), expiresIn: 3600 })
  expect(await store.secret(info!)).toEqual({ kind: 'stalwart', accessToken: 'sw1.A', refreshToken: 'sw1.R' })
  expect(JSON.stringify(info)).not.toContain('sw1.')
})

test('elsewhere the password goes as Basic, once', async () => {
  const { outcome, store, withPassword } = await run(cyrus(sessionFor(basic, ask)))
  expect(outcome.kind).toBe('signedIn')
  expect(withPassword).toHaveLength(1)
  const info = await store.info((outcome as { login: string }).login)
  expect(await store.secret(info!)).toEqual({ kind: 'basic', username: 'alice@example.test', password })
})

test('metadata that is Stalwart’s chooses its token flow where the session wants a password', async () => {
  const { withPassword } = await run({
    ...stalwart(() => json({ type: 'failure' })),
    [`${page}/jmap/session`]: ask,
    [`${page}/.well-known/oauth-authorization-server`]: () =>
      json({
        token_endpoint: `${page}/auth/token`,
        device_authorization_endpoint: `${page}/auth/device`,
        code_challenge_methods_supported: ['S256'],
      }),
  })
  expect(withPassword.map(({ url }) => url)).toEqual([`${page}/api/auth`])
})

test('a server that does not take Basic never sees the password', async () => {
  const bearer = (): Response => new Response('', { status: 401, headers: { 'WWW-Authenticate': 'Bearer realm="x"' } })
  const { outcome, withPassword } = await run(cyrus(bearer))
  expect(outcome).toEqual({ kind: 'noMethod' })
  expect(withPassword).toHaveLength(0)
})

test('the code is sent when one was typed', async () => {
  const { withPassword } = await run(
    stalwart(() => json({ type: 'failure' })),
    { code: '123 456' },
  )
  expect(JSON.parse(withPassword[0]!.body)).toMatchObject({ mfaToken: '123456' })
})

const busy = (status: number): Response => new Response('', { status, headers: { 'Retry-After': '60' } })
const refusal =
  (status: number): Page =>
  ({ headers }) =>
    headers.has('authorization') ? busy(status) : ask()
const redirect: Page = ({ headers }) =>
  headers.has('authorization')
    ? new Response(null, { status: 302, headers: { Location: 'https://attacker.test/' } })
    : ask()
const noMail: Page = ({ headers }) => (headers.has('authorization') ? json(sessionJson({ accounts: {} })) : ask())
const foreign: Page = ({ headers }) =>
  headers.has('authorization') ? json(sessionJson({ apiUrl: 'https://attacker.test/' })) : ask()

describe('every other answer is an outcome; the password leaves once and nothing is stored', () => {
  test.each<[string, Record<string, Page>, Partial<SignInRequest>, SignInOutcome]>([
    ['code needed', stalwart(() => json({ type: 'mfaRequired' })), {}, { kind: 'codeNeeded' }],
    [
      'failure',
      stalwart(() => json({ type: 'failure' })),
      {},
      { kind: 'refused', withCode: false, scheme: 'stalwart' },
    ],
    [
      'failure with code',
      stalwart(() => json({ type: 'failure' })),
      { code: '1' },
      { kind: 'refused', withCode: true, scheme: 'stalwart' },
    ],
    ['the client is refused', stalwart(() => busy(401)), {}, { kind: 'server', status: 401 }],
    ['too many tries', stalwart(() => busy(429)), {}, { kind: 'locked', retryAfterMs: 60_000 }],
    ['server failure', stalwart(() => busy(500)), {}, { kind: 'server', status: 500, retryAfterMs: 60_000 }],
    ['Basic 401', cyrus(refusal(401)), {}, { kind: 'refused', withCode: false, scheme: 'basic' }],
    ['Basic 402', cyrus(refusal(402)), {}, { kind: 'appPasswordNeeded' }],
    ['Basic 403', cyrus(refusal(403)), {}, { kind: 'locked' }],
    ['Basic 429', cyrus(refusal(429)), {}, { kind: 'locked', retryAfterMs: 60_000 }],
    ['Basic 503', cyrus(refusal(503)), {}, { kind: 'server', status: 503, retryAfterMs: 60_000 }],
    [
      'Basic redirected',
      cyrus(redirect),
      {},
      { kind: 'discovery', problem: { kind: 'redirect', url: `${page}/jmap/session` } },
    ],
    ['no mail', cyrus(noMail), {}, { kind: 'noMail' }],
    [
      'session leads elsewhere',
      cyrus(foreign),
      {},
      {
        kind: 'discovery',
        problem: { kind: 'foreignUrl', url: 'https://attacker.test/', origin: 'https://attacker.test' },
      },
    ],
  ])('%s', async (_name, pages, changes, expected) => {
    const { outcome, withPassword, store, seen } = await run(pages, changes)
    expect(outcome).toEqual(expected)
    expect(withPassword).toHaveLength(1)
    expect(await store.list()).toEqual([])
    expect(seen.some(({ url }) => url.startsWith('https://attacker.test'))).toBe(false)
  })

  test('a user name with a colon does not leave as Basic', async () => {
    const { outcome, withPassword } = await run(cyrus(ask), { username: 'a:b' })
    expect(outcome.kind).toBe('refused')
    expect(withPassword).toHaveLength(0)
  })
})

test('signing in again is a newer generation, after a refusal and after a sign-out too', async () => {
  const store = new MemoryCredentialStore()
  const pages = cyrus(sessionFor(basic, ask))
  const { outcome } = await run(pages, {}, store)
  const { login } = outcome as { login: string }
  await store.reject(login, 1)
  await run(pages, {}, store)
  expect(await store.info(login)).toMatchObject({ generation: 2, state: 'ok' })
  await store.signOut(login)
  await run(pages, {}, store)
  expect(await store.info(login)).toMatchObject({ generation: 4, state: 'ok' })
})

test('the login is named by origin and user name, without regard to case', async () => {
  const one = await loginId('https://a.test', 'Alice@Example.test')
  expect(one).toMatch(/^[0-9a-f]{16}$/)
  expect(await loginId('https://a.test', 'alice@example.test')).toBe(one)
  expect(await loginId('https://b.test', 'alice@example.test')).not.toBe(one)
})

test('a database that takes no credential: the password has left once, and memory keeps what it brought', async () => {
  const clock = new ManualClock()
  const web = fakeWeb(stalwart(() => json({ type: 'authenticated', client_code: 'C', iss: page })))
  const memory = new MemoryCredentialStore()
  class FullStore extends MemoryCredentialStore {
    override put(): Promise<boolean> {
      return Promise.reject(new DOMException('The disk is full.', 'QuotaExceededError'))
    }
  }
  const store = (isFull?: boolean) => Promise.resolve(isFull ? memory : new FullStore())
  const deps = { fetch: web.fetch, clock, store, pageOrigin: page }
  const request = { server: '', username: 'alice@example.test', password, keep: true }
  const place = { deployment: noDeployment, pageOrigin: page, isSecureContext: true }
  const outcome = await signIn(deps, request, await findTarget(deps, { ...request, ...place }))
  expect(outcome.kind).toBe('signedIn')
  expect(await memory.list()).toMatchObject([{ generation: 1, state: 'ok' }])
  expect(web.seen.filter(({ body }) => body.includes(password))).toHaveLength(1)
})
