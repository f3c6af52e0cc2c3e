import { afterEach, expect, test, vi } from 'vitest'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { MemoryReplica } from '../../replica/memory/memory-replica.ts'
import { countingRandom } from '../../replica/testing/counting-random.ts'
import { aMailbox, anEmail, ARCHIVE, INBOX } from '../../replica/testing/rows.ts'
import type { AccountContext } from '../account-context.ts'
import { fillGaps } from './fill-gaps.ts'

const replica = new MemoryReplica({ clock: new ManualClock(), random: countingRandom() })
afterEach(() => replica.wipe())

class Asked extends Error {}

/** A context that only reads: whoever asks the server or writes is told. */
function context(): AccountContext {
  const request = vi.fn().mockRejectedValue(new Asked())
  const write = vi.fn().mockRejectedValue(new Error('wrote'))
  return { replica, batchSize: 50, request, write, call: vi.fn() } as unknown as AccountContext
}

/** 1,201 rows, of which 601 are in the archive, too: more than two reads bring. */
async function fill(totals: { inbox: number; archive: number }): Promise<void> {
  const epoch = await replica.claimEpoch()
  const outcome = await replica.write({ epoch }, async (tx) => {
    await tx.putMailboxes([
      aMailbox(INBOX, { totalEmails: totals.inbox }),
      aMailbox(ARCHIVE, { totalEmails: totals.archive }),
    ])
    const rows = Array.from({ length: 1_201 }, (_, n) =>
      anEmail(`e${String(n).padStart(4, '0')}`, { in: n % 2 === 0 ? [INBOX, ARCHIVE] : [INBOX] }),
    )
    await tx.putEmails(rows)
  })
  expect(outcome.kind).toBe('applied')
}

test('as many rows as the Mailboxes count: nothing is asked, nothing written, and no read is long', async () => {
  await fill({ inbox: 1_201, archive: 601 })
  const counts: number[] = []
  const read = replica.read.bind(replica)
  const spy = vi.spyOn(replica, 'read').mockImplementation((stores, body) =>
    read(stores, (tx) => {
      const getAll: typeof tx.getAll = async (store, range, count) => {
        const rows = await tx.getAll(store, range, count)
        if (store === 'emails') counts.push(rows.length)
        return rows
      }
      return body({ ...tx, getAll })
    }),
  )
  expect(await fillGaps(context())).toBe(true)
  spy.mockRestore()
  expect(counts).toEqual([500, 500, 201, 0])
})

test.each([
  { inbox: 1_202, archive: 601 },
  { inbox: 1_201, archive: 602 },
])('one row less than $inbox and $archive: the account is gone through', async (totals) => {
  await fill(totals)
  await expect(fillGaps(context())).rejects.toThrow(Asked)
})
