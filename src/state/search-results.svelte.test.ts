import { flushSync } from 'svelte'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock, settle } from '../../tests/support/manual-clock.ts'
import { offline, ThreadAccount } from '../../tests/support/thread-account.ts'
import type { Email, MailboxId } from '../jmap/types.ts'
import { ARCHIVE, INBOX, aMailbox, anEmail, aThread, eid, minute, tid } from '../replica/testing/rows.ts'
import type { Hit, Hits, HitsRequest } from '../sync/engine-port.ts'
import { resultWords } from '../ui/search/result-words.ts'
import { AllBut } from './all-but.svelte.ts'
import { SearchResults } from './search-results.svelte.ts'

const JUNK = 'junk' as MailboxId

let clock: ManualClock
let account: ThreadAccount
const reads: number[] = []
let asked: HitsRequest[]
let here: readonly Hit[]
/** What the server answers next, and when. */
let answer: (request: HitsRequest) => Promise<Hits>
let stop: () => void = () => undefined

const hit = (id: string, marks: Partial<Hit> = {}): Hit => ({
  emailId: eid(id),
  threadId: tid(`t-${id}`),
  subject: null,
  preview: null,
  ...marks,
})
const page = (ids: readonly string[], more: Partial<Hits> = {}): Promise<Hits> =>
  Promise.resolve({ hits: ids.map((id) => hit(id)), total: ids.length, next: null, findsWholeWords: false, ...more })

async function search(text: string, before?: SearchResults): Promise<SearchResults> {
  stop()
  const results = new SearchResults({ account: account.open, query: { text }, clock, before })
  stop = $effect.root(() => {
    $effect(() => {
      reads.push(results.revision, results.length)
    })
  })
  flushSync()
  await settle()
  return results
}

const shown = (results: SearchResults): (string | undefined)[] =>
  Array.from({ length: results.length }, (_, position) => results.row(position)?.emailId)

async function put(emails: readonly Email[]): Promise<void> {
  await account.write(async (tx) => {
    await tx.putEmails(emails)
    await tx.putThreads(emails.map(({ id }) => aThread(`t-${id}`, id)))
  })
}

beforeEach(async () => {
  clock = new ManualClock()
  account = new ThreadAccount(clock)
  asked = []
  here = []
  answer = () => page([])
  account.onFetchHits = (request) => {
    asked.push(request)
    if (request.from === 'server') return answer(request)
    return Promise.resolve({ hits: here, total: here.length, next: null, findsWholeWords: false })
  }
  await account.write((tx) => tx.putMailboxes([aMailbox(INBOX), aMailbox(ARCHIVE), aMailbox(JUNK, { role: 'junk' })]))
  await put(
    Array.from({ length: 9 }, (_, n) => anEmail(String(n), { receivedAt: minute(n), subject: `Lantern ${String(n)}` })),
  )
})
afterEach(() => stop())

describe('what is here, and what the server has', () => {
  it('knows what the server has named and how much it finds, and nothing of it while it has not answered', async () => {
    here = [hit('5'), hit('2')]
    answer = () => page(['7', '5'], { total: 40, next: 2 })
    const results = await search('lantern')
    expect(results.atServer).toBeUndefined()
    await clock.advance(250)
    await settle()
    const found = results.atServer!
    expect([found.total, found.messages().map(({ id }) => id)]).toEqual([40, ['7', '5']])
    expect(['7', '5', '2'].map((id) => found.has(tid(`t-${id}`)))).toEqual([true, true, false])
    const all = new AllBut(results, () => undefined)
    all.set(new Map([0, 1, 2].map((at) => [results.row(at)!.threadId, results.row(at)!])), false)
    expect(all.count).toBe(2)
  })

  it('shows what is here at once, and asks the server when the typing rests', async () => {
    here = [hit('5'), hit('2')]
    answer = () => page(['7', '5'], { findsWholeWords: true })
    const results = await search('lantern')
    expect(shown(results)).toEqual(['5', '2'])
    expect([results.isFirstSync, results.total, results.found, results.findsWholeWords]).toEqual([
      true,
      undefined,
      2,
      false,
    ])
    expect(asked.map(({ from }) => from)).toEqual(['here'])
    await clock.advance(300)
    expect(asked.map(({ from }) => from)).toEqual(['here', 'server'])
    expect(shown(results)).toEqual(['7', '5', '2'])
    expect([results.isFirstSync, results.total, results.findsWholeWords]).toEqual([false, 3, true])
  })

  it('asks at once when the reader says so, and once', async () => {
    const results = await search('lantern')
    results.ask()
    results.ask()
    await clock.advance(1000)
    expect(asked.filter(({ from }) => from === 'server')).toHaveLength(1)
  })

  it('does not ask for a text that was typed over', async () => {
    await search('lan')
    await search('lantern')
    await clock.advance(1000)
    expect(asked.filter(({ from }) => from === 'server').map(({ query }) => query.text)).toEqual(['lantern'])
  })

  it('begins with what the search before had found and this one finds too, without its marks', async () => {
    await put([anEmail('oil', { subject: 'Oil for it', receivedAt: minute(20) })])
    answer = () =>
      Promise.resolve({
        hits: [hit('oil'), hit('4', { subject: '<mark>Lantern</mark> 4' })],
        total: 2,
        next: null,
        findsWholeWords: false,
      })
    const before = await search('l')
    await clock.advance(300)
    account.onFetchHits = () => new Promise(() => undefined)
    const results = await search('lant', before)
    expect(shown(results)).toEqual(['4'])
    expect(results.entry(tid('t-4'))?.hit.subject).toBeNull()
  })

  it('keeps the places of the rows that the reader looks at, and puts what is new below them', async () => {
    here = [hit('3'), hit('1')]
    answer = () => page(['8', '3', '2', '1'])
    const results = await search('lantern')
    results.isWatched = () => true
    results.observe(0, 0)
    await clock.advance(300)
    expect(shown(results)).toEqual(['3', '8', '2', '1'])
  })

  it('takes the marks of the server for a row that was here', async () => {
    here = [hit('3')]
    answer = () =>
      Promise.resolve({
        hits: [hit('3', { preview: 'a <mark>lantern</mark>' })],
        total: 1,
        next: null,
        findsWholeWords: false,
      })
    const results = await search('lantern')
    await clock.advance(300)
    expect(results.entry(tid('t-3'))?.hit.preview).toBe('a <mark>lantern</mark>')
  })
})

