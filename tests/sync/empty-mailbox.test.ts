/** Emptying Trash: one row, whatever lies there, resolved at the server. */
import { afterEach, describe, expect, test } from 'vitest'
import type { EmailId } from '../../src/jmap/types.ts'
import { everyOtherFails } from '../support/troubled-server.ts'
import { EngineBench, type BenchOptions } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

const trash = (): ReturnType<EngineBench['mailboxId']> => bench.mailboxId('trash')

async function begin(count: number, options: BenchOptions): Promise<EmailId[]> {
  bench = await EngineBench.create(options)
  const ids = bench.fill(count, { mailbox: trash() })
  bench.fill(3)
  await bench.startAndSettle()
  bench.client.seen.length = 0
  return ids
}

async function empty(): Promise<string> {
  const before = new Date(bench.clock.now()).toISOString()
  const row = await bench.replica.appendMutation({
    type: 'emptyMailbox',
    emailIds: [],
    blobIds: [],
    mailboxId: trash(),
    before,
    done: 0,
    total: 0,
  })
  bench.engine.pokeOutbox()
  return row.id
}

const left = (): number => bench.account.mailboxes.get(trash())!.emails.size
const sets = (): number => bench.client.seen.filter(({ names }) => names.includes('Email/set')).length

describe.each(['plain', 'stalwart', 'cyrus'] as const)('an emptied mailbox, like %s', (like) => {
  test('shows nothing at once, count included, and holds nothing at the server', async () => {
    await begin(30, { like, limits: { maxObjectsInSet: 10 } })
    bench.client.faults = () => ({ delayBefore: 300 })
    await empty()
    expect(await bench.list(trash())).toEqual([])
    const seen = new Set<number>()
    bench.replica.subscribe(() => {
      void bench.list(trash()).then((rows) => seen.add(rows.length))
      void bench.replica.mailboxes().then((all) => seen.add(all.find(({ id }) => id === trash())!.totalThreads))
    })
    await bench.clock.advance(60_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(left()).toBe(0)
    expect([...seen]).toEqual([0])
    expect(bench.account.mailboxByRole('inbox')!.emails.size).toBe(3)
    expect(sets()).toBe(3)
  })

  test('keeps what came after it was asked for, and what another mailbox holds as well', async () => {
    const ids = await begin(12, { like, limits: { maxObjectsInSet: 5 } })
    bench.account.move(ids[4]!, [trash(), bench.mailboxId('inbox')])
    await bench.clock.advance(20_000)
    let isDown = true
    bench.client.faults = () => (isDown ? { lose: 'before' } : undefined)
    await empty()
    await bench.clock.advance(5_000)
    const late = bench.deliver({ mailbox: trash() })
    isDown = false
    await bench.clock.advance(120_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect([...bench.account.mailboxes.get(trash())!.emails].map(({ id }) => id)).toEqual([late])
    expect(await bench.list(trash())).toEqual([late])
    expect([...bench.account.living(ids[4]!).mailboxIds]).toEqual([bench.mailboxId('inbox')])
  })

  test.each(['before', 'after'] as const)('is finished though requests are lost %s the server acts', async (lose) => {
    await begin(30, { like, limits: { maxObjectsInSet: 10 } })
    let at = 0
    bench.client.faults = () => ((at += 1) % 3 === 0 ? { lose } : undefined)
    await empty()
    await bench.clock.advance(600_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(left()).toBe(0)
  })

  test('goes on with the next leader, and what was done since waits its turn', async () => {
    const ids = await begin(30, { like, limits: { maxObjectsInSet: 10 } })
    bench.client.faults = () => ({ delayBefore: 1_000 })
    await empty()
    await bench.clock.advance(2_500)
    bench.engine.stop()
    expect(left()).toBeLessThan(30)
    expect(left()).toBeGreaterThan(0)
    bench.client.faults = () => undefined
    const inbox = [...bench.account.mailboxByRole('inbox')!.emails][0]!
    await bench.replica.appendMutation({
      type: 'setMailboxes',
      emailIds: [inbox.id as EmailId],
      blobIds: [inbox.blobId as never],
      mailboxIds: { [bench.mailboxId('inbox')]: false, [trash()]: true },
    })
    await bench.startAndSettle()
    await bench.clock.advance(60_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect([...bench.account.mailboxes.get(trash())!.emails].map(({ id }) => id)).toEqual([inbox.id])
    expect(ids.filter((id) => bench.account.emails.has(id))).toEqual([])
  })

  test('waits offline through a start of the app, and is done once the network is looked for again', async () => {
    await begin(30, { like, limits: { maxObjectsInSet: 10 } })
    bench.client.faults = () => ({ lose: 'before' })
    await empty()
    await bench.clock.advance(40_000)
    bench.engine.stop()
    await bench.start()
    await bench.clock.advance(60_000)
    expect(await bench.list(trash())).toEqual([])
    expect(left()).toBe(30)
    bench.client.faults = () => undefined
    await bench.clock.advance(16_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(left()).toBe(0)
  })

  test('discarded in the midst of it, stops: the rest stands there again', async () => {
    await begin(30, { like, limits: { maxObjectsInSet: 10 } })
    bench.client.faults = () => ({ delayAfter: 1_000 })
    const id = await empty()
    await bench.clock.advance(2_500)
    expect(await bench.replica.discardMutation(id)).toBe(true)
    await bench.clock.advance(60_000)
    expect(left()).toBeGreaterThan(0)
    expect((await bench.list(trash())).length).toBe(left())
  })

  test.each([2, 10])(
    'is finished where the server takes %i objects and answers 429, 503 and nothing',
    async (limit) => {
      await begin(24, { like, limits: { maxObjectsInSet: limit, maxObjectsInGet: limit } })
      bench.client.faults = everyOtherFails()
      await empty()
      await bench.clock.advance(3_600_000)
      bench.client.faults = () => undefined
      await bench.clock.advance(600_000)
      expect(await bench.replica.outbox()).toEqual([])
      expect(left()).toBe(0)
    },
  )

  test('that the server refuses fails, and everything is there again', async () => {
    await begin(10, { like })
    bench.client.refuses = (name) => (name === 'Email/query' ? 'forbidden' : undefined)
    await empty()
    await bench.clock.advance(60_000)
    expect((await bench.replica.outbox())[0]).toMatchObject({ status: 'failed' })
    expect(await bench.list(trash())).toHaveLength(10)
  })
})

test('4,000 messages take as many requests as the server’s limit says', async () => {
  await begin(4_000, { limits: { maxObjectsInSet: 500, maxObjectsInGet: 500 }, keptMessages: 5_000 })
  await empty()
  await bench.clock.advance(30_000)
  expect(left()).toBe(0)
  expect(await bench.replica.outbox()).toEqual([])
  expect(sets()).toBe(8)
  expect(bench.client.seen.length).toBeLessThanOrEqual(Math.floor((4_000 / 500) * 1.1 + 5))
}, 60_000)
