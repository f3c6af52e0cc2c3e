import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock, settle } from '../../tests/support/manual-clock.ts'
import { offline, ThreadAccount } from '../../tests/support/thread-account.ts'
import type { MailboxId } from '../jmap/types.ts'
import { aMailbox, anEmail, ARCHIVE, INBOX, minute, tid } from '../replica/testing/rows.ts'
import type { ListQuery } from '../mail/list.ts'
import { followFlagged } from './follow-flagged.ts'

const TRASH = 'trash' as MailboxId
let clock: ManualClock
let account: ThreadAccount
let counts: number[]
let requests: ListQuery[]
let stop: () => void = () => undefined

function follow(collapseThreads = true, hidesDeleted = false): void {
  const onCount = (count: number): void => void counts.push(count)
  stop = followFlagged({ account: account.open, clock, collapseThreads, hidesDeleted, onCount })
}

async function pass(ms: number): Promise<void> {
  await clock.advance(ms)
  await settle()
}

beforeEach(async () => {
  clock = new ManualClock()
  account = new ThreadAccount(clock)
  counts = []
  requests = []
  account.onFetchTotal = (query) => {
    requests.push(query)
    return Promise.resolve(3)
  }
  await account.write((tx) =>
    tx.putMailboxes([aMailbox(INBOX), aMailbox(ARCHIVE, { role: 'archive' }), aMailbox(TRASH, { role: 'trash' })]),
  )
})
afterEach(() => {
  stop()
})

describe('how many are flagged', () => {
  it('is asked of the server over all mailboxes but Trash and Junk', async () => {
    follow()
    await pass(1)
    expect(requests[0]?.filter).toEqual({ inMailboxOtherThan: [TRASH], hasKeyword: '$flagged' })
    expect(requests[0]?.collapseThreads).toBeUndefined()
    expect(counts).toEqual([3])
  })

  it('is asked anew once for a burst of changes, and not for older mail that is brought here', async () => {
    follow()
    await pass(1)
    for (const id of ['1', '2', '3']) await account.write((tx) => tx.putEmails([anEmail(id)]))
    await pass(2_000)
    expect(requests).toHaveLength(2)
    account.setStatus({ isFilling: true })
    await account.write((tx) => tx.putEmails([anEmail('4')]))
    await pass(5_000)
    expect(requests).toHaveLength(2)
  })

  it('counts messages where messages are listed', async () => {
    follow(false)
    await pass(1)
    expect(requests[0]?.collapseThreads).toBe(false)
  })

  it('leaves out what is marked as deleted where lists do, offline too', async () => {
    const keywords = { $flagged: true } as const
    await account.write((tx) =>
      tx.putEmails([anEmail('1', { keywords }), anEmail('2', { keywords: { ...keywords, $deleted: true } })]),
    )
    follow(true, true)
    await pass(1)
    expect(requests[0]?.filter).toMatchObject({ operator: 'AND', conditions: [{}, { notKeyword: '$deleted' }] })
    account.setStatus({ phase: 'offline' })
    await pass(1)
    expect(counts).toEqual([3, 1])
  })

  it('offline is what is kept, in whatever mailbox', async () => {
    const flagged = { keywords: { $flagged: true } } as const
    await account.write((tx) =>
      tx.putEmails([
        anEmail('1', { ...flagged, receivedAt: minute(1) }),
        anEmail('2', { ...flagged, receivedAt: minute(2), mailboxIds: { [ARCHIVE]: true }, threadId: tid('t') }),
        anEmail('3', { receivedAt: minute(3), threadId: tid('t') }),
        anEmail('4', { ...flagged, receivedAt: minute(4), mailboxIds: { [TRASH]: true } }),
      ]),
    )
    account.setStatus({ phase: 'offline' })
    follow()
    await pass(1)
    expect(counts).toEqual([2])
    account.setStatus({ phase: 'ready' })
    await pass(1)
    expect(counts).toEqual([2, 3])
  })

  it('stays as it was when nobody can say', async () => {
    account.onFetchTotal = () => Promise.reject(offline)
    follow()
    await pass(1)
    expect(counts).toEqual([])
  })
})
