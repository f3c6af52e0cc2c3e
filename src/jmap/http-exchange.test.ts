import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import { json, scriptedFetch } from '../../tests/support/scripted-fetch.ts'
import { JmapError } from './errors.ts'
import { exchange, readJson } from './http-exchange.ts'

const url = 'https://mail.example.test/jmap/'

async function errorFor(response: Response): Promise<JmapError> {
  const clock = new ManualClock()
  const { fetch } = scriptedFetch(() => response)
  const outcome = await exchange({ fetch, clock }, { url, timeoutMs: 1000 }, (answer) =>
    readJson(answer, clock.now()),
  ).catch((error: unknown) => error)
  expect(outcome).toBeInstanceOf(JmapError)
  return outcome as JmapError
}

const problem = (body: Record<string, unknown>): Response =>
  json(body, { status: 400, headers: { 'Content-Type': 'application/problem+json' } })
const limit = (name: string): Response => problem({ type: 'urn:ietf:params:jmap:error:limit', limit: name })

describe('each answer has its kind', () => {
  test.each<[string, () => Response, Partial<JmapError>]>([
    [
      '301',
      () => new Response('', { status: 301, headers: { Location: 'https://attacker.test/' } }),
      { kind: 'origin' },
    ],
    ['307', () => new Response('', { status: 307, headers: { Location: '/elsewhere' } }), { kind: 'origin', url }],
    ['400 without a type', () => new Response('nonsense', { status: 400 }), { kind: 'protocol', status: 400 }],
    ['400 notRequest', () => problem({ type: 'urn:ietf:params:jmap:error:notRequest' }), { kind: 'protocol' }],
    ['400 maxSizeRequest', () => limit('maxSizeRequest'), { kind: 'limit', limit: 'maxSizeRequest' }],
    ['400 maxCallsInRequest', () => limit('maxCallsInRequest'), { kind: 'limit', limit: 'maxCallsInRequest' }],
    [
      '400 maxConcurrentRequests',
      () => limit('maxConcurrentRequests'),
      { kind: 'busy', limit: 'maxConcurrentRequests' },
    ],
    ['401', () => new Response('', { status: 401 }), { kind: 'unauthorized', status: 401 }],
    ['402', () => new Response('', { status: 402 }), { kind: 'mfaRequired', status: 402 }],
    ['403', () => new Response('', { status: 403 }), { kind: 'forbidden' }],
    ['404', () => new Response('', { status: 404 }), { kind: 'protocol', status: 404 }],
    ['413', () => new Response('', { status: 413 }), { kind: 'limit', limit: 'maxSizeRequest' }],
    [
      '429',
      () => new Response('', { status: 429, headers: { 'Retry-After': '2530' } }),
      { kind: 'busy', retryAfterMs: 2_530_000 },
    ],
    [
      '503',
      () => new Response('', { status: 503, headers: { 'Retry-After': 'x' } }),
      { kind: 'busy', retryAfterMs: undefined },
    ],
    ['502', () => new Response('', { status: 502 }), { kind: 'server', status: 502 }],
    [
      'a page',
      () => new Response('<html>', { headers: { 'Content-Type': 'text/html' } }),
      { kind: 'protocol', status: 200 },
    ],
    [
      'broken JSON',
      () => new Response('{"a":', { headers: { 'Content-Type': 'application/json' } }),
      { kind: 'protocol' },
    ],
  ])('%s', async (_name, response, expected) => {
    expect(await errorFor(response())).toMatchObject(expected)
  })
})

test('no word of the server gets into the error', async () => {
  const secret = 'alice PASSWORD'
  const type = 'urn:ietf:params:jmap:error:notRequest'
  for (const response of [
    problem({ type, detail: secret }),
    problem({ type: secret, detail: secret }),
    new Response(`{"broken": ${secret}`, { headers: { 'Content-Type': 'application/json' } }),
    new Response(secret, { status: 500, statusText: secret }),
  ]) {
    const error = await errorFor(response)
    expect(JSON.stringify([error, error.message, String(error.cause)])).not.toContain('PASSWORD')
  }
})

test('a fetch that fails is a network error, whatever it says', async () => {
  const fetch = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'))
  await expect(
    exchange({ fetch, clock: new ManualClock() }, { url, timeoutMs: 1 }, () => Promise.resolve(1)),
  ).rejects.toMatchObject({ kind: 'network' })
})

test('a timer that is no longer needed is taken back', async () => {
  const clock = new ManualClock()
  const { fetch } = scriptedFetch(() => json({}))
  await exchange({ fetch, clock }, { url, timeoutMs: 1000 }, (response) => readJson(response, 0))
  expect(clock.pending).toBe(0)
})

test('a body that never ends falls under the deadline too', async () => {
  const clock = new ManualClock()
  const fetch = (_url: unknown, init?: RequestInit): Promise<Response> => {
    const body = new ReadableStream({
      start(controller) {
        init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason))
      },
    })
    return Promise.resolve(new Response(body, { headers: { 'Content-Type': 'application/json' } }))
  }
  const outcome = expect(
    exchange({ fetch, clock }, { url, timeoutMs: 1000 }, (response) => readJson(response, 0)),
  ).rejects.toMatchObject({ kind: 'timeout' })
  await clock.advance(1001)
  await outcome
})
