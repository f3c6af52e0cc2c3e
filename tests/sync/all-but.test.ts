/** All that match but a few: these are never touched, under whatever id, in whatever state of it, and are shown as they are. */
import { afterEach, describe, expect, test } from 'vitest'
import type { BlobId, EmailId } from '../../src/jmap/types.ts'
import { fileAll } from '../../src/mutations/file-all.ts'
import type { Filing } from '../../src/mutations/file-emails.ts'
import type { Matching, MatchMutation } from '../../src/mutations/mutation.ts'
import { everyOtherFails } from '../support/troubled-server.ts'
import { viewsOf } from '../support/bench-views.ts'
import { EngineBench, type BenchOptions } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

const { box, append, undo, inInbox, shown, tree, states } = viewsOf(() => bench)

async function begin(count: number, options: BenchOptions): Promise<EmailId[]> {
  bench = await EngineBench.create(options)
  const ids = bench.fill(count)
  await bench.startAndSettle()
  bench.client.seen.length = 0
  return ids
}

const stored = (id: string): { blobId: string } => bench.account.emails.get(id)!
const matching = (except: readonly EmailId[], blobOf = (id: EmailId): string => stored(id).blobId): Matching => ({
  mailboxId: box('inbox'),
  filter: { inMailbox: box('inbox') },
  before: new Date(bench.clock.now()).toISOString(),
  here: { mailboxIds: [box('inbox')], isOutside: false, has: [], hasNot: [] },
  except: { emailIds: except, blobIds: except.map(blobOf) as BlobId[] },
})
const read = (match: Matching): MatchMutation => ({
  ...({ type: 'setKeywordOnAll', emailIds: [], blobIds: [], keyword: '$seen', value: true } as const),
  ...{ match, key: 'k1', done: 0, total: 0 },
})
async function file(filing: Filing, match: Matching): Promise<MatchMutation> {
  return fileAll(filing, match, await bench.replica.mailboxes(), 'k1')!
}
const unread = (): string[] =>
  [...bench.account.mailboxByRole('inbox')!.emails].filter(({ keywords }) => !keywords.has('$seen')).map(({ id }) => id)
/** Of the first, of some in the midst, and of the last. */
const someOf = (ids: readonly EmailId[]): EmailId[] => [0, 1, 2, 9, 17, ids.length - 1].map((at) => ids[at]!)

