import { afterEach, describe, expect, test } from 'vitest'
import type { AccountStatus } from '../../src/sync/engine-port.ts'
import { JmapError } from '../../src/jmap/errors.ts'
import { EngineBench } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

describe('the status', () => {
  test('is ready only after pull, second look and prefetch', async () => {
    bench = await EngineBench.create()
    bench.fill(60)
    const engine = await bench.startAndSettle()
    const inbox = bench.mailboxId('inbox')
    const phases: AccountStatus['phase'][] = []
    engine.onStatus(({ phase }) => phases.push(phase))
    engine.setAttention({ visible: true, mailboxId: inbox, emailIds: await bench.list(inbox), openThreadId: null })
    bench.deliver()
    engine.didPush()
    await bench.clock.advance(200)
    expect(engine.status.phase).toBe('syncing')
    await bench.clock.advance(15_000)
    expect(engine.status.phase).toBe('ready')
    const list = await bench.list(inbox)
    expect((await bench.replica.bodiesPresent(list)).size).toBeGreaterThanOrEqual(60)
    expect(phases.at(-1)).toBe('ready')
  })

  test.each([
    ['nothing answers', 'before'],
    ['the sign-in page of a network answers', new JmapError('protocol', 'The answer is not JSON', { status: 200 })],
    ['the network redirects to its sign-in page', new JmapError('origin', 'The server redirects', { status: 302 })],
  ] as const)(
    'when %s it looks again by itself, soon while somebody looks, and at once when asked',
    async (_what, fault) => {
      bench = await EngineBench.create()
      bench.fill(5)
      const engine = await bench.startAndSettle()
      let tries = 0
      bench.client.faults = () => {
        tries += 1
        return fault === 'before' ? { lose: fault } : { fail: fault }
      }
      const triesIn = async (ms: number): Promise<number> => {
        const before = tries
        await bench.clock.advance(ms)
        return tries - before
      }
      engine.didPush()
      await bench.clock.advance(1_000)
      const away = fault === 'before' ? { phase: 'offline' } : { phase: 'error', problem: { kind: 'protocol' } }
      expect(engine.status).toMatchObject(away)
      // R21: at most 12 a minute.
      expect(await triesIn(60_000)).toBeLessThanOrEqual(12)
      const seen = await triesIn(600_000)
      expect(seen).toBeGreaterThanOrEqual(39)
      expect(seen).toBeLessThanOrEqual(45)
      engine.setAttention({ visible: false, mailboxId: null, emailIds: [], openThreadId: null })
      await triesIn(15_000)
      // Nobody looks: up to five minutes apart.
      expect(await triesIn(600_000)).toBeLessThanOrEqual(5)
      bench.client.faults = () => undefined
      engine.refresh()
      await bench.clock.advance(1_000)
      expect(engine.status.phase).toBe('ready')
    },
  )

  test('waits as long as the server says', async () => {
    bench = await EngineBench.create()
    bench.fill(5)
    const engine = await bench.startAndSettle()
    let tries = 0
    bench.client.faults = () => {
      tries += 1
      return { fail: new JmapError('busy', 'busy', { status: 503, retryAfterMs: 50_000 }) }
    }
    engine.didPush()
    await bench.clock.advance(49_000)
    expect(engine.status).toMatchObject({ phase: 'error', problem: { kind: 'busy', retryInMs: 50_000 } })
    expect(tries).toBe(1)
  })

  test('does not ask again for what its own action changed', async () => {
    bench = await EngineBench.create()
    const [id] = bench.fill(5)
    const engine = await bench.startAndSettle()
    const [row] = await bench.replica.emails([id!])
    await bench.replica.appendMutation({
      type: 'setKeyword',
      emailIds: [id!],
      blobIds: [row!.blobId],
      keyword: '$seen',
      value: true,
    })
    engine.pokeOutbox()
    await bench.clock.advance(100)
    bench.client.seen.length = 0
    const { log } = bench.account
    const state = (type: 'Email' | 'Mailbox'): string => String(log.state(type))
    engine.didPush({ Email: state('Email'), Mailbox: state('Mailbox') })
    await bench.clock.advance(1_000)
    expect(bench.client.seen).toEqual([])
  })
})

describe('without an event stream', () => {
  test('polls, and less when nobody looks', async () => {
    bench = await EngineBench.create({ like: 'cyrus' })
    bench.fill(5)
    const engine = await bench.startAndSettle()
    engine.setPolling(true)
    const pulls = (): number => bench.client.seen.filter(({ names }) => names.includes('Email/changes')).length
    const before = pulls()
    await bench.clock.advance(600_000)
    expect(pulls() - before).toBeGreaterThanOrEqual(15)
    engine.setAttention({ visible: false, mailboxId: null, emailIds: [], openThreadId: null })
    const hidden = pulls()
    await bench.clock.advance(600_000)
    expect(pulls() - hidden).toBeLessThanOrEqual(8)
    engine.setAttention({ visible: true, mailboxId: null, emailIds: [], openThreadId: null })
    await bench.clock.advance(100)
    expect(pulls() - hidden).toBeGreaterThan(1)
  })
})

describe('older mail', () => {
  test('is not fetched while nobody looks, and goes on from where it was after a restart', async () => {
    bench = await EngineBench.create()
    bench.fill(1_500)
    const first = await bench.start()
    await bench.clock.advance(2_100)
    first.setAttention({ visible: false, mailboxId: null, emailIds: [], openThreadId: null })
    await bench.clock.advance(60_000)
    const { backfill } = first.status
    expect(backfill).toBeLessThan(100)
    first.stop()
    bench.client.seen.length = 0
    const second = await bench.start()
    await bench.clock.advance(30_000)
    expect(second.status.backfill).toBe(100)
    const asked = bench.client.seen.filter(({ calls }) =>
      calls.some(([, args]) => (args['filter'] as { before?: string } | undefined)?.before !== undefined),
    )
    expect(asked.length).toBeLessThanOrEqual(Math.ceil(1_500 / 250))
    const inbox = bench.mailboxId('inbox')
    expect(await bench.list(inbox)).toEqual(bench.serverList(inbox))
  })
})
