import { flushSync } from 'svelte'
import { createSubscriber } from 'svelte/reactivity'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock, settle } from '../../tests/support/manual-clock.ts'
import { offline, ThreadAccount } from '../../tests/support/thread-account.ts'
import type { Email, MailboxId } from '../jmap/types.ts'
import { FLAGGED, type ListQuery } from '../mail/list.ts'
import { aMailbox, anEmail, aThread, ARCHIVE, eid, INBOX, minute, setSeen, tid } from '../replica/testing/rows.ts'
import type { Mutation } from '../mutations/mutation.ts'
import type { WindowRequest } from '../sync/engine-port.ts'
import { NarrowedList } from './narrowed-list.ts'
// Loaded when first needed: here beforehand, for the manual clock waits for no file.
import './far-rows.ts'

const TRASH = 'trash' as MailboxId
let clock: ManualClock
let account: ThreadAccount
let list: NarrowedList
let stop: () => void = () => undefined
const reads: number[] = []

const opened = (narrow: string, mailboxId = INBOX): Promise<void> => openedAs({ mailboxId, narrow })

async function openedAs(query: ListQuery): Promise<void> {
  list = new NarrowedList({ account: account.open, query, clock, subscriber: createSubscriber })
  stop = $effect.root(() => {
    $effect(() => {
      reads.push(list.revision, list.length)
    })
  })
  flushSync()
  await settle()
  list.observe(0, 9)
  await settle()
}

/** One message per conversation, as given; what is later than `horizon` is all here. */
async function put(emails: readonly Email[], horizon: number | null): Promise<void> {
  await account.write(async (tx) => {
    await tx.putMailboxes([aMailbox(INBOX), aMailbox(ARCHIVE, { role: 'archive' }), aMailbox(TRASH, { role: 'trash' })])
    await tx.putEmails(emails)
    await tx.putThreads(emails.map((email) => aThread(email.threadId, email.id)))
    await tx.setHorizon({ scope: '*', after: horizon === null ? null : minute(horizon) })
    tx.setSyncedAt(clock.now())
  })
}

/** Numbers 1 to `count`; every third unread. */
const thirds = (count: number, from = 1): Email[] =>
  Array.from({ length: count - from + 1 }, (_, index) => from + index).map((n) =>
    anEmail(String(n), { receivedAt: minute(n), keywords: n % 3 === 0 ? {} : { $seen: true }, size: (n * 7) % 10 }),
  )

const shown = (): string[] =>
  Array.from({ length: list.length }, (_, position) => String(list.row(position)?.emailId ?? '-'))

beforeEach(() => {
  clock = new ManualClock()
  account = new ThreadAccount(clock)
})
afterEach(() => {
  stop()
  account.replica.close()
})

