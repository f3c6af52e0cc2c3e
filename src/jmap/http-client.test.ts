import { describe, expect, test } from 'vitest'
import { sessionJson, sessionUrl, strictPolicy } from '../../tests/support/jmap-session.ts'
import { ManualClock, settle } from '../../tests/support/manual-clock.ts'
import { json, scriptedFetch } from '../../tests/support/scripted-fetch.ts'
import type { Answer } from '../../tests/support/scripted-fetch.ts'
import { silentLogger } from '../platform/logger.ts'
import { JmapError } from './errors.ts'
import { HttpJmapClient } from './http-client.ts'
import { parseSession } from './parse-session.ts'
import type { Invocation } from './types.ts'

const echo = (...ids: string[]): Invocation[] => ids.map((id) => ['Core/echo', { id }, id])

function answerAll(body: string, sessionState = 's1'): Response {
  const { methodCalls } = JSON.parse(body) as { methodCalls: unknown[] }
  return json({ methodResponses: methodCalls, sessionState })
}

function setUp(answer: Answer, session: Record<string, unknown> = {}) {
  const server = scriptedFetch(answer)
  const renewed: string[] = []
  const authorization = {
    header: () => Promise.resolve('Bearer one'),
    renew: (refused: string) => {
      renewed.push(refused)
      return Promise.resolve('Bearer two')
    },
  }
  const clock = new ManualClock()
  const client = new HttpJmapClient(
    { fetch: server.fetch, clock, random: { next: () => 0.5, uuid: () => 'u' }, log: silentLogger, authorization },
    { session: parseSession(sessionJson(session), sessionUrl, strictPolicy), policy: strictPolicy },
  )
  return { client, clock, renewed, seen: server.seen }
}

const limits = (changes: Record<string, number>): Record<string, unknown> => ({
  capabilities: { 'urn:ietf:params:jmap:core': changes, 'urn:ietf:params:jmap:mail': {} },
})

describe('requests', () => {
  test('carry the header, no cookies, no cache, and follow no redirect', async () => {
    const { client, seen } = setUp(({ body }) => answerAll(body))
    const response = await client.request(echo('a'))
    expect(response.result('a')).toEqual({ ok: true, name: 'Core/echo', args: { id: 'a' } })
    expect(seen[0]?.url).toBe('https://mail.example.test/jmap/')
    expect(seen[0]?.headers.get('authorization')).toBe('Bearer one')
    expect(seen[0]?.init).toMatchObject({ credentials: 'omit', cache: 'no-store', redirect: 'manual' })
  })

  test('over the limit of calls leave as several, in order, and answer as one', async () => {
    const { client, seen } = setUp(({ body }) => answerAll(body), limits({ maxCallsInRequest: 2 }))
    const response = await client.request(echo('a', 'b', 'c', 'd', 'e'))
    expect(seen).toHaveLength(3)
    expect(response.result('e')).toMatchObject({ ok: true, args: { id: 'e' } })
    expect(response.bytes.sent).toBe(seen.reduce((sum, { body }) => sum + body.length, 0))
  })

  test('keep both answers to one call id, and a method error beside results', async () => {
    const { client } = setUp(() =>
      json({
        methodResponses: [
          ['EmailSubmission/set', { created: { s: { id: '1' } } }, 'a'],
          ['Email/set', { updated: { e: null } }, 'a'],
          ['error', { type: 'cannotCalculateChanges' }, 'b'],
        ],
        sessionState: 's1',
      }),
    )
    const response = await client.request([
      ['EmailSubmission/set', {}, 'a'],
      ['Email/changes', {}, 'b'],
      ['Email/get', {}, 'c'],
    ])
    expect(response.result('a')).toMatchObject({ name: 'EmailSubmission/set' })
    expect(response.all('a')).toHaveLength(2)
    expect(response.result('b')).toEqual({ ok: false, type: 'cannotCalculateChanges' })
    expect(() => response.result('c')).toThrow(JmapError)
  })

  test('have growing sequence numbers', async () => {
    const { client } = setUp(({ body }) => answerAll(body))
    const first = await client.request(echo('a'))
    const second = await client.request(echo('a'))
    expect(second.sequence).toBeGreaterThan(first.sequence)
  })
})

