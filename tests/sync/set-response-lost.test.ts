import { afterEach, describe, expect, test } from 'vitest'
import { JmapError } from '../../src/jmap/errors.ts'
import type { EmailId } from '../../src/jmap/types.ts'
import { EngineBench } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

async function markSeen(id: EmailId): Promise<void> {
  const [row] = await bench.replica.emails([id])
  await bench.replica.appendMutation({
    type: 'setKeyword',
    emailIds: [id],
    blobIds: [row!.blobId],
    keyword: '$seen',
    value: true,
  })
  bench.engine.pokeOutbox()
}

describe('the outbox', () => {
  test('sends again what may or may not have arrived', async () => {
    bench = await EngineBench.create()
    const [id] = bench.fill(5)
    const engine = await bench.startAndSettle()
    let isDown = true
    bench.client.faults = () => (isDown ? { lose: 'after' } : undefined)
    await markSeen(id!)
    await bench.clock.advance(500)
    expect(engine.status).toMatchObject({ phase: 'offline', outbox: 1 })
    expect((await bench.replica.outbox())[0]).toMatchObject({ status: 'queued' })
    isDown = false
    await bench.clock.advance(5_000)
    expect(bench.account.living(id!).keywords.has('$seen')).toBe(true)
    expect(await bench.replica.outbox()).toEqual([])
    expect(engine.status).toMatchObject({ phase: 'ready', outbox: 0 })
  })

  test('is recovered from a leader that died while sending', async () => {
    bench = await EngineBench.create()
    const [id] = bench.fill(5)
    const dead = await bench.startAndSettle()
    bench.client.faults = () => ({ lose: 'before', delayBefore: 60_000 })
    await markSeen(id!)
    await bench.clock.advance(10)
    expect((await bench.replica.outbox())[0]).toMatchObject({ status: 'sending' })
    dead.stop()
    bench.client.faults = () => undefined
    await bench.startAndSettle()
    expect(bench.account.living(id!).keywords.has('$seen')).toBe(true)
    expect(await bench.replica.outbox()).toEqual([])
  })

  test('sends one Email/set for many actions, and pulls the result in the same request', async () => {
    bench = await EngineBench.create()
    const ids = bench.fill(5)
    await bench.startAndSettle()
    bench.client.seen.length = 0
    bench.client.faults = () => ({ delayAfter: 100 })
    for (const id of ids) await markSeen(id)
    await bench.clock.advance(1_000)
    const sets = bench.client.seen.filter(({ names }) => names.includes('Email/set'))
    expect(sets.length).toBeLessThanOrEqual(2)
    for (const set of sets) expect(set.names).toContain('Email/changes')
  })

  test('is kept, and sent by nobody, while the credentials are refused', async () => {
    bench = await EngineBench.create()
    const [id] = bench.fill(5)
    const engine = await bench.startAndSettle()
    let asked = 0
    bench.client.faults = () => {
      asked += 1
      return { fail: new JmapError('unauthorized', 'expired') }
    }
    await markSeen(id!)
    await bench.clock.advance(3_600_000)
    expect(engine.status).toMatchObject({ phase: 'error', problem: { kind: 'unauthorized' }, outbox: 1 })
    expect(asked).toBe(1)
    bench.client.faults = () => undefined
    engine.refresh()
    await bench.clock.advance(1_000)
    expect(await bench.replica.outbox()).toEqual([])
  })

  test('leaves a refused action visible as failed', async () => {
    bench = await EngineBench.create()
    const [id] = bench.fill(5)
    const engine = await bench.startAndSettle()
    const [row] = await bench.replica.emails([id!])
    // RFC 8621 §4.1.1 allows no such keyword.
    await bench.replica.appendMutation({
      type: 'setKeyword',
      emailIds: [row!.id],
      blobIds: [row!.blobId],
      keyword: 'not a keyword(',
      value: true,
    })
    engine.pokeOutbox()
    await bench.clock.advance(5_000)
    expect(engine.status).toMatchObject({ outbox: 1, failed: 1 })
    expect((await bench.replica.outbox())[0]?.lastError).toMatch(/^invalid/)
  })
})