describe('a mailbox that is here as a whole', () => {
  it('shows what matches, newest first, and asks nobody', async () => {
    await put(thirds(12), null)
    await opened('filter=unread')
    expect(shown()).toEqual(['12', '9', '6', '3'])
    expect(list.total).toBe(4)
    expect(account.asked).toEqual([])
  })

  it('keeps what stops to match, read, and takes in what begins to', async () => {
    await put(thirds(12), null)
    await opened('filter=unread')
    await account.replica.appendMutation(setSeen(true, '9'))
    await account.replica.appendMutation(setSeen(false, '10'))
    await settle()
    expect(shown()).toEqual(['12', '10', '9', '6', '3'])
    expect(list.row(2)?.messages[0]?.keywords).toEqual({ $seen: true })
    await account.write((tx) => tx.destroyEmails([eid('9')]))
    await settle()
    expect(shown()).toEqual(['12', '10', '6', '3'])
  })

  it('lets go of what was moved into it and is destroyed before the server took the move', async () => {
    await put([...thirds(3), anEmail('moved', { receivedAt: minute(9), mailboxIds: { [ARCHIVE]: true } })], null)
    await openedAs({ mailboxId: INBOX, collapseThreads: false })
    const { emailIds, blobIds } = setSeen(true, 'moved')
    const mailboxIds = { [ARCHIVE]: false, [INBOX]: true }
    await account.replica.appendMutation({ type: 'setMailboxes', emailIds, blobIds, mailboxIds })
    await settle()
    expect(shown()).toEqual(['moved', '3', '2', '1'])
    await account.write((tx) => tx.destroyEmails([eid('moved')]))
    await account.write(async (tx) => tx.deleteOutbox((await tx.outbox()).map(({ id }) => id)))
    await settle()
    expect(shown()).toEqual(['3', '2', '1'])
  })

  it('follows what is done to all of another mailbox, and what comes of it, whatever is written with that', async () => {
    const both = { mailboxIds: { [INBOX]: true, [ARCHIVE]: true } } as const
    await put([...thirds(3), anEmail('both', { ...both, receivedAt: minute(9) })], null)
    await openedAs({ mailboxId: INBOX, collapseThreads: false })
    const mute: Mutation = {
      type: 'setMailboxesOnAll',
      emailIds: [],
      blobIds: [],
      match: {
        mailboxId: ARCHIVE,
        filter: { inMailbox: ARCHIVE },
        before: minute(10),
        here: { mailboxIds: [ARCHIVE], isOutside: false, has: [], hasNot: [] },
        isByThread: true,
      },
      to: TRASH,
      leaves: [INBOX],
      isOnlyLeft: true,
      keywords: {},
      key: 'k',
      done: 0,
      total: 0,
    }
    const row = await account.replica.appendMutation(mute)
    await settle()
    expect(shown()).toEqual(['3', '2', '1'])
    await account.write(async (tx) => {
      await tx.putOutbox({ ...row, status: 'failed' })
      await tx.patchEmail(eid('1'), { keywords: { $flagged: true }, mailboxIds: { [INBOX]: true } })
    })
    await settle()
    expect(shown()).toEqual(['both', '3', '2', '1'])
  })

  it('leaves out what is marked as deleted, also as soon as another program marks it', async () => {
    const deleted = { $seen: true, $deleted: true } as const
    await put([...thirds(3), anEmail('gone', { receivedAt: minute(9), keywords: deleted })], null)
    await openedAs({ mailboxId: INBOX, hidesDeleted: true })
    expect(shown()).toEqual(['3', '2', '1'])
    await account.write((tx) => tx.putEmails([anEmail('2', { receivedAt: minute(2), keywords: deleted })]))
    await settle()
    expect(shown()).toEqual(['3', '1'])
    expect(list.total).toBe(2)
  })

  it('lets the newest message that matches stand for its conversation', async () => {
    const thread = { threadId: tid('t') }
    await put(thirds(3), null)
    await account.write(async (tx) => {
      await tx.putEmails([
        anEmail('old', { ...thread, receivedAt: minute(2), keywords: {}, subject: 'Unread' }),
        anEmail('new', { ...thread, receivedAt: minute(9), keywords: { $seen: true }, subject: 'Read' }),
      ])
      await tx.putThreads([aThread('t', 'old', 'new')])
    })
    await opened('filter=unread')
    expect(shown()).toEqual(['3', 'old'])
    expect(list.row(1)).toMatchObject({ subject: 'Unread', count: 2 })
  })

  it('orders by size, without days', async () => {
    await put(thirds(4), null)
    await opened('sort=-size')
    expect(shown()).toEqual(['4', '1', '2', '3'].toSorted((a, b) => ((Number(b) * 7) % 10) - ((Number(a) * 7) % 10)))
    expect(list.hasDays).toBe(false)
    expect(list.gapless).toBe(0)
  })

  it('shows what is flagged in any mailbox but Trash', async () => {
    const flagged = { keywords: { $flagged: true } } as const
    await put(
      [
        anEmail('1', { ...flagged, receivedAt: minute(1) }),
        anEmail('2', { ...flagged, receivedAt: minute(2), mailboxIds: { [ARCHIVE]: true } }),
        anEmail('3', { ...flagged, receivedAt: minute(3), mailboxIds: { [TRASH]: true } }),
        anEmail('4', { receivedAt: minute(4) }),
      ],
      null,
    )
    await opened('', FLAGGED)
    expect(shown()).toEqual(['2', '1'])
  })
})

