import { flushSync } from 'svelte'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock, settle } from '../../tests/support/manual-clock.ts'
import { offline, ThreadAccount } from '../../tests/support/thread-account.ts'
import { aBody, aMailbox, anEmail, eid, INBOX, minute, tid } from '../replica/testing/rows.ts'
import { SEEN } from '../mail/keywords.ts'
import { keywordChange } from './keyword-change.ts'
import { ThreadAhead } from './thread-ahead.ts'
import { ThreadView } from './thread-view.svelte.ts'
import type { ThreadViewInput } from './thread-view.svelte.ts'
import type { Email, Mailbox } from '../jmap/types.ts'

const THREAD = tid('t')
const letter = (id: string, n: number, seen = true): Email =>
  anEmail(id, { threadId: THREAD, receivedAt: minute(n), seen })

let clock: ManualClock
let account: ThreadAccount
let mailbox: Mailbox | undefined
const reads: unknown[] = []
let stop: () => void = () => undefined

/** A view that something on screen reads. */
function opened(input: Partial<ThreadViewInput> = {}): ThreadView {
  const view = new ThreadView({
    account: account.open,
    clock,
    threadId: THREAD,
    emailId: null,
    mailbox: () => mailbox,
    ...input,
  })
  stop = $effect.root(() => {
    $effect(() => {
      reads.push(view.status.kind, view.segments.length)
    })
  })
  flushSync()
  return view
}
const openIds = (view: ThreadView): string[] =>
  view.emails.filter((email) => view.isOpen(email.id)).map((email) => email.id)
const isSeen = async (id: string): Promise<boolean> =>
  '$seen' in ((await account.replica.emails([eid(id)]))[0]?.keywords ?? {})

beforeEach(() => {
  clock = new ManualClock()
  account = new ThreadAccount(clock)
  mailbox = aMailbox(INBOX)
})
afterEach(() => {
  stop()
  account.replica.close()
})

describe('opening', () => {
  it('shows what is on the device, with the first unread letter open and its body here', async () => {
    await account.put(THREAD, [letter('a', 1), letter('b', 2, false), letter('c', 3, false)], [aBody('b')])
    const view = opened()
    expect(view.status.kind).toBe('loading')
    await settle()
    expect(view.status.kind).toBe('ready')
    expect(openIds(view)).toEqual(['b'])
    expect(view.bodies.of(eid('b')).kind).toBe('ready')
    expect(account.asked).toEqual([])
  })

  it('can be waited for, for as long as nothing of it is here', async () => {
    await account.put(THREAD, [letter('a', 1)], [])
    const view = opened()
    expect(view.emails).toEqual([])
    await view.read()
    expect(view.emails.map(({ id }) => id)).toEqual(['a'])
  })

  it('shows a prepared conversation at once', async () => {
    await account.put(THREAD, [letter('a', 1)], [aBody('a')])
    const ahead = new ThreadAhead(account.open)
    await ahead.prefetch(THREAD)
    const view = opened({ prepared: ahead.take(THREAD) })
    expect(view.status.kind).toBe('ready')
    expect(view.bodies.of(eid('a')).kind).toBe('ready')
  })

  it('opens the letter that the URL names, also when its row comes later', async () => {
    await account.put(THREAD, [letter('b', 2)], [], [eid('a')])
    account.onFetchThread = () => account.put(THREAD, [letter('a', 1), letter('b', 2)])
    const view = opened({ emailId: eid('a') })
    await settle()
    expect(openIds(view)).toContain('a')
    expect(view.target).toEqual({ emailId: 'a', focus: false })
    expect(view.missing).toBe(0)
  })

  it('asks the server for a conversation that is not here', async () => {
    account.onFetchThread = () => account.put(THREAD, [letter('a', 1)])
    const view = opened()
    await settle()
    expect(view.emails.map((email) => email.id)).toEqual(['a'])
  })

  it('says that it is not on this device, and comes by itself when the way is open again', async () => {
    account.setStatus({ phase: 'offline' })
    const view = opened()
    await settle()
    expect(view.status).toEqual({ kind: 'absent', problem: 'offline' })
    account.onFetchThread = () => account.put(THREAD, [letter('a', 1)])
    account.setStatus({ phase: 'ready' })
    await settle()
    expect(view.status.kind).toBe('ready')
  })

  it('says that it is gone when the server does not know it either', async () => {
    account.onFetchThread = () => Promise.resolve()
    const view = opened()
    await settle()
    expect(view.status.kind).toBe('gone')
  })
})

