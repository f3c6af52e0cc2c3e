/** A keyword on all that match: one row, resolved at the server, taken back in any state. */
import { afterEach, describe, expect, test } from 'vitest'
import type { EmailId } from '../../src/jmap/types.ts'
import { inverseOf } from '../../src/mutations/inverse.ts'
import type { Mutation, SetKeywordOnAll } from '../../src/mutations/mutation.ts'
import { everyOtherFails } from '../support/troubled-server.ts'
import { EngineBench, type BenchOptions } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

const inbox = (): ReturnType<EngineBench['mailboxId']> => bench.mailboxId('inbox')

/** Every third is read already. */
async function begin(count: number, options: BenchOptions): Promise<{ ids: EmailId[]; wasRead: EmailId[] }> {
  bench = await EngineBench.create(options)
  const ids = bench.fill(count)
  const wasRead = ids.filter((_, at) => at % 3 === 0)
  for (const id of wasRead) bench.account.setKeywords(id, { $seen: true })
  bench.fill(3, { mailbox: bench.mailboxId('sent') })
  await bench.startAndSettle()
  bench.client.seen.length = 0
  return { ids, wasRead }
}

function readAll(): SetKeywordOnAll {
  return {
    type: 'setKeywordOnAll',
    emailIds: [],
    blobIds: [],
    key: 'k1',
    keyword: '$seen',
    value: true,
    match: {
      mailboxId: inbox(),
      filter: { inMailbox: inbox() },
      before: new Date(bench.clock.now()).toISOString(),
      here: { mailboxIds: [inbox()], isOutside: false, has: [], hasNot: [] },
    },
    done: 0,
    total: 0,
  }
}

async function append(mutation: Mutation): Promise<string> {
  const { id } = await bench.replica.appendMutation(mutation)
  bench.engine.pokeOutbox()
  return id
}

const undo = (mutation: Mutation): Promise<string> => append(inverseOf(mutation, [])[0]!)
const unread = (): string[] =>
  [...bench.account.mailboxByRole('inbox')!.emails].filter(({ keywords }) => !keywords.has('$seen')).map(({ id }) => id)
const shownUnread = async (): Promise<string[]> => {
  const { rows } = await bench.replica.listWindow({ mailboxId: inbox() }, 0, 10_000)
  return rows.flatMap(({ messages }) => messages.filter(({ keywords }) => !keywords['$seen']).map(({ id }) => id))
}
const countUnread = async (): Promise<number> =>
  (await bench.replica.mailboxes()).find(({ id }) => id === inbox())!.unreadThreads
const notes = (): Promise<unknown[]> =>
  bench.replica.read(['meta'], async (tx) => (await tx.keys('meta')).filter((name) => name.startsWith('changed/')))

