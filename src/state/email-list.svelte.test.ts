import { flushSync } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ManualClock, settle } from '../../tests/support/manual-clock.ts'
import { offline, ThreadAccount } from '../../tests/support/thread-account.ts'
import { aMailbox, anEmail, ARCHIVE, aThread, eid, INBOX, minute, setSeen, tid } from '../replica/testing/rows.ts'
import type { MailboxId } from '../jmap/types.ts'
import type { Mutation } from '../mutations/mutation.ts'
import { isRowUnread } from '../mail/keywords.ts'
import { EmailList } from './email-list.svelte.ts'
import { shownMeanwhile } from './rows-after.ts'
// Loaded when first needed: here beforehand, for the manual clock waits for no file.
import './far-rows.ts'

const reads: number[] = []
let clock: ManualClock
let account: ThreadAccount
let list: EmailList
let stop: () => void = () => undefined

/** A list that something on screen reads. */
async function opened(): Promise<void> {
  list = new EmailList({ account: account.open, query: { mailboxId: INBOX }, clock })
  stop = $effect.root(() => {
    $effect(() => {
      reads.push(list.revision, list.length)
    })
  })
  flushSync()
  await settle()
}

/** Messages 1 to `count`, the newest with the highest number; of them those above `known` are here without a gap. */
async function put(count: number, known: number): Promise<void> {
  await account.write(async (tx) => {
    await tx.putMailboxes([aMailbox(INBOX, { totalEmails: count, totalThreads: count })])
    const numbers = Array.from({ length: count - known }, (_, index) => known + index + 1)
    await tx.putEmails(numbers.map((n) => anEmail(String(n), { receivedAt: minute(n) })))
    await tx.putThreads(numbers.map((n) => aThread(`t-${String(n)}`, String(n))))
    await tx.setHorizon({ scope: '*', after: known === 0 ? null : minute(known) })
    tx.setSyncedAt(clock.now())
  })
}

/** The server orders its messages newest first and puts their rows into the replica, as the engine does. */
function serve(total: number): void {
  account.onFetchWindow = async ({ position = 0, limit }) => {
    const numbers = Array.from({ length: Math.min(limit, total - position) }, (_, index) => total - position - index)
    await account.write(async (tx) => {
      await tx.putEmails(numbers.map((n) => anEmail(String(n), { receivedAt: minute(n) })))
      await tx.putThreads(numbers.map((n) => aThread(`t-${String(n)}`, String(n))))
    })
    return {
      position,
      total,
      emailIds: numbers.map((n) => eid(String(n))),
      threadIds: numbers.map((n) => tid(`t-${String(n)}`)),
    }
  }
}

beforeEach(() => {
  clock = new ManualClock()
  account = new ThreadAccount(clock)
})
afterEach(() => {
  stop()
  account.replica.close()
})

describe('above the horizon', () => {
  it('spans every row and reads them as they come into view, without asking the server', async () => {
    await put(300, 0)
    await opened()
    expect(list.length).toBe(300)
    expect(list.row(0)?.emailId).toBe('300')
    expect(list.row(200)).toBeUndefined()
    list.observe(200, 210)
    await settle()
    expect(list.row(205)?.emailId).toBe('95')
    expect(account.asked).toEqual([])
  })

  it('shows an action before it is written, whatever is read meanwhile, and takes it back if it cannot be', async () => {
    await put(60, 0)
    await opened()
    const away: Mutation = {
      type: 'setMailboxes',
      emailIds: [eid('60'), eid('58')],
      blobIds: [],
      mailboxIds: { [INBOX]: false, [ARCHIVE]: true },
    }
    const write = Promise.withResolvers<undefined>()
    const shown = vi.fn()
    const outcome = shownMeanwhile(list, [away], () => write.promise, shown)
    const top = (): unknown[] => [list.length, list.row(0)?.emailId, list.row(1)?.emailId, list.positionOf(tid('t-60'))]
    expect(top()).toEqual([58, '59', '57', -1])
    expect(shown).toHaveBeenCalledOnce()
    await account.write((tx) => tx.putEmails([anEmail('new', { receivedAt: minute(99) })]))
    await settle()
    expect(top()).toEqual([59, 'new', '59', -1])
    write.reject(new Error('no room'))
    await expect(outcome).rejects.toThrow('no room')
    await settle()
    expect(top()).toEqual([61, 'new', '60', 1])
    await shownMeanwhile(list, [away], () => account.replica.appendMutation(away))
    expect(top()).toEqual([59, 'new', '59', -1])
  })

  it('takes an action back that was refused before the list was read with it', async () => {
    await put(60, 0)
    await opened()
    const unread = setSeen(false, '60')
    await shownMeanwhile(list, [unread], async () => {
      const { id } = await account.replica.appendMutation(unread)
      await account.write((tx) => tx.deleteOutbox([id]))
    })
    await settle()
    const row = list.row(0)
    expect(row && isRowUnread(row)).toBe(false)
  })

  it('shows an action at once, and mail that arrives at the top', async () => {
    await put(60, 0)
    await opened()
    await account.replica.appendMutation(setSeen(false, '60'))
    await settle()
    const row = list.row(0)
    expect(row && isRowUnread(row)).toBe(true)
    await account.write((tx) => tx.putEmails([anEmail('new', { receivedAt: minute(99) })]))
    await settle()
    expect(list.row(0)?.emailId).toBe('new')
    expect(list.positionOf(tid('t-60'))).toBe(1)
  })

  it('changes nothing under a held thumb, and everything when it is let go', async () => {
    await put(60, 0)
    await opened()
    list.hold(true)
    await account.write((tx) => tx.putEmails([anEmail('new', { receivedAt: minute(99) })]))
    await settle()
    expect(list.length).toBe(60)
    list.hold(false)
    await settle()
    expect(list.length).toBe(61)
  })
})

