import { afterEach, describe, expect, test } from 'vitest'
import type { EmailId, Invocation } from '../../src/jmap/types.ts'
import type { Hits, HitsRequest } from '../../src/sync/engine-port.ts'
// Loaded beforehand: a virtual clock does not wait for code.
import '../../src/sync/search.ts'
import { EngineBench } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

async function find(text: string, request: Partial<HitsRequest> = {}): Promise<Hits> {
  const hits = bench.engine.fetchHits({ query: { text }, from: 'server', position: 0, limit: 50, ...request })
  const [found] = await Promise.all([hits, bench.clock.advance(5_000)])
  return found
}
const here = (text: string): Promise<Hits> => find(text, { from: 'here' })
const idsOf = ({ hits }: Hits): EmailId[] => hits.map(({ emailId }) => emailId)

describe('asked of the server', () => {
  test('finds all mail but Junk and Trash, newest first, and brings its rows', async () => {
    bench = await EngineBench.create({ keptMessages: 300 })
    const old = bench.deliver({ subject: 'An old lantern', at: 1_000_000, mailbox: bench.mailboxId('archive') })
    bench.deliver({ subject: 'A lantern to sell', mailbox: bench.mailboxId('junk') })
    bench.deliver({ subject: 'A broken lantern', mailbox: bench.mailboxId('trash') })
    bench.fill(600)
    const body = bench.deliver({ subject: 'Errands', text: 'Bring the lantern & <oil>.' })
    await bench.startAndSettle()
    expect(await bench.knownIds()).not.toContain(old)
    const found = await find('lantern')
    expect(idsOf(found)).toEqual([body, old])
    expect(found).toMatchObject({ total: 2, next: null, findsWholeWords: false })
    expect(found.hits.map(({ subject, preview }) => [subject, preview])).toEqual([
      [null, 'Bring the <mark>lantern</mark> &amp; &lt;oil&gt;.'],
      ['An old <mark>lantern</mark>', null],
    ])
    expect(await bench.knownIds()).toContain(old)
  })

  test('finds words that stand in different parts of a message, one of them beside Junk and Trash', async () => {
    bench = await EngineBench.create({ like: 'cyrus' })
    const id = bench.deliver({ subject: 'Errands', text: 'Bring the lantern and the oil.' })
    bench.deliver({ subject: 'Errands' })
    await bench.startAndSettle()
    const found = await find('lantern errands "the oil"')
    expect(idsOf(found)).toEqual([id])
    expect(found.hits).toMatchObject([{ subject: '<mark>Errands</mark>' }])
  })

  test('comes in pages', async () => {
    bench = await EngineBench.create()
    const ids = bench.fill(7, { text: 'lantern' }).toReversed()
    await bench.startAndSettle()
    const first = await find('lantern', { limit: 5 })
    expect(idsOf(first)).toEqual(ids.slice(0, 5))
    expect(first).toMatchObject({ total: 7, next: 5 })
    const second = await find('lantern', { limit: 5, position: 5 })
    expect(idsOf(second)).toEqual(ids.slice(5))
    expect(second.next).toBeNull()
  })

  test('says that Stalwart finds whole words', async () => {
    bench = await EngineBench.create({ like: 'stalwart' })
    bench.deliver({ subject: 'Two lanterns' })
    await bench.startAndSettle()
    expect(await find('lantern')).toMatchObject({ hits: [], total: 0, findsWholeWords: true })
    expect((await find('lanterns')).total).toBe(1)
  })

  test('asks a server that has no SearchSnippet for it once', async () => {
    bench = await EngineBench.create()
    const id = bench.deliver({ subject: 'A lantern' })
    await bench.startAndSettle()
    const request = bench.client.request.bind(bench.client)
    bench.client.request = (calls, options) => {
      const asked = calls.map(([name, ...rest]) => [name.replace('SearchSnippet', 'Nothing'), ...rest] as Invocation)
      return request(asked, options)
    }
    bench.client.seen.length = 0
    for (const _ of [1, 2]) {
      const found = await find('lantern')
      expect(found.hits).toMatchObject([{ emailId: id, subject: null, preview: null }])
    }
    const asked = bench.client.seen.filter(({ names }) => names.includes('Email/query'))
    expect(asked.map(({ names }) => names.includes('Nothing/get'))).toEqual([true, false])
  })

  test('keeps no row of a message that is gone before a token vouches for it', async () => {
    bench = await EngineBench.create()
    bench.fill(3)
    await bench.startAndSettle()
    const ghost = bench.deliver({ subject: 'A lantern' })
    bench.client.faults = (calls) => (calls.some(([, , id]) => id === 'q') ? { delayAfter: 50 } : undefined)
    const asked = bench.engine.fetchHits({ query: { text: 'lantern' }, from: 'server', position: 0, limit: 50 })
    await bench.clock.advance(20)
    bench.account.destroy(ghost)
    await bench.clock.advance(20_000)
    expect((await asked).hits).toEqual([])
    expect(await bench.knownIds()).not.toContain(ghost)
  })

  test.each(['before', 'after'] as const)(
    'rejects when the answer is lost %s the server, and can be asked again',
    async (lose) => {
      bench = await EngineBench.create()
      const id = bench.deliver({ subject: 'A lantern' })
      await bench.startAndSettle()
      bench.client.faults = (calls) => (calls.some(([name]) => name === 'Email/query') ? { lose } : undefined)
      await expect(find('lantern')).rejects.toMatchObject({ kind: 'network' })
      bench.client.faults = () => undefined
      expect(idsOf(await find('lantern'))).toEqual([id])
    },
  )
})