describe('a mailbox that is here in part', () => {
  it('takes rows above the horizon from here, those below from the server, and its count', async () => {
    await put(thirds(30, 20), 19)
    const requests: WindowRequest[] = []
    account.onFetchWindow = async (request) => {
      requests.push(request)
      const numbers = [30, 27, 24, 21, 18, 15, 12, 9, 6, 3].slice(
        request.position,
        (request.position ?? 0) + request.limit,
      )
      const emails = numbers.map((n) => anEmail(String(n), { receivedAt: minute(n), keywords: {} }))
      await account.write(async (tx) => {
        await tx.putEmails(emails)
        await tx.putThreads(emails.map((email) => aThread(email.threadId, email.id)))
      })
      return {
        position: request.position ?? 0,
        total: 10,
        emailIds: emails.map(({ id }) => id),
        threadIds: emails.map(({ threadId }) => threadId),
      }
    }
    await opened('filter=unread')
    expect(shown().slice(0, 4)).toEqual(['30', '27', '24', '21'])
    await clock.advance(100)
    await settle()
    expect(requests[0]?.query).toMatchObject({
      filter: { inMailbox: INBOX, notKeyword: '$seen' },
      sort: [{ property: 'receivedAt', isAscending: false }],
    })
    expect(list.total).toBe(10)
    expect(shown()).toEqual(['30', '27', '24', '21', '18', '15', '12', '9', '6', '3'])

    // Above the horizon one is read and one comes: both stay, and no row below is another one.
    await account.replica.appendMutation(setSeen(true, '27'))
    await account.write((tx) => tx.putEmails([anEmail('31', { receivedAt: minute(31), keywords: {} })]))
    await settle()
    list.observe(0, 10)
    await settle()
    expect(list.total).toBe(11)
    expect(shown()).toEqual(['31', '30', '27', '24', '21', '18', '15', '12', '9', '6', '3'])
  })

  it('has the rows read that a window of two rows renders beyond its edges', async () => {
    await put(thirds(180), null)
    await opened('filter=unread')
    list.observe(40, 41)
    await settle()
    expect(shown().slice(35, 47)).not.toContain('-')
  })

  it('leaves any other order to the server as a whole; offline it orders what is here, and says so', async () => {
    await put(thirds(30, 20), 19)
    account.onFetchWindow = () =>
      Promise.resolve({
        position: 0,
        total: 2,
        emailIds: [eid('25'), eid('24')],
        threadIds: [tid('t-25'), tid('t-24')],
      })
    await opened('sort=-size')
    await clock.advance(100)
    await settle()
    expect(shown()).toEqual(['25', '24'])
    expect(list.isPartial).toBe(false)
    account.setStatus({ phase: 'offline' })
    await settle()
    expect(list.isPartial).toBe(true)
    expect(list.length).toBe(11)
    list.observe(0, 10)
    await settle()
    const sizes = shown().map((id) => (Number(id) * 7) % 10)
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
  })

  it('says when the server could not be asked, and asks again', async () => {
    await put(thirds(30, 20), 19)
    account.onFetchWindow = () => Promise.reject(offline)
    await opened('sort=from')
    await clock.advance(100)
    await settle()
    expect(list.hasFailed).toBe(true)
    account.onFetchWindow = () => Promise.resolve({ position: 0, total: 0, emailIds: [], threadIds: [] })
    list.retry()
    await clock.advance(100)
    await settle()
    expect(list.hasFailed).toBe(false)
    expect(list.length).toBe(0)
  })
})