describe('a link to a letter that the conversation has not', () => {
  beforeEach(() => account.put(THREAD, [letter('a', 1), letter('b', 2)]))

  it('says that it is lost when the server does not know it either, and shows the rest', async () => {
    const view = opened({ emailId: eid('x') })
    await settle()
    expect(view.isAskedLost).toBe(true)
    expect(openIds(view)).toEqual(['b'])
    view.reveal(eid('a'))
    expect(view.isAskedLost).toBe(false)
    expect(openIds(view)).toContain('a')
  })

  it('says so too where the copy on this device still had it', async () => {
    const view = opened({ emailId: eid('a') })
    await settle()
    expect(openIds(view)).toEqual(['a'])
    await account.write(async (tx) => {
      await tx.destroyEmails([eid('a')])
      await tx.putThreads([{ id: THREAD, emailIds: [eid('b')] }])
    })
    await settle()
    expect(view.isAskedLost).toBe(true)
    expect(view.emails.map(({ id }) => id)).toEqual(['b'])
  })

  it('goes to the conversation that has it now', async () => {
    const other = tid('other')
    await account.put(other, [{ ...letter('y', 3), threadId: other }])
    account.onFetchEmail = () => Promise.resolve({ emailId: eid('y'), threadId: other })
    const view = opened({ emailId: eid('x') })
    await settle()
    expect([view.threadId, view.isAskedLost]).toEqual([other, false])
    expect(openIds(view)).toContain('y')
  })

  it('says nothing while nobody can be asked, and asks again', async () => {
    account.onFetchEmail = () => Promise.reject(offline)
    account.setStatus({ phase: 'offline' })
    const view = opened({ emailId: eid('x') })
    await settle()
    expect(view.isAskedLost).toBe(false)
    account.onFetchEmail = () => Promise.resolve(null)
    account.setStatus({ phase: 'ready' })
    await settle()
    expect(view.isAskedLost).toBe(true)
  })
})

describe('bodies', () => {
  it('fetches what is not here, and tells why it does not come', async () => {
    await account.put(THREAD, [letter('a', 1)])
    const view = opened()
    await settle()
    expect(account.asked).toContain('bodies a')
    expect(view.bodies.of(eid('a'))).toEqual({ kind: 'absent', problem: 'offline' })
    account.onFetchBodies = () => account.write((tx) => tx.putBodies([aBody('a')]))
    view.retry()
    await settle()
    expect(view.bodies.of(eid('a')).kind).toBe('ready')
  })

  it('takes a body that the engine fetched for another reason', async () => {
    await account.put(THREAD, [letter('a', 1)])
    const view = opened()
    await settle()
    await account.write((tx) => tx.putBodies([aBody('a')]))
    await settle()
    expect(view.bodies.of(eid('a')).kind).toBe('ready')
  })
})

describe('a body that an earlier build kept without its trace', () => {
  beforeEach(async () => {
    const { trace: _, ...old } = aBody('a')
    await account.put(THREAD, [letter('a', 1)], [old])
  })

  it('is shown offline as it is, and asked for again when there is a way', async () => {
    const view = opened()
    await settle()
    expect(view.bodies.of(eid('a')).kind).toBe('ready')
    expect(account.asked).toEqual(['bodies a'])
    account.onFetchBodies = () => account.write((tx) => tx.putBodies([aBody('a')]))
    view.retry()
    await settle()
    expect(view.bodies.of(eid('a'))).toMatchObject({ kind: 'ready', body: { trace: [] } })
    view.retry()
    await settle()
    expect(account.asked).toEqual(['bodies a', 'bodies a'])
  })
})