describe.each(['plain', 'stalwart', 'cyrus'] as const)('all of the Inbox marked as read, like %s', (like) => {
  test('is noted before it is sent, so that no power cut takes the note', async () => {
    await begin(9, { like, limits: { maxObjectsInSet: 4 } })
    const write = bench.replica.write.bind(bench.replica)
    const noting: unknown[] = []
    bench.replica.write = async (guard, body) => {
      const before = JSON.stringify(await notes())
      const outcome = await write(guard, body)
      if (JSON.stringify(await notes()) !== before) noting.push(guard.durability)
      return outcome
    }
    await append(readAll())
    await bench.clock.advance(30_000)
    expect(new Set(noting)).toEqual(new Set(['strict']))
  })

  test('shows at once with its count, and is so at the server; other mailboxes are left alone', async () => {
    await begin(30, { like, limits: { maxObjectsInSet: 4 } })
    bench.client.faults = () => ({ delayBefore: 300 })
    const id = await append(readAll())
    expect([await shownUnread(), await countUnread()]).toEqual([[], 0])
    const seen = new Set<number>()
    bench.replica.subscribe(() => {
      void shownUnread().then((ids) => seen.add(ids.length))
    })
    await bench.clock.advance(700)
    expect((await bench.replica.outbox())[0]).toMatchObject({ id, mutation: { total: 20 } })
    await bench.clock.advance(60_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(unread()).toEqual([])
    expect([...seen]).toEqual([0])
    expect([...bench.account.mailboxByRole('sent')!.emails].every(({ keywords }) => !keywords.has('$seen'))).toBe(true)
  })

  test('what comes after it was asked stays unread', async () => {
    await begin(12, { like, limits: { maxObjectsInSet: 5 } })
    bench.client.faults = () => ({ lose: 'before' })
    await append(readAll())
    await bench.clock.advance(5_000)
    const late = bench.deliver()
    bench.client.faults = () => undefined
    await bench.clock.advance(60_000)
    expect(unread()).toEqual([late])
    expect(await shownUnread()).toEqual([late])
  })

  test.each([2, 10])('is done where the server takes %i objects and answers 429, 503 and nothing', async (limit) => {
    await begin(24, { like, limits: { maxObjectsInSet: limit, maxObjectsInGet: limit } })
    bench.client.faults = everyOtherFails()
    await append(readAll())
    await bench.clock.advance(3_600_000)
    bench.client.faults = () => undefined
    await bench.clock.advance(600_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect([unread(), await shownUnread()]).toEqual([[], []])
  })

  test('goes on with the next leader, and a later word on one of them holds', async () => {
    const { ids } = await begin(30, { like, limits: { maxObjectsInSet: 3 } })
    bench.client.faults = () => ({ delayBefore: 1_000 })
    await append(readAll())
    await bench.clock.advance(2_500)
    bench.engine.stop()
    expect([unread().length > 0, unread().length < 20]).toEqual([true, true])
    bench.client.faults = () => undefined
    const { id, blobId } = (await bench.replica.emails([ids[4]!]))[0]!
    await bench.replica.appendMutation({
      type: 'setKeyword',
      emailIds: [id],
      blobIds: [blobId],
      keyword: '$seen',
      value: false,
    })
    expect(await shownUnread()).toEqual([id])
    await bench.startAndSettle()
    await bench.clock.advance(60_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect([unread(), await shownUnread()]).toEqual([[id], [id]])
  })

  test.each([
    ['waiting', 0, { lose: 'before' }],
    ['under way, its answer still to come', 2_500, { delayAfter: 1_000 }],
    ['half done', 3_300, { delayBefore: 1_000 }],
    ['done', 60_000, undefined],
  ] as const)('is taken back %s: what was read before stays read', async (_, ms, fault) => {
    const { ids, wasRead } = await begin(30, { like, limits: { maxObjectsInSet: 3 } })
    bench.client.faults = () => fault
    const mutation = readAll()
    await append(mutation)
    await bench.clock.advance(ms)
    await undo(mutation)
    const meant = ids.filter((id) => !wasRead.includes(id)).toSorted()
    expect((await shownUnread()).toSorted()).toEqual(meant)
    bench.client.faults = () => undefined
    await bench.clock.advance(120_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(unread().toSorted()).toEqual(meant)
    expect((await shownUnread()).toSorted()).toEqual(meant)
    expect(await notes()).toEqual([])
  })

  test('is taken back though the answer of a chunk is lost, and done again', async () => {
    const { ids, wasRead } = await begin(30, { like, limits: { maxObjectsInSet: 3 } })
    let requests = 0
    bench.client.faults = () => ((requests += 1) > 3 ? { lose: 'after' } : undefined)
    const mutation = readAll()
    await append(mutation)
    await bench.clock.advance(500)
    const back = inverseOf(mutation, [])[0]!
    await append(back)
    bench.client.faults = () => undefined
    await bench.clock.advance(120_000)
    expect(unread().toSorted()).toEqual(ids.filter((id) => !wasRead.includes(id)).toSorted())
    await append(inverseOf(back, [])[0]!)
    expect(await shownUnread()).toEqual([])
    await bench.clock.advance(120_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(unread()).toEqual([])
  })

  test('that the server refuses fails, and everything is as it was', async () => {
    await begin(12, { like })
    bench.client.refuses = (name) => (name === 'Email/query' ? 'unsupportedFilter' : undefined)
    await append(readAll())
    await bench.clock.advance(60_000)
    expect((await bench.replica.outbox())[0]).toMatchObject({ status: 'failed', lastError: 'unsupportedFilter' })
    expect((await shownUnread()).length).toBe(8)
  })

  test.each(['rateLimit', 'serverUnavailable'])(
    'waits while the server answers %s to what it looks for',
    async (type) => {
      await begin(12, { like, limits: { maxObjectsInSet: 4 } })
      let answers = 0
      bench.client.refuses = (name) => (name === 'Email/query' && (answers += 1) < 10 ? type : undefined)
      await append(readAll())
      await bench.clock.advance(3_600_000)
      expect(await bench.replica.outbox()).toEqual([])
      expect([unread(), await shownUnread()]).toEqual([[], []])
    },
  )
})

test.each([4_000, 40_000])(
  '%i messages take as many requests as the server’s limit says',
  async (count) => {
    if (count > 4_000 && !process.env['ALL_40000']) return
    await begin(count * 1.5, { limits: { maxObjectsInSet: 500, maxObjectsInGet: 500 }, keptMessages: count * 2 })
    expect(unread()).toHaveLength(count)
    await append(readAll())
    await bench.clock.advance(30_000)
    expect(unread()).toEqual([])
    expect(await bench.replica.outbox()).toEqual([])
    expect(bench.client.seen.length).toBeLessThanOrEqual(Math.floor((count / 500) * 1.1 + 5))
  },
  600_000,
)
