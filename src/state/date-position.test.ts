import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import { ThreadAccount } from '../../tests/support/thread-account.ts'
import { aMailbox, anEmail, aThread, INBOX, minute } from '../replica/testing/rows.ts'
import type { ThreadRow } from '../mail/list.ts'
import { positionBefore } from './date-position.ts'
import type { MailList } from './mail-list.ts'

let account: ThreadAccount
beforeEach(() => (account = new ThreadAccount(new ManualClock())))
afterEach(() => account.replica.close())

const at = (n: number): number => Date.parse(minute(n))

/** Messages 1 to `count`, of which those above `known` are here without a gap. */
async function put(count: number, known: number): Promise<void> {
  await account.write(async (tx) => {
    await tx.putMailboxes([aMailbox(INBOX, { totalThreads: count })])
    for (let n = known + 1; n <= count; n += 1) {
      await tx.putEmails([anEmail(String(n), { receivedAt: minute(n) })])
      await tx.putThreads([aThread(`t-${String(n)}`, String(n))])
    }
    await tx.setHorizon({ scope: '*', after: known === 0 ? null : minute(known) })
  })
}

/** What is asked of a list: its query, its length, and offline its rows. */
function list(total: number, rows: readonly string[] = [], narrow?: string): MailList {
  const own: Partial<MailList> = {
    query: { mailboxId: INBOX, narrow },
    total,
    length: rows.length,
    row: (position) => (rows[position] === undefined ? undefined : ({ receivedAt: rows[position] } as ThreadRow)),
  }
  return own as MailList
}

describe('the first row before a moment', () => {
  it('is found among what is here without asking anybody', async () => {
    await put(300, 0)
    expect(await positionBefore(account.open, list(300), at(301))).toBe(0)
    expect(await positionBefore(account.open, list(300), at(201))).toBe(100)
    expect(await positionBefore(account.open, list(300), at(2))).toBe(299)
    expect(await positionBefore(account.open, list(300), at(1))).toBe('none')
  })

  it('stands where the server counts that many newer ones, below what is here', async () => {
    await put(300, 260)
    const filters: unknown[] = []
    account.onFetchTotal = ({ filter }) => {
      filters.push(filter)
      return Promise.resolve(150)
    }
    expect(await positionBefore(account.open, list(300), at(151))).toBe(150)
    const after = new Date(at(151)).toISOString().replace('.000', '')
    expect(filters).toEqual([{ operator: 'AND', conditions: [{ inMailbox: INBOX }, { after }] }])
    account.onFetchTotal = () => Promise.resolve(300)
    expect(await positionBefore(account.open, list(300), at(0))).toBe('none')
  })

  it('is asked of the server for what a narrowed list leaves over', async () => {
    await put(300, 0)
    account.onFetchTotal = ({ filter }) => Promise.resolve(JSON.stringify(filter).includes('notKeyword') ? 7 : 99)
    expect(await positionBefore(account.open, list(40, [], 'filter=unread'), at(100))).toBe(7)
  })

  it('is said to be unknown where the server cannot be asked, or does not count', async () => {
    await put(300, 260)
    expect(await positionBefore(account.open, list(300), at(100))).toBe('failed')
    account.onFetchTotal = () => Promise.resolve(undefined)
    expect(await positionBefore(account.open, list(300), at(100))).toBe('failed')
  })

  it('offline, is one that is shown, or away', async () => {
    await put(300, 260)
    account.setStatus({ phase: 'offline' })
    const shown = [minute(300), minute(120), minute(60)]
    expect(await positionBefore(account.open, list(300, shown), at(100))).toBe(2)
    expect(await positionBefore(account.open, list(300, shown), at(50))).toBe('away')
  })
})