describe('pages', () => {
  it('asks for the next one when its rows come near, and says at the end how many there are', async () => {
    answer = ({ position }) =>
      position === 0 ? page(['8', '7'], { total: 4, next: 2 }) : page(['6', '5'], { total: 4 })
    const results = await search('lantern')
    results.observe(0, -1)
    await clock.advance(300)
    expect(shown(results)).toEqual(['8', '7', undefined])
    expect([results.found, results.total]).toEqual([4, undefined])
    results.observe(0, 2)
    await settle()
    expect(asked.at(-1)?.position).toBe(2)
    expect(shown(results)).toEqual(['8', '7', '6', '5'])
    expect(results.total).toBe(4)
  })
})

describe('without a server', () => {
  it('offline shows what is here, says so, and asks when the server is back', async () => {
    here = [hit('5')]
    account.setStatus({ phase: 'offline' })
    const results = await search('lantern')
    await clock.advance(1000)
    expect(asked.map(({ from }) => from)).toEqual(['here'])
    expect([shown(results), results.isOffline, results.isFirstSync]).toEqual([['5'], true, false])
    answer = () => page(['6'])
    account.setStatus({ phase: 'ready' })
    await settle()
    expect([shown(results), results.isOffline]).toEqual([['6', '5'], false])
  })

  it('does not say that nothing is here where it could not look, and looks again on demand', async () => {
    account.setStatus({ phase: 'offline' })
    const look = account.onFetchHits
    account.onFetchHits = () => Promise.reject(offline)
    const results = await search('lantern')
    expect([results.hasHereFailed, results.isFirstSync]).toEqual([true, false])
    const { count, how } = resultWords(results)
    expect(count).toBe('Not searched')
    expect(how).toContain('not arrived')
    here = [hit('5')]
    account.onFetchHits = look
    results.ask()
    await settle()
    expect([shown(results), results.hasHereFailed]).toEqual([['5'], false])
    expect(resultWords(results).count).toBe('1 conversation')
  })

  it('says that there was no answer, and asks again on demand', async () => {
    here = [hit('5')]
    answer = () => Promise.reject(offline)
    const results = await search('lantern')
    await clock.advance(300)
    expect([shown(results), results.hasFailed, results.isFirstSync]).toEqual([['5'], true, false])
    answer = () => page(['6'])
    results.ask()
    await settle()
    expect([shown(results), results.hasFailed]).toEqual([['6', '5'], false])
  })
})

describe('rows', () => {
  it('stand for the message that was found, in a mailbox that is searched', async () => {
    await put([anEmail('both', { in: [JUNK, ARCHIVE], receivedAt: minute(30) })])
    answer = () => page(['both'])
    const results = await search('lantern')
    await clock.advance(300)
    expect(results.row(0)).toMatchObject({ emailId: 'both', mailboxId: ARCHIVE })
  })

  it('are read anew when mail changes, and go when it is gone', async () => {
    answer = () => page(['8', '7'])
    const results = await search('lantern')
    await clock.advance(300)
    await put([anEmail('8', { subject: 'Renamed', receivedAt: minute(8) })])
    await settle()
    expect(results.row(0)?.subject).toBe('Renamed')
    await account.write((tx) => tx.destroyEmails([eid('8')]))
    await settle()
    expect(shown(results)).toEqual(['7'])
  })
})