describe('offline', () => {
  test('finds people, subjects and first words of what is kept here, by beginnings of words', async () => {
    bench = await EngineBench.create()
    const subject = bench.deliver({ subject: 'Zwei Laternen für Ada', at: 2_000_000 })
    const preview = bench.deliver({ subject: 'Errands', text: 'Bring the LATERNE.', at: 3_000_000 })
    bench.deliver({ subject: 'Laterne', mailbox: bench.mailboxId('trash') })
    await bench.startAndSettle()
    bench.client.faults = () => ({ lose: 'before' })
    expect(idsOf(await here('laterne'))).toEqual([preview, subject])
    expect(idsOf(await here('fur laternen'))).toEqual([subject])
    expect(idsOf(await here('ada@example bring'))).toEqual([preview])
    expect((await here('aterne')).total).toBe(0)
    expect((await here('')).total).toBe(0)
  })

  test('knows what was pulled, moved and destroyed since it was first asked', async () => {
    bench = await EngineBench.create()
    const moved = bench.deliver({ subject: 'A lantern' })
    const gone = bench.deliver({ subject: 'Another lantern' })
    await bench.startAndSettle()
    expect((await here('lantern')).total).toBe(2)
    bench.account.destroy(gone)
    bench.account.move(moved, [bench.mailboxId('trash')])
    const added = bench.deliver({ subject: 'A new lantern' })
    bench.engine.didPush()
    await bench.clock.advance(5_000)
    expect(idsOf(await here('lantern'))).toEqual([added])
  })

  test('finds a thread once, by its newest message that matches', async () => {
    bench = await EngineBench.create()
    bench.deliver({ subject: 'Lantern', messageId: 'a@x', at: 1_000_000 })
    const second = bench.deliver({ subject: 'Re: Lantern', messageId: 'b@x', references: ['a@x'], at: 2_000_000 })
    bench.deliver({ subject: 'Re: Lantern', messageId: 'c@x', references: ['a@x'], at: 3_000_000, text: 'x' })
    await bench.startAndSettle()
    expect((await here('lantern')).total).toBe(1)
    expect(idsOf(await here('text 2'))).toEqual([second])
  })

  test('forgets the texts when nobody has searched for a while', async () => {
    bench = await EngineBench.create()
    const id = bench.deliver({ subject: 'A lantern' })
    await bench.startAndSettle()
    let reads = 0
    const emails = bench.replica.emails.bind(bench.replica)
    bench.replica.emails = (ids) => {
      reads += ids.length
      return emails(ids)
    }
    expect(idsOf(await here('lantern'))).toEqual([id])
    expect(reads).toBe(1)
    await here('lantern')
    expect(reads).toBe(1)
    await bench.clock.advance(300_000)
    expect(idsOf(await here('lantern'))).toEqual([id])
    expect(reads).toBe(2)
  })
})
