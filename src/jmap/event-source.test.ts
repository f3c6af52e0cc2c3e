import { describe, expect, test } from 'vitest'
import { ManualClock, settle } from '../../tests/support/manual-clock.ts'
import { json, scriptedFetch } from '../../tests/support/scripted-fetch.ts'
import { silentLogger } from '../platform/logger.ts'
import type { PushEvent } from './client.ts'
import { JmapError } from './errors.ts'
import { listenToEvents } from './event-source.ts'

type Feed = ReadableStreamDefaultController<Uint8Array>
const template = 'https://mail.example.test/es?types={types}&closeafter={closeafter}&ping={ping}'

/** Connects to a server that gives `answers` one after the other, then streams. */
function connect(
  answers: (() => Response)[] = [],
  renew: () => Promise<string> = () => Promise.reject(new JmapError('unauthorized', '')),
) {
  const feeds: Feed[] = []
  const server = scriptedFetch(({ init }) => {
    const next = answers.shift()
    if (next) return next()
    const body = new ReadableStream<Uint8Array>({
      start(feed) {
        feeds.push(feed)
        init.signal?.addEventListener('abort', () => feed.error(new Error('aborted')))
      },
    })
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream; charset=utf-8' } })
  })
  const clock = new ManualClock()
  const events: PushEvent[] = []
  const current = { header: 'Bearer one' }
  const authorization = { header: () => Promise.resolve(current.header), renew }
  const random = { next: () => 1, uuid: () => '' }
  const stream = listenToEvents(
    { fetch: server.fetch, clock, random, log: silentLogger, authorization, url: () => template },
    (event) => events.push(event),
  )
  const say = async (text: string): Promise<void> => {
    feeds.at(-1)?.enqueue(new TextEncoder().encode(text))
    await settle()
  }
  return {
    clock,
    current,
    stream,
    events,
    feeds,
    say,
    seen: server.seen,
    kinds: () => events.map(({ kind }) => kind),
  }
}

test('asks with the header for all types and pings, and says open and state', async () => {
  const { seen, say, events } = connect()
  await settle()
  expect(seen[0]?.url).toBe('https://mail.example.test/es?types=*&closeafter=no&ping=30')
  expect(seen[0]?.headers.get('authorization')).toBe('Bearer one')
  expect(seen[0]?.init).toMatchObject({ credentials: 'omit', redirect: 'manual' })
  await say('event: state\ndata: {"@type":"StateChange","changed":{"b":{"Email":"sga","Bad":7}}}\n\n')
  await say('event: state\ndata: nonsense\n\nevent: calendarAlert\ndata: {}\n\n')
  expect(events).toEqual([{ kind: 'open' }, { kind: 'state', changed: { b: { Email: 'sga' } } }])
})

test('connects again after the server closes, and says open again', async () => {
  const { clock, feeds, events } = connect()
  await settle()
  feeds[0]?.close()
  await clock.advance(999)
  expect(events).toEqual([{ kind: 'open' }, { kind: 'closed', retryInMs: 1000 }])
  await clock.advance(1)
  expect(events.at(-1)).toEqual({ kind: 'open' })
})

test('waits longer each time, up to five minutes, and begins small again after a good connection', async () => {
  const failing = Array.from({ length: 12 }, () => () => new Response('', { status: 502 }))
  const { clock, feeds, events } = connect(failing)
  await clock.advance(1_411_500)
  const delays = (): number[] => events.flatMap((event) => (event.kind === 'closed' ? [event.retryInMs] : []))
  expect(delays()).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300].map((seconds) => seconds * 1000))
  await clock.advance(11_000)
  feeds.at(-1)?.close()
  await settle()
  expect(delays().at(-1)).toBe(1000)
})

test('honours Retry-After', async () => {
  const { events } = connect([() => new Response('', { status: 503, headers: { 'Retry-After': '77' } })])
  await settle()
  expect(events).toEqual([{ kind: 'closed', retryInMs: 77_000 }])
})

describe('a dead line', () => {
  test('is noticed when two pings stay away', async () => {
    const { clock, say, kinds } = connect()
    await settle()
    await say('event: ping\ndata: {"interval": 30000}\n\n')
    await clock.advance(60_000)
    expect(kinds()).toEqual(['open'])
    await clock.advance(3_000)
    expect(kinds().slice(0, 3)).toEqual(['open', 'mute', 'closed'])
  })

  test('is noticed as soon the fifth time, once the server has told its interval', async () => {
    const { clock, say, kinds, seen } = connect()
    await settle()
    await say('event: ping\ndata: {"interval": 30}\n\n')
    await clock.advance(5 * 65_000)
    expect(seen).toHaveLength(6)
    expect(kinds().filter((kind) => kind === 'closed')).toHaveLength(5)
  })

  test('is judged by the interval that the server tells, in seconds or milliseconds', async () => {
    for (const interval of [120, 120_000]) {
      const { clock, say, kinds } = connect()
      await settle()
      await say(`event: ping\ndata: {"interval": ${interval}}\n\n`)
      await clock.advance(240_000)
      expect(kinds()).toEqual(['open'])
      await clock.advance(20_000)
      expect(kinds()).toContain('closed')
    }
  })

  test('lives on while anything arrives', async () => {
    const { clock, say, kinds } = connect()
    await settle()
    for (let minute = 0; minute < 10; minute += 1) {
      await clock.advance(60_000)
      await say(': still here\n')
    }
    expect(kinds()).toEqual(['open'])
  })
})

