import { describe, expect, test } from 'vitest'
import { aBasicCredential, aCredential } from '../../tests/support/credentials.ts'
import { ManualClock, settle } from '../../tests/support/manual-clock.ts'
import { json, scriptedFetch } from '../../tests/support/scripted-fetch.ts'
import type { Answer } from '../../tests/support/scripted-fetch.ts'
import { silentLogger } from '../platform/logger.ts'
import { StoredAuthorization } from './authorization.ts'
import { basicHeader } from './basic.ts'
import type { Credential } from './credential.ts'
import type { CredentialStore } from './credential-store.ts'
import type { Locks } from '../platform/locks.ts'
import { MemoryCredentialStore } from './memory-credential-store.ts'
// Loaded here: it is fetched with the first refresh, and these tests wait for no file.
import './token-refresh.ts'

const tokenUrl = 'https://mail.example.test/auth/token'
const hour = 3_600_000
const noLogin = { kind: 'unauthorized' }

/** A token server that numbers its answers from A2 on. */
function numbered(): Answer {
  let count = 1
  return () => json({ access_token: `sw1.A${++count}`, token_type: 'Bearer', expires_in: 3600 })
}
const invalidGrant: Answer = () => json({ error: 'invalid_grant' }, { status: 400 })

interface Options {
  readonly credential?: Credential
  readonly answer?: Answer
  readonly locks?: Locks | undefined
  readonly store?: CredentialStore
}

async function setUp(options: Options = {}) {
  const { credential = aCredential(), answer = numbered(), store = new MemoryCredentialStore() } = options
  await store.put(credential)
  const clock = new ManualClock()
  const server = scriptedFetch(answer)
  const locks = 'locks' in options ? options.locks : navigator.locks
  const source = (): StoredAuthorization =>
    new StoredAuthorization({ fetch: server.fetch, clock, log: silentLogger, store, locks }, credential.login)
  return { store, clock, seen: server.seen, source, one: source(), two: source() }
}

describe('a token', () => {
  test('is used as it is until shortly before its end', async () => {
    const { clock, one, seen } = await setUp()
    expect(await one.header()).toBe('Bearer sw1.A1')
    await clock.advance(hour - 61_000)
    expect(await one.header()).toBe('Bearer sw1.A1')
    expect(seen).toHaveLength(0)
    await clock.advance(2_000)
    expect(await one.header()).toBe('Bearer sw1.A2')
    expect(seen.map(({ url }) => url)).toEqual([tokenUrl])
    expect(seen[0]?.body).toBe('grant_type=refresh_token&refresh_token=sw1.R&client_id=postern')
  })

  test('is in the store before it is used, and the old refresh token lives on', async () => {
    const { one, store } = await setUp()
    await one.renew('Bearer sw1.A1')
    const info = await store.info('alice')
    expect(info).toMatchObject({ generation: 2, state: 'ok' })
    expect(await store.secret(info!)).toEqual({ kind: 'stalwart', accessToken: 'sw1.A2', refreshToken: 'sw1.R' })
  })

  test('that expires soon is used when the refresh finds no network, one that is over is not', async () => {
    const { clock, one } = await setUp({ answer: () => Promise.reject(new TypeError('offline')) })
    await clock.advance(hour - 30_000)
    expect(await one.header()).toBe('Bearer sw1.A1')
    await clock.advance(30_000)
    await expect(one.header()).rejects.toMatchObject({ kind: 'network' })
  })

  test('issued by a clock that was since set back is left to the server to judge', async () => {
    const { one, seen } = await setUp({ credential: aCredential({ issuedAt: Date.UTC(2030, 1, 1) }) })
    expect(await one.header()).toBe('Bearer sw1.A1')
    expect(seen).toHaveLength(0)
  })
})

describe.each([
  ['with Web Locks', navigator.locks as Locks],
  ['without', undefined],
])('refresh is single-flight %s', (_name, locks) => {
  test('over two sources that share one store, and many requests', async () => {
    const { one, two, seen } = await setUp({ locks })
    const sources = [one, two, one, two, one]
    const headers = await Promise.all(sources.map((source) => source.renew('Bearer sw1.A1')))
    expect(new Set(headers)).toEqual(new Set(['Bearer sw1.A2']))
    expect(seen).toHaveLength(1)
  })

  test('before the end of a token too', async () => {
    const { clock, one, two, seen } = await setUp({ locks })
    await clock.advance(hour)
    expect(await Promise.all([one.header(), two.header()])).toEqual(['Bearer sw1.A2', 'Bearer sw1.A2'])
    expect(seen).toHaveLength(1)
  })
})

