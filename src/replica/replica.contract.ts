/** What every replica does, wherever its rows lie. `views` may be a RemoteReplica; `engine` is where it is served from. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { State } from '../jmap/types.ts'
import type { Clock } from '../platform/clock.ts'
import type { ChangeNotice, Replica, ReplicaActions, ReplicaReads, WriteTx } from './replica.ts'
import { aBody, aMailbox, anEmail, ARCHIVE, aThread, eid, INBOX, minute, setSeen, tid } from './testing/rows.ts'

export interface Setup {
  readonly engine: Replica
  readonly views: ReplicaReads & ReplicaActions
  readonly close: () => void
}

export interface TestClock extends Clock {
  advance(ms: number): void
}

const inbox = { mailboxId: INBOX }
const state = (text: string): State => text as State

export function replicaContract(name: string, factory: (clock: TestClock) => Promise<Setup>): void {
  describe(`${name}: contract`, () => {
    let setup: Setup
    let epoch: number
    let clock: TestClock
    const notices: ChangeNotice[] = []

    beforeEach(async () => {
      clock = testClock()
      setup = await factory(clock)
      epoch = await setup.engine.claimEpoch()
      notices.length = 0
      setup.views.subscribe((notice) => notices.push(notice))
    })
    afterEach(() => setup.close())

    const write = async <T>(body: (tx: WriteTx) => Promise<T>): Promise<T> => {
      const outcome = await setup.engine.write({ epoch }, body)
      if (outcome.kind !== 'applied') throw new Error(outcome.kind)
      return outcome.value
    }
    const heard = async (): Promise<ChangeNotice> => {
      await expect.poll(() => notices.length).toBeGreaterThan(0)
      return Object.assign({}, ...notices.splice(0)) as ChangeNotice
    }
    const rowIds = async (from = 0, count = 50): Promise<string[]> =>
      (await setup.views.listWindow(inbox, from, count)).rows.map((row) => row.emailId)

    describe('epoch and states', () => {
      it('refuses a leader that another one has followed, and writes nothing of it', async () => {
        await setup.engine.claimEpoch()
        const outcome = await setup.engine.write({ epoch }, (tx) => tx.putEmails([anEmail('a')]))
        expect(outcome).toEqual({ kind: 'deposed' })
        expect(await setup.views.emails([eid('a')])).toEqual([undefined])
      })

      it('refuses a write whose token has moved', async () => {
        await write(async (tx) => {
          await tx.putEmails([])
          tx.setState('Email', state('s1'))
        })
        const late = { epoch, states: { Email: undefined } }
        expect((await setup.engine.write(late, (tx) => tx.putEmails([anEmail('a')]))).kind).toBe('conflict')
        const current = { epoch, states: { Email: state('s1') } }
        expect((await setup.engine.write(current, (tx) => tx.putEmails([anEmail('a')]))).kind).toBe('applied')
        expect(await setup.engine.state('Email')).toBe('s1')
      })

      it('takes everything back when the body gives up or throws', async () => {
        await write((tx) => tx.putEmails([anEmail('a', { subject: 'kept' })]))
        const half = async (tx: WriteTx): Promise<void> => {
          await tx.putEmails([anEmail('a', { subject: 'lost' }), anEmail('b')])
          await tx.destroyEmails([eid('a')])
          tx.setState('Email', state('lost'))
        }
        const givenUp = await setup.engine.write({ epoch }, async (tx) => {
          await half(tx)
          tx.conflict()
        })
        expect(givenUp.kind).toBe('conflict')
        const thrown = setup.engine.write({ epoch }, async (tx) => {
          await half(tx)
          throw new Error('the body')
        })
        await expect(thrown).rejects.toThrow('the body')
        expect((await setup.views.emails([eid('a')]))[0]?.subject).toBe('kept')
        expect(await setup.views.emails([eid('b')])).toEqual([undefined])
        expect(await setup.engine.state('Email')).toBeUndefined()
      })

      it('forgets a token and keeps the time of the last pull', async () => {
        await write(async (tx) => {
          tx.setState('Mailbox', state('m1'))
          tx.setSyncedAt(1234)
          expect(await tx.state('Mailbox')).toBe('m1')
          tx.clearState('Mailbox')
        })
        expect(await setup.engine.state('Mailbox')).toBeUndefined()
        expect(await setup.views.syncedAt()).toBe(1234)
      })
    })

    describe('lists', () => {
      const hundred = Array.from({ length: 100 }, (_, index) => anEmail(`e${index}`, { receivedAt: minute(index) }))

      it('has no list before coverage is claimed, and knows the total', async () => {
        await write(async (tx) => {
          await tx.putMailboxes([aMailbox(INBOX, { totalThreads: 300 })])
          await tx.putEmails(hundred)
        })
        const window = await setup.views.listWindow(inbox, 0, 50)
        expect(window).toEqual({ rows: [], from: 0, covered: 0, total: 300, isComplete: false, after: undefined })
        expect(await setup.views.islands(inbox, 2)).toMatchObject([{ emailId: 'e99' }, { emailId: 'e98' }])
      })

      it('shows what is strictly later than the horizon, and the rest as islands', async () => {
        await write(async (tx) => {
          await tx.putMailboxes([aMailbox(INBOX, { totalThreads: 300 })])
          await tx.putEmails(hundred)
          await tx.setHorizon({ scope: '*', after: minute(90) })
        })
        const window = await setup.views.listWindow(inbox, 7, 50)
        expect(window).toMatchObject({ from: 7, covered: 9, total: 300, isComplete: false })
        expect(window.rows.map((row) => row.emailId)).toEqual(['e92', 'e91'])
        expect((await setup.views.islands(inbox, 1))[0]?.emailId).toBe('e90')
        expect(await setup.views.positionOf(inbox, tid('t-e92'))).toBe(7)
        expect(await setup.views.positionOf(inbox, tid('t-e90'))).toBeUndefined()
      })

      it('takes the lower of two horizons, and minus infinity as everything', async () => {
        await write(async (tx) => {
          await tx.putEmails(hundred)
          await tx.setHorizon({ scope: '*', after: minute(90) })
          await tx.setHorizon({ scope: INBOX, after: minute(50) })
        })
        expect((await setup.views.listWindow(inbox, 0, 5)).covered).toBe(49)
        await write((tx) => tx.setHorizon({ scope: INBOX, after: null }))
        expect(await setup.views.listWindow(inbox, 98, 5)).toMatchObject({ covered: 100, total: 100, isComplete: true })
        expect(await rowIds(98)).toEqual(['e1', 'e0'])
        expect(await setup.views.islands(inbox, 5)).toEqual([])
        await write((tx) => tx.clearHorizons())
        expect((await setup.views.listWindow(inbox, 0, 5)).covered).toBe(0)
      })

      it('has one row for a thread in each mailbox, with the newest message that lies there', async () => {
        const threadId = tid('t')
        await write(async (tx) => {
          await tx.putThreads([aThread('t', 'a', 'b', 'c', 'unknown')])
          await tx.putEmails([
            anEmail('a', { threadId, receivedAt: minute(1) }),
            anEmail('b', { threadId, receivedAt: minute(2), seen: false }),
            anEmail('c', { threadId, receivedAt: minute(3), in: [ARCHIVE] }),
          ])
          await tx.setHorizon({ scope: '*', after: null })
        })
        const [row, ...others] = (await setup.views.listWindow(inbox, 0, 10)).rows
        expect(others).toEqual([])
        expect(row).toMatchObject({ emailId: 'b', count: 4, subject: 'Subject of b' })
        expect(row?.messages.map((message) => message.id)).toEqual(['a', 'b', 'c'])
        await write((tx) => tx.patchEmail(eid('b'), { keywords: {}, mailboxIds: {} }))
        expect(await rowIds()).toEqual(['a'])
        expect(await setup.views.thread(threadId)).toMatchObject({ missing: ['unknown'], emails: [{}, {}, {}] })
      })

      it('keeps lists true when writes of one transaction are under way together', async () => {
        const threadId = tid('t')
        await write((tx) => tx.putEmails(hundred.slice(0, 4).map((email) => ({ ...email, threadId }))))
        const patch = { keywords: {}, mailboxIds: { [INBOX]: true } as const }
        await write(async (tx) => {
          await Promise.all([
            ...['e0', 'e1', 'e2'].map((id) => tx.patchEmail(eid(id), patch)),
            tx.patchEmail(eid('e3'), { ...patch, threadId: tid('u') }),
            tx.patchEmail(eid('e3'), { ...patch, threadId: tid('v') }),
          ])
          await tx.setHorizon({ scope: '*', after: null })
        })
        const { rows } = await setup.views.listWindow(inbox, 0, 10)
        expect(rows.map((row) => [row.threadId, row.messages.length])).toEqual([
          ['v', 1],
          ['t', 3],
        ])
        expect(rows.flatMap((row) => row.messages).every((message) => !('$seen' in message.keywords))).toBe(true)
      })

      it('gives rows for the representatives of a window, in their order, and none for one that left', async () => {
        await write((tx) => tx.putEmails(hundred))
        await write((tx) => tx.patchEmail(eid('e3'), { keywords: {}, mailboxIds: {} }))
        const rows = await setup.views.rows(inbox, ['e5', 'e3', 'nobody', 'e4'].map(eid))
        expect(rows.map((row) => row?.emailId)).toEqual(['e5', undefined, undefined, 'e4'])
      })

      it('says which lists changed', async () => {
        await write((tx) => tx.putEmails([anEmail('a', { in: [INBOX, ARCHIVE] })]))
        const notice = await heard()
        expect(notice).toMatchObject({ emailIds: ['a'], threadIds: ['t-a'] })
        expect(new Set(notice.lists)).toEqual(new Set([INBOX, ARCHIVE]))
        await write((tx) => tx.patchEmail(eid('a'), { keywords: {}, mailboxIds: { [ARCHIVE]: true } }))
        expect(new Set((await heard()).lists)).toEqual(new Set([INBOX, ARCHIVE]))
      })
    })

    describe('the dead', () => {
      it('leaves a tombstone that no later answer overwrites, until the id is created again', async () => {
        await write(async (tx) => {
          await tx.putEmails([anEmail('a')])
          await tx.putBodies([aBody('a')])
        })
        await write((tx) => tx.destroyEmails([eid('a'), eid('never-seen')]))
        await write((tx) => tx.putEmails([anEmail('a'), anEmail('never-seen'), anEmail('b')]))
        expect(await setup.views.emails(['a', 'never-seen', 'b'].map(eid))).toMatchObject([undefined, undefined, {}])
        expect(await setup.views.body(eid('a'))).toBeUndefined()
        await write(async (tx) => {
          await tx.reviveEmails([eid('a')])
          await tx.putEmails([anEmail('a')])
        })
        expect(await setup.views.emails([eid('a')])).toMatchObject([{ id: 'a' }])
      })

      it.each(['before', 'after'])('moves what named a merged id, told %s its death', async (order) => {
        await write(async (tx) => {
          await tx.putEmails([anEmail('dead', { seen: false })])
          await tx.putBodies([aBody('dead', 'the text')])
        })
        await setup.views.appendMutation(setSeen(true, 'dead'))
        notices.length = 0
        await write(async (tx) => {
          expect(await tx.emailIdsByBlobId('blob-dead')).toEqual(['dead'])
          if (order === 'before') await tx.rekeyEmail(eid('dead'), eid('alive'))
          await tx.destroyEmails([eid('dead')])
          if (order === 'after') await tx.rekeyEmail(eid('dead'), eid('alive'))
          await tx.putEmails([{ ...anEmail('dead', { seen: false }), id: eid('alive'), threadId: tid('merged') }])
          await tx.setHorizon({ scope: '*', after: null })
        })
        expect((await setup.views.body(eid('alive')))?.bodyValues['1']?.value).toBe('the text')
        expect(await setup.views.body(eid('dead'))).toBeUndefined()
        expect((await setup.views.outbox())[0]?.mutation).toMatchObject({ emailIds: ['alive'] })
        const [row] = (await setup.views.listWindow(inbox, 0, 10)).rows
        expect(row?.messages).toMatchObject([{ id: 'alive', keywords: { $seen: true } }])
        expect((await heard()).rekeyed).toEqual([['dead', 'alive']])
      })
    })

    describe('actions', () => {
      beforeEach(() =>
        write(async (tx) => {
          await tx.putMailboxes([
            aMailbox(INBOX, { unreadEmails: 2, unreadThreads: 1 }),
            aMailbox(ARCHIVE, { unreadThreads: 1 }),
          ])
          const threadId = tid('t')
          await tx.putEmails([
            anEmail('a', { threadId, seen: false }),
            anEmail('b', { threadId, seen: false, receivedAt: minute(1) }),
            anEmail('c', { threadId, in: [ARCHIVE] }),
          ])
          await tx.setHorizon({ scope: '*', after: null })
        }),
      )

      it('shows an intent in rows, Emails, threads and counts, and leaves the base as it is', async () => {
        notices.length = 0
        const row = await setup.views.appendMutation(setSeen(true, 'a'))
        expect(row).toMatchObject({ status: 'queued', attempts: 0, seq: 1 })
        expect(await heard()).toMatchObject({ outbox: true, mailboxes: true, emailIds: ['a'], threadIds: ['t'] })
        expect((await setup.views.emails([eid('a')]))[0]?.keywords).toEqual({ $seen: true })
        expect((await setup.views.thread(tid('t')))?.emails[0]?.id).toBe('c')
        expect(await setup.views.mailboxes()).toMatchObject([
          { id: ARCHIVE, unreadThreads: 1 },
          { id: INBOX, unreadEmails: 1, unreadThreads: 1 },
        ])
        await setup.views.appendMutation(setSeen(true, 'b'))
        expect(await setup.views.mailboxes()).toMatchObject([
          { id: ARCHIVE, unreadEmails: 0, unreadThreads: 0 },
          { id: INBOX, unreadEmails: 0, unreadThreads: 0 },
        ])
        const seen = (await setup.views.listWindow(inbox, 0, 1)).rows[0]?.messages.map((m) => '$seen' in m.keywords)
        expect(seen).toEqual([true, true, true])
        expect((await write((tx) => tx.email(eid('a'))))?.keywords).toEqual({})
      })

      it('keeps only the last word on the same thing, whole rows at a time', async () => {
        await setup.views.appendMutation(setSeen(true, 'a', 'b'))
        await setup.views.appendMutation(setSeen(false, 'a'))
        expect(await setup.views.outbox()).toHaveLength(2)
        const last = await setup.views.appendMutation(setSeen(false, 'b', 'a'))
        expect(await setup.views.outbox()).toEqual([last])
        expect((await setup.views.emails([eid('b')]))[0]?.keywords).toEqual({})
      })

      it('takes back what has not been sent, and nothing that has', async () => {
        const row = await setup.views.appendMutation(setSeen(true, 'a'))
        await write((tx) => tx.putOutbox({ ...row, status: 'sending', attempts: 1 }))
        expect(await setup.views.discardMutation(row.id)).toBe(false)
        await setup.views.appendMutation(setSeen(false, 'a'))
        expect(await setup.views.outbox()).toHaveLength(2)
        await write((tx) => tx.putOutbox({ ...row, status: 'failed', attempts: 1, lastError: 'forbidden' }))
        expect(await setup.views.discardMutation(row.id)).toBe(true)
        expect(await setup.views.discardMutation(row.id)).toBe(false)
        expect(await setup.views.outbox()).toHaveLength(1)
      })

      it('ends the overlay with the row, and tells the lists', async () => {
        const row = await setup.views.appendMutation(setSeen(true, 'a'))
        notices.length = 0
        await write((tx) => tx.deleteOutbox([row.id]))
        expect(await heard()).toMatchObject({ outbox: true, mailboxes: true, emailIds: ['a'] })
        expect((await setup.views.emails([eid('a')]))[0]?.keywords).toEqual({})
      })

      it('ends the overlay of a refused row, which stays, and tells the lists', async () => {
        const row = await setup.views.appendMutation(setSeen(true, 'a'))
        notices.length = 0
        await write((tx) => tx.putOutbox({ ...row, status: 'failed', attempts: 1, lastError: 'forbidden' }))
        expect(await heard()).toMatchObject({ outbox: true, mailboxes: true, emailIds: ['a'], lists: [INBOX, ARCHIVE] })
        expect((await setup.views.emails([eid('a')]))[0]?.keywords).toEqual({})
        expect(await setup.views.outbox()).toMatchObject([{ id: row.id, status: 'failed' }])
      })

      it('queues a refused row again, and no other', async () => {
        const row = await setup.views.appendMutation(setSeen(true, 'a'))
        expect(await setup.views.retryMutation(row.id)).toBe(false)
        await write((tx) => tx.putOutbox({ ...row, status: 'failed', attempts: 3, lastError: 'forbidden' }))
        notices.length = 0
        expect(await setup.views.retryMutation(row.id)).toBe(true)
        expect(await heard()).toMatchObject({ outbox: true, mailboxes: true, emailIds: ['a'] })
        expect(await setup.views.outbox()).toEqual([row])
        expect((await setup.views.emails([eid('a')]))[0]?.keywords).toEqual({ $seen: true })
        expect(await setup.views.retryMutation('none such')).toBe(false)
      })

      it('never gives a sequence number twice', async () => {
        const first = await setup.views.appendMutation(setSeen(true, 'a'))
        await setup.views.discardMutation(first.id)
        expect((await setup.views.appendMutation(setSeen(true, 'a'))).seq).toBeGreaterThan(first.seq)
      })
    })

    describe('account settings', () => {
      it('are as the engine keeps them, told of, and go with the sign-out', async () => {
        expect(await setup.views.settings()).toBeUndefined()
        const settings = { server: { readDelay: { value: 3, at: 5 } }, here: {}, place: 'server' } as const
        notices.length = 0
        await write((tx) => {
          tx.putSettings(settings)
          return Promise.resolve()
        })
        expect((await heard()).settings).toBe(true)
        expect(await setup.views.settings()).toEqual(settings)
        await setup.engine.wipe()
        expect(await setup.views.settings()).toBeUndefined()
      })
    })

    it('tells of identities by their own name: counts change with every action', async () => {
      await write((tx) => tx.putIdentities([]))
      expect(await heard()).toEqual({ identities: true })
    })

    describe('sign-out', () => {
      it('leaves nothing, deposes the leader, and tells', async () => {
        await write(async (tx) => {
          await tx.putMailboxes([aMailbox(INBOX)])
          await tx.putEmails([anEmail('a')])
          await tx.setHorizon({ scope: '*', after: null })
          tx.setState('Email', state('s'))
          tx.setSyncedAt(5)
        })
        await setup.views.appendMutation(setSeen(false, 'a'))
        notices.length = 0
        await setup.engine.wipe()
        expect((await heard()).all).toBe(true)
        expect(await setup.views.mailboxes()).toEqual([])
        expect(await setup.views.outbox()).toEqual([])
        expect(await setup.views.syncedAt()).toBeUndefined()
        expect(await setup.views.listWindow(inbox, 0, 5)).toMatchObject({ rows: [], covered: 0, total: undefined })
        expect((await setup.engine.write({ epoch }, (tx) => tx.putEmails([anEmail('b')]))).kind).toBe('deposed')
        expect(await setup.engine.claimEpoch()).toBe(epoch + 2)
      })
    })
  })
}

export function testClock(): TestClock {
  let now = Date.UTC(2026, 10, 25)
  return {
    now: () => now,
    monotonic: () => now,
    after: () => () => undefined,
    advance: (ms) => {
      now += ms
    },
  }
}