test('after sleep it connects again at once', async () => {
  const { clock, events } = connect()
  await settle()
  await clock.sleep(3_600_000)
  await clock.advance(0)
  expect(events).toEqual([{ kind: 'open' }, { kind: 'closed', retryInMs: 0 }, { kind: 'open' }])
})

describe('no event stream', () => {
  test.each([204, 404, 405, 501])('%i is final', async (status) => {
    const { clock, seen, kinds } = connect([() => new Response(null, { status })])
    await clock.advance(3_600_000)
    expect(kinds()).toEqual(['unsupported'])
    expect(seen).toHaveLength(1)
  })

  test.each([
    ['another answer', () => json({})],
    ['a portal’s page', () => new Response('<p>', { headers: { 'Content-Type': 'text/html' } })],
    ['a redirect to one', () => new Response(null, { status: 302, headers: { Location: 'http://login.test/' } })],
  ])('%s three times is said to be mute, and the stream is asked for again', async (_what, strange) => {
    const { clock, stream, kinds, seen, say } = connect(Array.from({ length: 8 }, () => strange))
    await clock.advance(130_000)
    expect(kinds().filter((kind) => kind !== 'closed')).toEqual(['mute'])
    // Doubling: after 1, 3, 7, 15, 31, 63 and 127 s.
    expect(seen).toHaveLength(8)
    stream.didReachServer()
    await clock.advance(1_000)
    // Requests may pass for ever where the stream does not.
    expect(seen).toHaveLength(8)
    await clock.advance(60_000)
    stream.didReachServer()
    await settle()
    expect(kinds().at(-1)).toBe('open')
    await say(': ping\n')
    expect(kinds().at(-1)).toBe('heard')
  })
})

describe('a 401', () => {
  const refused = (): Response => new Response('', { status: 401 })

  test('is tried once with a renewed header', async () => {
    const { seen, kinds } = connect([refused], () => Promise.resolve('Bearer two'))
    await settle()
    expect(seen.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer one', 'Bearer two'])
    expect(kinds()).toEqual(['open'])
  })

  test('that stays ends it: nothing is sent again', async () => {
    const { clock, seen, events } = connect([refused])
    await clock.advance(3_600_000)
    expect(events).toEqual([{ kind: 'closed', retryInMs: Number.POSITIVE_INFINITY }])
    expect(seen).toHaveLength(1)
  })
})

test('closing ends the connection and all timers', async () => {
  const { clock, stream, kinds, seen } = connect()
  await settle()
  stream.close()
  await clock.advance(3_600_000)
  expect(kinds()).toEqual(['open'])
  expect(seen).toHaveLength(1)
  expect(clock.pending).toBe(0)
})

describe('a request that is answered', () => {
  const offline = (): Response => {
    throw new TypeError('Failed to fetch')
  }

  test('ends the wait for the network', async () => {
    const { clock, stream, kinds } = connect(Array.from({ length: 6 }, () => offline))
    await clock.advance(40_000)
    expect(kinds()).toEqual(Array.from({ length: 6 }, () => 'closed'))
    stream.didReachServer()
    await settle()
    expect(kinds().at(-1)).toBe('open')
  })

  test('does not hurry a stream that the server itself refuses', async () => {
    const { stream, seen, clock } = connect([() => new Response('', { status: 503, headers: { 'Retry-After': '60' } })])
    await clock.advance(5_000)
    stream.didReachServer()
    await settle()
    expect(seen).toHaveLength(1)
  })

  test('brings the stream back after another sign-in, and not before', async () => {
    const { clock, current, stream, seen, kinds } = connect([() => new Response('', { status: 401 })])
    await clock.advance(5_000)
    stream.didReachServer()
    await settle()
    expect(seen).toHaveLength(1)
    current.header = 'Bearer three'
    stream.didReachServer()
    await settle()
    expect(seen[1]?.headers.get('authorization')).toBe('Bearer three')
    expect(kinds().at(-1)).toBe('open')
  })
})

describe('a stream that a proxy holds back', () => {
  test('is said to be mute after its silence, once, and to be heard with the first byte', async () => {
    const { clock, kinds, say } = connect()
    await clock.advance(71_000)
    expect(kinds().filter((kind) => kind === 'mute')).toHaveLength(1)
    await clock.advance(600_000)
    expect(kinds().filter((kind) => kind === 'mute')).toHaveLength(1)
    expect(kinds()).not.toContain('heard')
    await say('event: ping\ndata: {"interval": 30}\n\n')
    expect(kinds().filter((kind) => kind === 'heard')).toHaveLength(1)
    await say('event: ping\ndata: {"interval": 30}\n\n')
    expect(kinds().filter((kind) => kind === 'heard')).toHaveLength(1)
  })

  test('is said to be mute where not even its head comes', async () => {
    const { clock, kinds } = connect([() => new Promise(() => undefined) as unknown as Response])
    await clock.advance(31_000)
    expect(kinds()).toContain('mute')
  })
})

describe('after a sleep or a change of networks', () => {
  test('a stream that misses a ping is opened anew at once', async () => {
    const { clock, kinds, stream, say } = connect()
    await say('event: ping\ndata: {"interval": 30}\n\n')
    await clock.advance(36_000)
    stream.wake()
    await settle()
    await clock.advance(0)
    expect(kinds()).toEqual(['open', 'closed', 'open'])
  })

  test('a stream that was heard of is left alone', async () => {
    const { clock, kinds, stream, say } = connect()
    await say('event: ping\ndata: {"interval": 30}\n\n')
    await clock.advance(20_000)
    stream.wake()
    await clock.advance(1000)
    expect(kinds()).toEqual(['open'])
  })
})