describe.each(['plain', 'stalwart', 'cyrus'] as const)('all of the Inbox but a few, like %s', (like) => {
  test.each([2, 10])(
    'deleted: these stay, in the list and in the counts, at once and all the while; %i at a time',
    async (limit) => {
      const few = someOf(await begin(30, { like, limits: { maxObjectsInSet: limit, maxObjectsInGet: limit } }))
      const rows = (await shown()).filter((id) => few.includes(id as EmailId))
      bench.client.faults = () => ({ delayBefore: 300 })
      await append(await file('trash', matching(few)))
      const look = async (): Promise<string> =>
        [...(await shown()), '|', ...(await tree('inbox')), '|', ...(await tree('trash'))].join(' ')
      const first = [...rows, '| 6 6 6 6 | 24 24 24 24'].join(' ')
      expect(await look()).toBe(first)
      const last = await bench.replica.emails([rows[5] as EmailId])
      expect(await bench.replica.positionOf({ mailboxId: box('inbox') }, last[0]!.threadId)).toBe(5)
      expect((await bench.replica.listWindow({ mailboxId: box('inbox') }, 4, 9)).rows).toHaveLength(2)
      const seen = new Set<string>()
      bench.replica.subscribe(() => {
        void look().then((text) => seen.add(text))
      })
      await bench.clock.advance(120_000)
      expect(await bench.replica.outbox()).toEqual([])
      expect([...seen]).toEqual([first])
      expect(inInbox()).toEqual(few.toSorted())
    },
  )

  test('marked as read: these stay unread, and are counted', async () => {
    const few = someOf(await begin(30, { like, limits: { maxObjectsInSet: 2 } }))
    bench.client.faults = () => ({ delayBefore: 300 })
    await append(read(matching(few)))
    expect(await tree('inbox')).toEqual([30, 6, 30, 6])
    await bench.clock.advance(700)
    await bench.clock.advance(120_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(unread().toSorted()).toEqual(few.toSorted())
    expect(await tree('inbox')).toEqual([30, 6, 30, 6])
  })

  test('are done with the next leader, where the server answers 429, 503 and nothing', async () => {
    const few = someOf(await begin(24, { like, limits: { maxObjectsInSet: 2, maxObjectsInGet: 2 } }))
    bench.client.faults = everyOtherFails()
    await append(await file('trash', matching(few)))
    await bench.clock.advance(4_000)
    bench.engine.stop()
    await bench.startAndSettle()
    await bench.clock.advance(3_600_000)
    bench.client.faults = () => undefined
    await bench.clock.advance(600_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(inInbox()).toEqual(few.toSorted())
  })

  test.each([0, 2_500, 3_300, 60_000])('taken back after %i ms: each is what it was', async (ms) => {
    const few = someOf(await begin(30, { like, limits: { maxObjectsInSet: 3 } }))
    const [before, rows, counts] = [states(), await shown(), await tree('inbox')]
    bench.client.faults = () => (ms > 0 ? { delayBefore: 500, delayAfter: 500 } : { lose: 'before' })
    const mutation = await file('junk', matching(few))
    await append(mutation)
    await bench.clock.advance(ms)
    await undo(mutation)
    expect([await shown(), await tree('inbox')]).toEqual([rows, counts])
    bench.client.faults = () => undefined
    await bench.clock.advance(120_000)
    expect([await bench.replica.outbox(), states()]).toEqual([[], before])
    await append(mutation)
    await bench.clock.advance(120_000)
    expect(inInbox()).toEqual(few.toSorted())
  })

  test('one of them that another device took out hides nothing that is meant', async () => {
    const ids = await begin(30, { like, limits: { maxObjectsInSet: 2 } })
    const few = someOf(ids)
    bench.client.faults = () => ({ delayBefore: 300 })
    await append(await file('trash', matching(few)))
    await bench.clock.advance(1_500)
    for (const id of few.slice(3)) bench.account.move(id, [box('sent')])
    await bench.clock.advance(300_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(inInbox()).toEqual(few.slice(0, 3).toSorted())
  })
})

describe('what a thread merge gave another id', () => {
  test.each([
    ['before the first chunk, its blob known', 0, true],
    ['before the first chunk, known by its id alone', 0, false],
    ['in the midst of it', 1_500, true],
  ] as const)('%s: it is left alone, and shown', async (_, ms, isNamed) => {
    const ids = await begin(60, { like: 'stalwart', limits: { maxObjectsInSet: 2 } })
    const few = someOf(ids)
    const blobs = few.map((id) => stored(id).blobId).toSorted()
    const seen = new Set<string>()
    const merge = (): void => {
      // Each of them into the thread of another, which is meant: under a new id.
      for (const [at, id] of few.entries())
        bench.account.mergeThreads([ids[20 + at]!, id].map((each) => bench.account.emails.get(each)!.thread.id))
      expect(few.filter((id) => bench.account.emails.has(id))).toEqual([])
    }
    bench.client.faults = () => ({ delayBefore: 300 })
    const mutation = await file(
      'junk',
      matching(few.toSorted(), (id) => (isNamed ? stored(id).blobId : '')),
    )
    await append(mutation)
    bench.replica.subscribe(() => {
      void bench.replica.listWindow({ mailboxId: box('inbox') }, 0, 100).then(({ rows }) => {
        const here = rows.map(({ emailId, messages }) => messages.find(({ id }) => id === emailId)!.blobId)
        seen.add(here.toSorted().join(' '))
      })
    })
    if (ms > 0) await bench.clock.advance(ms)
    merge()
    await bench.clock.advance(300_000)
    expect(await bench.replica.outbox()).toEqual([])
    const left = [...bench.account.mailboxByRole('inbox')!.emails].map(({ blobId }) => blobId)
    expect(left.toSorted()).toEqual(blobs)
    if (isNamed) expect([...seen]).toEqual([blobs.join(' ')])
    expect((await shown()).toSorted()).toEqual(inInbox())
    await undo(mutation)
    await bench.clock.advance(300_000)
    expect(inInbox()).toHaveLength(60)
    await append(mutation)
    await bench.clock.advance(300_000)
    expect(inInbox()).toHaveLength(6)
  })
})

test.each([
  [4_000, 'at the top', (at: number) => at],
  [4_000, 'all over', (at: number) => at * 7],
  [40_000, 'all over', (at: number) => at * 79],
] as const)(
  '%i messages but 500, %s, take as many requests as the server’s limit says',
  async (count, _, place) => {
    if (count > 4_000 && !process.env['ALL_40000']) return
    const ids = await begin(count, { limits: { maxObjectsInSet: 500, maxObjectsInGet: 500 }, keptMessages: count * 2 })
    const few = Array.from({ length: 500 }, (_each, at) => ids[place(at)]!)
    await append(await file('trash', matching(few)))
    await bench.clock.advance(60_000)
    expect(inInbox()).toEqual(few.toSorted())
    expect(await bench.replica.outbox()).toEqual([])
    expect(bench.client.seen.length).toBeLessThanOrEqual(Math.floor((count / 500) * 1.1 + 5))
  },
  600_000,
)
