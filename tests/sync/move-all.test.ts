/** All that match moved: one row, resolved at the server, shown before it is done, and put back exactly, in any state. */
import { afterEach, describe, expect, test } from 'vitest'
import type { EmailId, Mailbox } from '../../src/jmap/types.ts'
import { fileAll } from '../../src/mutations/file-all.ts'
import type { Filing } from '../../src/mutations/file-emails.ts'
import { mailboxToMake } from '../../src/mutations/made-mailbox.ts'
import type { Matching, SetMailboxesOnAll } from '../../src/mutations/mutation.ts'
import { everyOtherFails } from '../support/troubled-server.ts'
import { viewsOf } from '../support/bench-views.ts'
import { EngineBench, type BenchOptions } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

const { box, append, undo, inInbox, shown, tree, states } = viewsOf(() => bench)

/** Every third is read, and every fourth stands among Drafts as well. */
async function begin(count: number, options: BenchOptions): Promise<EmailId[]> {
  bench = await EngineBench.create(options)
  const ids = bench.fill(count)
  for (const [at, id] of ids.entries()) {
    if (at % 3 === 0) bench.account.setKeywords(id, { $seen: true })
    if (at % 4 === 0) bench.account.move(id, [box('inbox'), box('drafts')])
  }
  await bench.startAndSettle()
  bench.client.seen.length = 0
  return ids
}

async function intent(filing: Filing, narrowed?: Matching['here']): Promise<SetMailboxesOnAll> {
  const known = await bench.replica.mailboxes()
  const hasArchive = filing !== 'archive' || known.some(({ role }) => role === 'archive')
  const mailboxes = hasArchive ? known : [...known, mailboxToMake('archive', 'Archive')]
  const here = { mailboxIds: [box('inbox')], isOutside: false, has: [], hasNot: [] }
  const filter = { inMailbox: box('inbox'), ...(narrowed && { notKeyword: '$seen' }) }
  const before = new Date(bench.clock.now()).toISOString()
  const match = { mailboxId: box('inbox'), filter, before, here: narrowed ?? here }
  const mutation = fileAll(filing, match, mailboxes, 'k1')
  if (mutation?.type !== 'setMailboxesOnAll') throw new Error('nowhere to go')
  return mutation
}

const notes = (): Promise<unknown[]> =>
  bench.replica.read(['meta'], async (tx) => (await tx.keys('meta')).filter((name) => name.startsWith('changed/')))