describe('below the horizon', () => {
  it('knows its length from the server and fetches what comes into view, by whole windows', async () => {
    await put(300, 260)
    serve(300)
    await opened()
    expect(list.length).toBe(300)
    list.observe(270, 279)
    await clock.advance(100)
    await settle()
    expect(list.row(275)?.emailId).toBe('25')
    expect(account.asked).toEqual(['window 250 50'])
  })

  it('does not ask for what a moving thumb only passes', async () => {
    await put(1000, 990)
    serve(1000)
    await opened()
    for (let first = 100; first < 900; first += 100) {
      list.observe(first, first + 9)
      await clock.advance(10)
    }
    await clock.advance(100)
    expect(account.asked.length).toBeLessThanOrEqual(2)
    expect(list.row(805)?.emailId).toBe('195')
  })

  it('says when rows cannot be fetched, asks no further, and tries again when told', async () => {
    await put(300, 260)
    account.onFetchWindow = () => Promise.reject(offline)
    await opened()
    list.observe(270, 279)
    await clock.advance(100)
    expect(list.hasFailed).toBe(true)
    await clock.advance(60_000)
    expect(account.asked).toHaveLength(1)
    serve(300)
    list.retry()
    await clock.advance(100)
    expect(list.hasFailed).toBe(false)
    expect(list.row(275)?.emailId).toBe('25')
  })

  it('asks nothing twice because of the rows that its own answer brought', async () => {
    await put(300, 260)
    serve(300)
    await opened()
    list.observe(270, 279)
    await clock.advance(30_000)
    expect(account.asked).toHaveLength(1)
  })

  it('shows what is done to all that it holds, which names none of them', async () => {
    await put(12, 8)
    serve(12)
    await opened()
    list.observe(0, 11)
    await clock.advance(100)
    await settle()
    const flagged = (): number =>
      Array.from({ length: 12 }, (_, at) => list.row(at)?.messages[0]).filter((each) => each?.keywords['$flagged'])
        .length
    expect(list.row(11)?.emailId).toBe('1')
    expect(flagged()).toBe(0)
    const here = { mailboxIds: [INBOX], isOutside: false, has: [], hasNot: [] }
    await account.replica.appendMutation({
      type: 'setKeywordOnAll',
      emailIds: [],
      blobIds: [],
      match: { mailboxId: INBOX, filter: { inMailbox: INBOX }, before: minute(100), here },
      keyword: '$flagged',
      value: true,
      key: 'k',
      done: 0,
      total: 0,
    })
    await settle()
    expect(flagged()).toBe(12)
  })

  it('asks again for what comes back after the server said that nothing is left', async () => {
    const moveTo = (mailboxId: MailboxId): Promise<void> =>
      account.write(async (tx) => {
        for (let n = 1; n <= 12; n += 1)
          await tx.patchEmail(eid(String(n)), { keywords: {}, mailboxIds: { [mailboxId]: true } })
      })
    const count = (total: number): Promise<void> =>
      account.write((tx) => tx.putMailboxes([aMailbox(INBOX, { totalEmails: total, totalThreads: total })]))
    const look = async (): Promise<unknown[]> => {
      await settle()
      list.observe(0, 19)
      await clock.advance(3_000)
      await settle()
      return Array.from({ length: list.length }, (_, position) => list.row(position)?.emailId)
    }
    account.setStatus({ syncedAt: clock.now() })
    await put(12, 8)
    serve(12)
    await opened()
    const all = await look()
    expect(all).toEqual(Array.from({ length: 12 }, (_, index) => eid(String(12 - index))))
    // The count comes later than what the server answers.
    await moveTo(ARCHIVE)
    serve(0)
    await look()
    await count(0)
    expect(await look()).toEqual([])
    await moveTo(INBOX)
    await count(12)
    serve(12)
    expect(await look()).toEqual(all)
  })
})