test('a newer generation is used, not refreshed', async () => {
  const { one, two, seen } = await setUp()
  await one.header()
  await two.renew('Bearer sw1.A1')
  expect(await one.renew('Bearer sw1.A1')).toBe('Bearer sw1.A2')
  expect(await one.header()).toBe('Bearer sw1.A2')
  expect(seen).toHaveLength(1)
})

describe('invalid_grant', () => {
  test('asks to sign in, deletes nothing, and nobody asks the server again', async () => {
    const { one, two, store, seen } = await setUp({ answer: invalidGrant })
    await expect(one.renew('Bearer sw1.A1')).rejects.toMatchObject(noLogin)
    const info = await store.info('alice')
    expect(info).toMatchObject({ state: 'rejected', generation: 1 })
    expect(await store.secret(info!)).toBeDefined()
    await expect(one.header()).rejects.toMatchObject(noLogin)
    await expect(two.renew('Bearer sw1.A1')).rejects.toMatchObject(noLogin)
    expect(seen).toHaveLength(1)
  })

  test('while someone else refreshed takes theirs', async () => {
    const store = new MemoryCredentialStore()
    const newer = { kind: 'stalwart', accessToken: 'sw1.B', refreshToken: 'sw1.S' } as const
    const { one } = await setUp({
      store,
      answer: async (request) => {
        await store.put(aCredential({ generation: 2, secret: newer }))
        return invalidGrant(request)
      },
    })
    expect(await one.renew('Bearer sw1.A1')).toBe('Bearer sw1.B')
    expect(await store.info('alice')).toMatchObject({ state: 'ok', generation: 2 })
  })
})

test('a server that is down is not a refusal', async () => {
  const { one, store } = await setUp({ answer: () => new Response('', { status: 502 }) })
  await expect(one.renew('Bearer sw1.A1')).rejects.toMatchObject({ kind: 'server' })
  expect(await store.info('alice')).toMatchObject({ state: 'ok' })
})

test('a token that no header can carry is refused', async () => {
  const { one } = await setUp({ answer: () => json({ access_token: 'a\r\nX-Evil: 1', token_type: 'bearer' }) })
  await expect(one.renew('Bearer sw1.A1')).rejects.toMatchObject({ kind: 'protocol' })
})

test('a refresh that ends after sign-out changes nothing', async () => {
  const store = new MemoryCredentialStore()
  const { one } = await setUp({
    store,
    answer: async (request) => {
      await store.signOut('alice')
      return numbered()(request)
    },
  })
  await expect(one.renew('Bearer sw1.A1')).rejects.toMatchObject(noLogin)
  expect(await store.info('alice')).toMatchObject({ state: 'signedOut' })
  await expect(one.header()).rejects.toMatchObject(noLogin)
})

test('a holder that stands still is stolen from after ten seconds', async () => {
  const { clock, one, two, seen } = await setUp()
  // A tab that the system stopped in the middle of its refresh.
  let letGo: () => void = () => undefined
  const stopped = navigator.locks.request('auth/alice', () => new Promise<void>((resolve) => (letGo = resolve)))
  const stolenFrom = expect(stopped).rejects.toMatchObject({ name: 'AbortError' })
  await settle()
  const waiting = Promise.all([one.renew('Bearer sw1.A1'), two.renew('Bearer sw1.A1')])
  await clock.advance(9_900)
  expect(seen).toHaveLength(0)
  await clock.advance(200)
  expect(await waiting).toEqual(['Bearer sw1.A2', 'Bearer sw1.A2'])
  await stolenFrom
  letGo()
})

describe('a refused Basic password', () => {
  const header = basicHeader('alice', 'pw')

  test('is marked and never sent again, by any tab', async () => {
    const { one, two, source, store, seen } = await setUp({ credential: aBasicCredential() })
    expect(await one.header()).toBe(header)
    expect(await two.header()).toBe(header)
    await expect(one.renew(header)).rejects.toMatchObject(noLogin)
    expect(await store.info('alice')).toMatchObject({ state: 'rejected' })
    for (const tab of [one, two, source()]) await expect(tab.header()).rejects.toMatchObject(noLogin)
    await expect(two.renew(header)).rejects.toMatchObject(noLogin)
    expect(seen).toHaveLength(0)
  })

  test('gives way to a newer sign-in', async () => {
    const { one, store } = await setUp({ credential: aBasicCredential() })
    await one.header()
    await store.put(aBasicCredential({ generation: 2, secret: { kind: 'basic', username: 'alice', password: 'new' } }))
    expect(await one.renew(header)).toBe(basicHeader('alice', 'new'))
  })

  test('does not expire by the clock', async () => {
    const { clock, one } = await setUp({ credential: aBasicCredential() })
    await clock.advance(1000 * hour)
    expect(await one.header()).toBe(header)
  })
})

test('Basic is UTF-8', () => {
  expect(basicHeader('test', '123£')).toBe('Basic dGVzdDoxMjPCow==')
})