describe.each(['plain', 'stalwart', 'cyrus'] as const)('all of the Inbox, like %s', (like) => {
  test('archived is gone at once and counted there, and stays so while the server does it', async () => {
    await begin(30, { like, limits: { maxObjectsInSet: 4 } })
    const [before] = await Promise.all([tree('inbox')])
    bench.client.faults = () => ({ delayBefore: 300 })
    await append(await intent('archive'))
    const seen = new Set<string>()
    const look = async (): Promise<string> =>
      [...(await shown()), '|', ...(await tree('inbox')), '|', ...(await tree('archive'))].join(' ')
    const first = `| 0 0 0 0 | ${before.join(' ')}`
    expect(await look()).toBe(first)
    bench.replica.subscribe(() => {
      void look().then((text) => seen.add(text))
    })
    await bench.clock.advance(120_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(inInbox()).toEqual([])
    expect([...seen]).toEqual([first])
    expect(await shown((await bench.replica.mailboxes()).find(({ role }) => role === 'archive')!.id)).toHaveLength(30)
    // Out of the Inbox only.
    expect(bench.account.mailboxByRole('drafts')!.emails.size).toBe(8)
  })

  test.each(['trash', 'junk'] as const)('to %s stands nowhere else, and junk is said to be', async (filing) => {
    await begin(12, { like, limits: { maxObjectsInSet: 5 } })
    await append(await intent(filing))
    await bench.clock.advance(60_000)
    const target = [...bench.account.mailboxByRole(filing)!.emails]
    expect(target).toHaveLength(12)
    expect(target.every(({ mailboxIds }) => mailboxIds.size === 1)).toBe(true)
    expect(target.every(({ keywords }) => keywords.has('$junk') === (filing === 'junk'))).toBe(true)
  })

  test('copied stays, and is copied once', async () => {
    await begin(12, { like, limits: { maxObjectsInSet: 2 } })
    await append(await intent({ to: box('sent'), isCopy: true }))
    expect(await shown()).toHaveLength(12)
    await bench.clock.advance(60_000)
    expect([inInbox().length, bench.account.mailboxByRole('sent')!.emails.size]).toEqual([12, 12])
    expect(await bench.replica.outbox()).toEqual([])
  })

  test('what comes after it was asked stays, and is shown and counted', async () => {
    await begin(60, { like, limits: { maxObjectsInSet: 2 } })
    bench.client.faults = () => ({ delayBefore: 300 })
    await append(await intent('trash'))
    await bench.clock.advance(500)
    const late = bench.deliver()
    for (let more = 0; more < 40 && (await shown()).length === 0; more += 1) await bench.clock.advance(100)
    expect(await bench.replica.outbox()).toMatchObject([{ status: 'queued' }])
    expect([await shown(), (await tree('inbox'))[0], (await tree('trash'))[0]]).toEqual([[late], 1, 60])
    await bench.clock.advance(600_000)
    expect([inInbox(), await shown()]).toEqual([[late], [late]])
  })

  test.each([2, 10])('is done where the server takes %i objects and answers 429, 503 and nothing', async (limit) => {
    await begin(24, { like, limits: { maxObjectsInSet: limit, maxObjectsInGet: limit } })
    bench.client.faults = everyOtherFails()
    await append(await intent('archive'))
    await bench.clock.advance(3_600_000)
    bench.client.faults = () => undefined
    await bench.clock.advance(600_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect([inInbox(), await shown()]).toEqual([[], []])
    expect(bench.account.mailboxByRole('archive')!.emails.size).toBe(24)
  })

  test('goes on with the next leader', async () => {
    await begin(30, { like, limits: { maxObjectsInSet: 3 } })
    bench.client.faults = () => ({ delayBefore: 1_000 })
    await append(await intent('trash'))
    await bench.clock.advance(2_500)
    bench.engine.stop()
    expect([inInbox().length > 0, inInbox().length < 30]).toEqual([true, true])
    bench.client.faults = () => undefined
    expect(await shown()).toEqual([])
    await bench.startAndSettle()
    await bench.clock.advance(60_000)
    expect([await bench.replica.outbox(), inInbox()]).toEqual([[], []])
  })

  test.each([
    ['archive', 'waiting', 0, { lose: 'before' }],
    ['archive', 'under way', 2_500, { delayAfter: 1_000 }],
    ['junk', 'under way', 2_500, { delayAfter: 1_000 }],
    ['trash', 'half done', 3_300, { delayBefore: 1_000 }],
    ['junk', 'done', 60_000, undefined],
    ['archive', 'done', 60_000, undefined],
  ] as const)(
    'to %s is taken back %s: each stands where it stood, and is what it was',
    async (filing, _, ms, fault) => {
      await begin(30, { like, limits: { maxObjectsInSet: 3 } })
      const [before, rows, counts] = [states(), await shown(), await tree('inbox')]
      bench.client.faults = () => fault
      const mutation = await intent(filing)
      await append(mutation)
      await bench.clock.advance(ms)
      await undo(mutation)
      expect([await shown(), await tree('inbox')]).toEqual([rows, counts])
      bench.client.faults = () => undefined
      await bench.clock.advance(120_000)
      expect(await bench.replica.outbox()).toEqual([])
      expect(states()).toEqual(before)
      expect([await shown(), await notes()]).toEqual([rows, []])
    },
  )

  test('only what is unread of it: the rest stays, and the counts follow at once', async () => {
    await begin(12, { like })
    bench.client.faults = () => ({ lose: 'before' })
    const [emails, unread] = await tree('inbox')
    await append(await intent('trash', { mailboxIds: [box('inbox')], isOutside: false, has: [], hasNot: ['$seen'] }))
    expect((await tree('inbox')).slice(0, 2)).toEqual([emails! - unread!, 0])
    expect((await tree('trash')).slice(0, 2)).toEqual([unread, unread])
    bench.client.faults = () => undefined
    await bench.clock.advance(120_000)
    expect(await shown()).toHaveLength(emails! - unread!)
  })

  test('that the server refuses fails, and everything is as it was', async () => {
    await begin(12, { like })
    const counts = await tree('inbox')
    bench.client.refuses = (name) => (name === 'Email/query' ? 'unsupportedFilter' : undefined)
    await append(await intent('trash'))
    await bench.clock.advance(60_000)
    expect((await bench.replica.outbox())[0]).toMatchObject({ status: 'failed' })
    expect([(await shown()).length, await tree('inbox')]).toEqual([12, counts])
  })
})

test('the first archive makes the mailbox, once, and what is taken back leaves it', async () => {
  await begin(9, { like: 'stalwart', limits: { maxObjectsInSet: 2 } })
  expect(bench.account.mailboxByRole('archive')).toBeUndefined()
  const mutation = await intent('archive')
  expect(mutation.make).toMatchObject({ role: 'archive' } satisfies Partial<Mailbox>)
  await append(mutation)
  expect((await tree('archive'))[0]).toBe(9)
  await bench.clock.advance(60_000)
  expect(bench.account.mailboxByRole('archive')!.emails.size).toBe(9)
  await undo(mutation)
  await bench.clock.advance(60_000)
  expect([bench.account.mailboxByRole('archive')!.emails.size, inInbox().length]).toEqual([0, 9])
})

test.each([4_000, 40_000])(
  '%i messages take as many requests as the server’s limit says',
  async (count) => {
    if (count > 4_000 && !process.env['ALL_40000']) return
    await begin(count, { limits: { maxObjectsInSet: 500, maxObjectsInGet: 500 }, keptMessages: count * 2 })
    await append(await intent('archive'))
    await bench.clock.advance(60_000)
    expect(inInbox()).toEqual([])
    expect(await bench.replica.outbox()).toEqual([])
    expect(bench.client.seen.length).toBeLessThanOrEqual(Math.floor((count / 500) * 1.1 + 5))
  },
  600_000,
)