describe('a row for each message', () => {
  const messages: ListQuery = { mailboxId: INBOX, collapseThreads: false }
  const thread = { threadId: tid('t') }
  /** A conversation of three, one of them elsewhere, around two others. */
  const talk = (): Email[] => [
    anEmail('a', { ...thread, receivedAt: minute(1), keywords: {} }),
    anEmail('1', { receivedAt: minute(2), keywords: {} }),
    anEmail('b', { ...thread, receivedAt: minute(3), keywords: { $seen: true } }),
    anEmail('2', { receivedAt: minute(4), keywords: {} }),
    anEmail('c', { ...thread, receivedAt: minute(5), mailboxIds: { [ARCHIVE]: true } }),
  ]
  const counting = (totalEmails: number): Promise<void> =>
    account.write((tx) => tx.putMailboxes([aMailbox(INBOX, { totalEmails, totalThreads: 3 })]))

  it('stands at its own place, alone, and is found by its message', async () => {
    await put(talk(), null)
    await openedAs(messages)
    expect(shown()).toEqual(['2', 'b', '1', 'a'])
    expect(list.row(1)).toMatchObject({ isSingle: true, threadId: 't', count: 1, messages: [{ id: 'b' }] })
    expect(list.positionOf(eid('a'))).toBe(3)
    expect(list.positionOf(tid('t'))).toBe(-1)
    expect(list.total).toBe(4)
    expect(account.asked).toEqual([])
  })

  it('goes as its message goes, and comes as it comes, whatever the rest of its conversation does', async () => {
    await put(talk(), null)
    await openedAs(messages)
    await account.write(async (tx) => {
      await tx.patchEmail(eid('b'), { keywords: {}, mailboxIds: { [ARCHIVE]: true } })
      await tx.patchEmail(eid('c'), { keywords: {}, mailboxIds: { [INBOX]: true } })
    })
    await settle()
    expect(shown()).toEqual(['c', '2', '1', 'a'])
    await account.write((tx) => tx.destroyEmails([eid('a')]))
    await settle()
    expect(shown()).toEqual(['c', '2', '1'])
  })

  it('ends the known part at the horizon, asks for messages below it, and counts as the mailbox does', async () => {
    await put(talk(), 2)
    await counting(60)
    const requests: WindowRequest[] = []
    account.onFetchWindow = (request) => {
      requests.push(request)
      return Promise.resolve({
        position: 2,
        total: 60,
        emailIds: [eid('1'), eid('a')],
        threadIds: [tid('t-1'), tid('t')],
      })
    }
    await openedAs(messages)
    expect(shown().slice(0, 3)).toEqual(['2', 'b', '-'])
    await clock.advance(100)
    await settle()
    expect(requests[0]?.query).toMatchObject({ filter: { inMailbox: INBOX }, collapseThreads: false })
    expect(shown().slice(0, 5)).toEqual(['2', 'b', '1', 'a', '-'])
    expect([list.total, list.length]).toEqual([60, 60])
    await counting(61)
    await settle()
    expect(list.total).toBe(61)
    // A page of older mail lowers the horizon: what it brought is found without a look at everything.
    await account.write(async (tx) => {
      await tx.putEmails([anEmail('0', { ...thread, receivedAt: minute(0) })])
      await tx.setHorizon({ scope: '*', after: null })
    })
    await settle()
    list.observe(0, 9)
    await settle()
    expect(shown()).toEqual(['2', 'b', '1', 'a', '0'])
  })

  it('asks again for what left and comes back below the horizon, though its row was read here while offline', async () => {
    await put(talk(), 2)
    await counting(4)
    let below = ['1', 'a']
    account.onFetchWindow = ({ position = 0 }) => {
      const ids = ['2', 'b', ...below].slice(position)
      const threadIds = ids.map((id) => tid(/\d/.test(id) ? `t-${id}` : 't'))
      return Promise.resolve({ position, total: 2 + below.length, emailIds: ids.map(eid), threadIds })
    }
    const moved = async (mailboxId: MailboxId, left: string[]): Promise<void> => {
      below = left
      await account.write(async (tx) => {
        await tx.patchEmail(eid('a'), { keywords: {}, mailboxIds: { [mailboxId]: true } })
      })
      await counting(2 + left.length)
      await settle()
      await clock.advance(3_000)
      await settle()
    }
    account.setStatus({ phase: 'offline' })
    await openedAs(messages)
    expect(shown()).toEqual(['2', 'b', '1', 'a'])
    account.setStatus({ phase: 'ready' })
    await settle()
    await moved(ARCHIVE, ['1'])
    expect(shown()).toEqual(['2', 'b', '1'])
    await moved(INBOX, ['1', 'a'])
    expect(shown()).toEqual(['2', 'b', '1', 'a'])
  })

  it('keeps an unread one that was read while the list is open, but not one that left', async () => {
    await put(talk(), null)
    await openedAs({ ...messages, narrow: 'filter=unread' })
    expect(shown()).toEqual(['2', '1', 'a'])
    await account.replica.appendMutation(setSeen(true, '1'))
    await account.write(async (tx) => {
      await tx.patchEmail(eid('a'), { keywords: {}, mailboxIds: { [ARCHIVE]: true } })
    })
    await settle()
    expect(shown()).toEqual(['2', '1'])
  })
})