test('a request that may not leave any more is not sent, and what keeps it back is the answer', async () => {
  const { client, seen } = setUp(({ body }) => answerAll(body))
  const deposed = new Error('deposed')
  await expect(client.request(echo('a'), { mayLeave: () => Promise.reject(deposed) })).rejects.toBe(deposed)
  expect(seen).toHaveLength(0)
  await client.request(echo('b'), { mayLeave: () => Promise.resolve() })
  expect(seen).toHaveLength(1)
})

describe('a 401', () => {
  test('asks for another header and tries once', async () => {
    const { client, seen, renewed } = setUp(({ headers, body }) =>
      headers.get('authorization') === 'Bearer two' ? answerAll(body) : new Response('', { status: 401 }),
    )
    await client.request(echo('a'))
    expect(renewed).toEqual(['Bearer one'])
    expect(seen).toHaveLength(2)
  })

  test('waits its turn anew: another request was told meanwhile to come later', async () => {
    const { client, clock, seen } = setUp(({ headers, body }) => {
      if (body.includes('other')) return new Response('', { status: 429, headers: { 'Retry-After': '3' } })
      return headers.get('authorization') === 'Bearer two' ? answerAll(body) : new Response('', { status: 401 })
    })
    const answer = client.request(echo('a'))
    await expect(client.request(echo('other'))).rejects.toMatchObject({ kind: 'busy' })
    await settle()
    expect(seen).toHaveLength(2)
    await clock.advance(4000)
    await answer
    expect(seen).toHaveLength(3)
  })

  test('that comes again is the answer', async () => {
    const { client, seen } = setUp(() => new Response('', { status: 401 }))
    await expect(client.request(echo('a'))).rejects.toMatchObject({ kind: 'unauthorized' })
    expect(seen).toHaveLength(2)
  })
})

describe('another sessionState', () => {
  test('reads the session again, once, and says so', async () => {
    const { client, seen } = setUp(({ url, body }) =>
      url === sessionUrl ? json(sessionJson({ state: 's2', username: 'new' })) : answerAll(body, 's2'),
    )
    const usernames: string[] = []
    client.onSession((session) => usernames.push(session.username))
    await client.request(echo('a'))
    await settle()
    await client.request(echo('b'))
    await settle()
    expect(seen.filter(({ url }) => url === sessionUrl)).toHaveLength(1)
    expect(usernames).toEqual(['new'])
    expect(client.session.state).toBe('s2')
  })

  test('is not asked for without end when the session never takes it', async () => {
    const { client, seen } = setUp(({ url, body }) =>
      url === sessionUrl ? json(sessionJson({ state: 's1' })) : answerAll(body, 'odd'),
    )
    for (const id of ['a', 'b', 'c']) {
      await client.request(echo(id))
      await settle()
    }
    expect(seen.filter(({ url }) => url === sessionUrl)).toHaveLength(1)
  })

  test('with URLs on another origin keeps the old session', async () => {
    const { client } = setUp(({ url, body }) =>
      url === sessionUrl
        ? json(sessionJson({ state: 's2', apiUrl: 'https://attacker.test/jmap' }))
        : answerAll(body, 's2'),
    )
    await client.request(echo('a'))
    await settle()
    expect(client.session.apiUrl).toBe('https://mail.example.test/jmap/')
  })
})

test('an aborted request rejects as aborted', async () => {
  const { client } = setUp(() => new Promise(() => undefined))
  const controller = new AbortController()
  const request = client.request(echo('a'), { signal: controller.signal })
  await settle()
  controller.abort()
  await expect(request).rejects.toMatchObject({ kind: 'aborted' })
})

test('a request that is never answered times out', async () => {
  const { client, clock } = setUp(() => new Promise(() => undefined))
  const request = expect(client.request(echo('a'))).rejects.toMatchObject({ kind: 'timeout' })
  await clock.advance(61_000)
  await request
})

test('a download has the type that was asked for, and its progress', async () => {
  const { client, seen } = setUp(() => new Response('<p>', { headers: { 'Content-Type': 'text/html' } }))
  const received: number[] = []
  const blob = await client.download(
    { accountId: 'b', blobId: 'B/..', type: 'image/png', name: 'x.html?accept=text/html#' } as never,
    { onProgress: (bytes) => received.push(bytes) },
  )
  expect(blob.type).toBe('image/png')
  expect(await blob.text()).toBe('<p>')
  expect(received).toEqual([3])
  expect(seen[0]?.url).toBe(
    'https://mail.example.test/jmap/download/b/B%2F../x.html%3Faccept%3Dtext%2Fhtml%23?accept=image%2Fpng',
  )
})