describe('marking as read', () => {
  beforeEach(() => account.put(THREAD, [letter('a', 1, false)], [aBody('a')]))

  it('happens through the outbox, after a second in view', async () => {
    const view = opened()
    await settle()
    view.seen.enter(eid('a'), 1)
    await clock.advance(999)
    expect(await isSeen('a')).toBe(false)
    await clock.advance(1)
    expect(await isSeen('a')).toBe(true)
    expect((await account.replica.outbox()).map((row) => row.mutation)).toMatchObject([
      { keyword: '$seen', value: true, emailIds: ['a'], blobIds: ['blob-a'] },
    ])
    expect(account.asked).toContain('outbox')
  })

  it('begins anew when the letter leaves the view', async () => {
    const view = opened()
    await settle()
    view.seen.enter(eid('a'), 1)
    await clock.advance(900)
    view.seen.leave(eid('a'))
    view.seen.enter(eid('a'), 1)
    await clock.advance(900)
    expect(await isSeen('a')).toBe(false)
  })

  it('is left alone where the mailbox does not allow it', async () => {
    mailbox = aMailbox(INBOX, { myRights: { ...aMailbox(INBOX).myRights, maySetSeen: false } })
    const view = opened()
    await settle()
    view.seen.enter(eid('a'), 1)
    await clock.advance(2_000)
    expect(await account.replica.outbox()).toEqual([])
  })

  it('is not done again to a letter that the reader marked unread', async () => {
    const view = opened()
    await settle()
    view.seen.enter(eid('a'), 1)
    await clock.advance(1_000)
    await account.replica.appendMutation(keywordChange(view.seen.keepUnread(null), SEEN, false))
    await settle()
    expect(await isSeen('a')).toBe(false)
    view.seen.enter(eid('a'), 1)
    await clock.advance(5_000)
    expect(await isSeen('a')).toBe(false)
  })

  it.each([3, 10])('takes as long as the reader chose: %d s', async (delay) => {
    const view = opened()
    await settle()
    view.seen.enter(eid('a'), delay)
    await clock.advance(delay * 1000 - 1)
    expect(await isSeen('a')).toBe(false)
    await clock.advance(1)
    expect(await isSeen('a')).toBe(true)
  })

  it('happens at once where the reader chose so', async () => {
    const view = opened()
    await settle()
    view.seen.enter(eid('a'), 0)
    await clock.advance(0)
    expect(await isSeen('a')).toBe(true)
  })

  it('does not happen by itself where the reader chose so', async () => {
    const view = opened()
    await settle()
    view.seen.enter(eid('a'), null)
    expect(clock.pending).toBe(0)
  })

  it('ends with the view', async () => {
    const view = opened()
    await settle()
    view.seen.enter(eid('a'), 1)
    stop()
    await settle()
    expect(clock.pending).toBe(0)
  })
})

describe('what happens to the conversation elsewhere', () => {
  beforeEach(() => account.put(THREAD, [letter('a', 1), letter('b', 2)], [aBody('b')]))

  it('shows a new letter without opening it', async () => {
    const view = opened()
    await settle()
    const { target } = view
    await account.put(THREAD, [letter('a', 1), letter('b', 2), letter('c', 3, false)])
    await settle()
    expect(view.emails.map((email) => email.id)).toEqual(['a', 'b', 'c'])
    expect(openIds(view)).toEqual(['b'])
    expect(view.target).toBe(target)
  })

  it('says that it is gone', async () => {
    const view = opened()
    await settle()
    await account.write(async (tx) => {
      await tx.destroyEmails([eid('a'), eid('b')])
      await tx.destroyThreads([THREAD])
    })
    await settle()
    expect(view.status.kind).toBe('gone')
  })

  it('keeps a letter open whose id changed in a merge, with its body', async () => {
    const view = opened()
    await settle()
    await account.write(async (tx) => {
      await tx.putEmails([{ ...letter('b2', 2), blobId: letter('b', 2).blobId }])
      await tx.rekeyEmail(eid('b'), eid('b2'))
      await tx.putThreads([{ id: THREAD, emailIds: [eid('a'), eid('b2')] }])
    })
    await settle()
    expect(openIds(view)).toEqual(['b2'])
    expect(view.bodies.of(eid('b2')).kind).toBe('ready')
  })

  it('goes on under the id of the thread that it was merged into', async () => {
    const view = opened()
    await settle()
    await account.write(async (tx) => {
      await tx.putEmails([letter('a', 1), letter('b', 2)].map((email) => ({ ...email, threadId: tid('other') })))
      await tx.putThreads([{ id: tid('other'), emailIds: [eid('a'), eid('b')] }])
      await tx.destroyThreads([THREAD])
    })
    await settle()
    expect(view.threadId).toBe('other')
    expect(view.status.kind).toBe('ready')
    expect(openIds(view)).toEqual(['b'])
  })
})
