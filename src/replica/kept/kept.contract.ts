/** What every replica does with what it keeps for as long as there is room. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Replica, WriteTx } from '../replica.ts'
import { testClock, type TestClock } from '../replica.contract.ts'
import type { KeyRange } from '../storage/keys.ts'
import { aBody, anEmail, aThread, eid, INBOX, minute, tid } from '../testing/rows.ts'
import { forgetEmails } from './forget-emails.ts'
import { giveUp } from './make-room.ts'
import { dropOldTombstones } from './old-tombstones.ts'

export function keptContract(name: string, factory: (clock: TestClock) => Promise<Replica>): void {
  describe(`${name}: what is kept`, () => {
    let replica: Replica
    let epoch: number
    let clock: TestClock

    beforeEach(async () => {
      clock = testClock()
      replica = await factory(clock)
      epoch = await replica.claimEpoch()
    })
    afterEach(() => replica.close())

    const write = async <T>(body: (tx: WriteTx) => Promise<T>): Promise<T> => {
      const outcome = await replica.write({ epoch }, body)
      if (outcome.kind !== 'applied') throw new Error(outcome.kind)
      return outcome.value
    }
    const rowIds = async (): Promise<string[]> =>
      (await replica.listWindow({ mailboxId: INBOX }, 0, 50)).rows.map((row) => row.emailId)

    it('gives up what nobody opened first', async () => {
      await write((tx) => tx.putEmails(['a', 'b', 'c'].map((id) => anEmail(id))))
      for (const id of ['a', 'b', 'c']) {
        await write((tx) => tx.putBodies([aBody(id, 'x'.repeat(10_000))]))
        clock.advance(2 * 60 * 60 * 1000)
      }
      await replica.body(eid('a'))
      // Of these only `a` was opened, though long after the others came.
      const isNoted = (): Promise<boolean | undefined> =>
        replica.read(['bodyUses'], async (tx) => (await tx.get('bodyUses', eid('a')))?.isOpened)
      await expect.poll(isNoted).toBe(true)
      expect(await write((tx) => giveUp(tx.kept, clock.now(), 30_000))).toBeGreaterThanOrEqual(30_000)
      expect(await replica.bodiesPresent(['a', 'b', 'c'].map(eid))).toEqual(new Set(['a']))
    })

    it('is found by its date, in order, within bounds', async () => {
      await write((tx) => tx.putEmails([3, 1, 2, 2].map((n, index) => anEmail(`e${index}`, { receivedAt: minute(n) }))))
      const within = (range: KeyRange): Promise<string[]> =>
        replica.read(['emails'], (tx) => tx.keysWithin('emails', 'receivedAt', range))
      expect(await within({})).toEqual(['e1', 'e2', 'e3', 'e0'])
      expect(await within({ lower: minute(2), upper: minute(3), upperOpen: true })).toEqual(['e2', 'e3'])
      await write((tx) => tx.destroyEmails([eid('e2')]))
      expect(await within({ upper: minute(2) })).toEqual(['e1', 'e3'])
    })

    it('forgets rows without a trace: lists follow, and the same row may come back', async () => {
      await write((tx) => tx.putEmails([anEmail('a'), anEmail('b', { receivedAt: minute(1) })]))
      await write((tx) => tx.putThreads([aThread('t-a', 'a')]))
      await write((tx) => tx.setHorizon({ scope: '*', after: null }))
      const notice = await write((tx) => forgetEmails(tx.kept, [eid('a')]))
      expect(notice).toMatchObject({ emailIds: ['a'], lists: [INBOX] })
      expect(await rowIds()).toEqual(['b'])
      expect(await replica.thread(tid('t-a'))).toBeUndefined()
      await write((tx) => tx.putEmails([anEmail('a')]))
      expect(await rowIds()).toEqual(['b', 'a'])
    })

    it('lets tombstones go after a month, counted from the first look', async () => {
      await write((tx) => tx.destroyEmails([eid('a')]))
      const look = (): Promise<void> => write((tx) => dropOldTombstones(tx.kept, clock.now()))
      await look()
      clock.advance(29 * 86_400_000)
      await look()
      await write((tx) => tx.putEmails([anEmail('a')]))
      expect(await replica.emails([eid('a')])).toEqual([undefined])
      clock.advance(2 * 86_400_000)
      await look()
      await write((tx) => tx.putEmails([anEmail('a')]))
      expect(await replica.emails([eid('a')])).not.toEqual([undefined])
    })
  })
}
