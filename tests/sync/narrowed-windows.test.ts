import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PersonalityName } from '../../demo/server/options.ts'
import type { ListQuery } from '../../src/mail/list.ts'
import { EngineBench } from '../support/engine-bench.ts'
import { homeOf, openList, type OpenList } from '../support/open-list.ts'

const COUNT = 120
/** Few enough that most of a list is the server's alone. */
const KEPT = 30
let bench: EngineBench
let opened: OpenList

/** Whose ids, in the order of the screen, by the number in their subjects; null for a row that is not there. */
const shown = (): readonly (number | null)[] =>
  Array.from({ length: opened.list.length }, (_, position) => {
    const row = opened.list.row(position)
    return row ? Number(row.subject) : null
  })

async function look(narrow: string, more: Partial<ListQuery> = {}): Promise<void> {
  opened = openList(homeOf(bench), { mailboxId: bench.mailboxId('inbox'), narrow, ...more })
  await settle()
}

/** Everything is brought on screen, which tells how long the list is, and then the rest. */
async function settle(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await opened.list.reread()
    opened.list.observe(0, opened.list.length)
    await bench.clock.advance(3_000)
  }
}

const numbers = Array.from({ length: COUNT }, (_, n) => n)
const newestFirst = numbers.toReversed()
/** Of number `n`, which is a minute younger than the one before: no two are of the same length. */
const lengthOf = (n: number): number => ((n * 37) % COUNT) * 10

describe.each<PersonalityName>(['plain', 'stalwart', 'cyrus'])('a list that is mostly at a server like %s', (like) => {
  beforeEach(async () => {
    bench = await EngineBench.create({ like, keptMessages: KEPT })
    const start = bench.clock.now() - 86_400_000
    for (const n of numbers) {
      bench.deliver({
        subject: String(n),
        text: 'x'.repeat(lengthOf(n)),
        at: start + n * 60_000,
        keywords: [...(n % 3 === 0 ? [] : ['$seen']), ...(n % 10 === 0 ? ['$flagged'] : [])],
      })
    }
    // Long before the engine: an index that is late tells of none of them, and all are brought one by one.
    await bench.clock.advance(5_000)
    await bench.startAndSettle()
    expect(await bench.knownIds()).not.toHaveLength(COUNT)
  })
  afterEach(() => {
    opened.close()
    bench.close()
  })

  test('narrowed to unread, it goes on below the horizon where the rows here end', async () => {
    await look('filter=unread')
    expect(shown()).toEqual(newestFirst.filter((n) => n % 3 === 0))
    expect(opened.list.total).toBe(40)
  })

  test('by size it has the order of the server, from the first row', async () => {
    await look('sort=-size')
    // Headers are a few bytes longer or shorter; texts differ by ten and more.
    expect(shown()).toEqual(numbers.toSorted((a, b) => lengthOf(b) - lengthOf(a)))
    await look('filter=flagged&sort=size')
    expect(shown()).toEqual(numbers.filter((n) => n % 10 === 0).toSorted((a, b) => lengthOf(a) - lengthOf(b)))
  })

  test('oldest first begins with what is not here', async () => {
    await look('sort=receivedAt')
    expect(shown()).toEqual(numbers)
  })

  test('what another client marks as read far below leaves the list when it is looked at again', async () => {
    await look('filter=unread')
    const far = [...bench.account.emails.values()].find((email) => email.meta.subject === '3')!
    bench.account.setKeywords(far.id, { $seen: true })
    bench.engine.didPush()
    await bench.clock.advance(5_000)
    opened.close()
    await look('filter=unread')
    expect(shown()).toEqual(newestFirst.filter((n) => n % 3 === 0 && n !== 3))
    expect(opened.list.total).toBe(39)
  })

  test('an answer that is lost is said, and asked for again when the reader does', async () => {
    bench.client.faults = (calls) => (calls.some(([name]) => name === 'Email/query') ? { lose: 'after' } : undefined)
    await look('sort=-size')
    expect(opened.list.hasFailed).toBe(true)
    expect(shown().every((n) => n === null)).toBe(true)
    bench.client.faults = () => undefined
    opened.list.retry()
    await settle()
    expect(opened.list.hasFailed).toBe(false)
    expect(shown()).toHaveLength(COUNT)
    expect(shown()).not.toContain(null)
  })
})