describe('a list of 200,000', () => {
  const total = 200_000
  /** Messages whose rows are known to the list. */
  const held = (): number => {
    let rows = 0
    for (let position = 0; position < total; position += 1) if (list.row(position)) rows += 1
    return rows
  }

  it('fetches what is on screen before what may be next, and holds no more than it needs however far was scrolled', async () => {
    await put(total, total - 10)
    serve(total)
    await opened()
    list.observe(100_000, 100_009)
    await clock.advance(100)
    await settle()
    expect(account.asked).toEqual(['window 100000 50'])
    for (let position = 100_000; position < 104_000; position += 50) {
      list.observe(position, position + 9)
      await clock.advance(100)
      await settle()
    }
    expect(list.row(103_955)?.emailId).toBe(String(total - 103_955))
    expect(list.row(100_005)).toBeUndefined()
    expect(held()).toBeLessThan(1_100)
  })

  it('reads anew only the rows of conversations that changed', async () => {
    await put(total, total - 10)
    serve(total)
    await opened()
    list.observe(1_000, 1_009)
    await clock.advance(100)
    await settle()
    const rows = vi.spyOn(account.replica, 'rows')
    await account.replica.appendMutation(setSeen(true, String(total - 1_003)))
    await settle()
    const row = list.row(1_003)
    expect(row && isRowUnread(row)).toBe(false)
    expect(rows.mock.calls.map(([, ids]) => ids)).toEqual([[String(total - 1_003)]])
  })

  it('holds kept rows no longer than it needs them, too, but for the top', async () => {
    await put(4_000, 0)
    await opened()
    for (let position = 0; position < 3_500; position += 40) {
      list.observe(position, position + 9)
      await settle()
    }
    expect(list.row(3_480)).toBeDefined()
    expect(list.row(150)).toBeDefined()
    expect(list.row(1_500)).toBeUndefined()
    list.observe(1_500, 1_509)
    await settle()
    expect(list.row(1_505)?.emailId).toBe('2495')
  })
})

describe('where the server gives no total', () => {
  it('ends the list at its horizon with one row to come, and shows no row twice while older mail is kept', async () => {
    await put(300, 260)
    // James: no total, threads not collapsed, messages counted for threads (D4, D5, D25)
    account.onFetchWindow = ({ position = 0 }) =>
      Promise.resolve({ position, total: undefined, emailIds: [eid('300')], threadIds: [tid('t-300')] })
    await opened()
    list.observe(270, 279)
    await clock.advance(100)
    await settle()
    expect(list.length).toBe(41)
    expect(list.total).toBeUndefined()
    expect(list.positionOf(tid('t-300'))).toBe(0)
    expect(list.row(40)).toBeUndefined()
    list.observe(30, 40)
    await clock.advance(60_000)
    expect(account.asked).toHaveLength(1)
    await put(300, 0)
    await settle()
    expect(list.length).toBe(300)
  })
})

describe('without a network', () => {
  it('ends the list where the gap begins, and lets known older mail follow as islands', async () => {
    await put(300, 260)
    serve(300)
    await opened()
    list.observe(270, 279)
    await clock.advance(100)
    account.setStatus({ phase: 'offline' })
    await settle()
    expect(list.islandsFrom).toEqual({ position: 40, missing: 210 })
    expect(list.length).toBe(90)
    expect(list.row(40)?.emailId).toBe('50')
    account.setStatus({ phase: 'ready' })
    await settle()
    expect(list.length).toBe(300)
    expect(list.islandsFrom).toBeUndefined()
  })

  it('shows skeletons before the first sync and nothing but them', async () => {
    account.setStatus({ phase: 'starting' })
    await opened()
    expect(list.isFirstSync).toBe(true)
    expect(list.length).toBe(8)
    list.observe(0, 7)
    await clock.advance(1000)
    expect(account.asked).toEqual([])
  })
})

describe('a list that was left and is shown again', () => {
  it('has its rows at once, and then what changed meanwhile', async () => {
    await put(3, 0)
    await opened()
    expect(list.length).toBe(3)
    stop()
    await settle()
    await put(4, 0)
    await settle()
    stop = $effect.root(() => {
      $effect(() => {
        reads.push(list.revision, list.length)
      })
    })
    flushSync()
    expect([list.isLoaded, list.length]).toEqual([true, 3])
    await settle()
    expect([list.length, list.row(0)?.emailId]).toEqual([4, eid('4')])
  })
})
