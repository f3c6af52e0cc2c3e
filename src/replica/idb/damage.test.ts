/** Databases that were damaged, or cannot be opened: what can be fetched again goes, what only the reader has stays. */
import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { answer } from '../../platform/indexed-db.ts'
import { databaseName } from '../database-name.ts'
import { testClock } from '../replica.contract.ts'
import { countingRandom } from '../testing/counting-random.ts'
import { aBody, anEmail, aThread, eid, INBOX, setSeen, tid } from '../testing/rows.ts'
import type { ChangeNotice } from '../replica.ts'
import type { StoreName } from '../storage/schema.ts'
import { IdbReplica } from './idb-replica.ts'
import { MIGRATIONS } from './migrations/migrations.ts'
import { openDatabase } from './open-database.ts'

let opened = 0
const freshName = (): string => databaseName('damaged', `account-${++opened}`)
const open = (name: string, clock = testClock()): Promise<IdbReplica> =>
  IdbReplica.open(name, { clock, random: countingRandom() })

/** Writes past the replica, as a bad disk does. */
async function damage(name: string, store: StoreName, change: (value: object) => object): Promise<void> {
  const database = await openDatabase(name)
  const tx = database.transaction(store, 'readwrite')
  const rows = tx.objectStore(store)
  const [keys, values] = await Promise.all([answer(rows.getAllKeys()), answer(rows.getAll())])
  values.forEach((value, index) => {
    rows.put(change(value as object), rows.keyPath === null ? keys[index] : undefined)
  })
  await new Promise((resolve) => tx.addEventListener('complete', resolve))
  database.close()
}

async function filled(name: string): Promise<{ replica: IdbReplica; epoch: number; notices: ChangeNotice[] }> {
  const replica = await open(name)
  const epoch = await replica.claimEpoch()
  await replica.write({ epoch }, async (tx) => {
    await tx.putEmails([anEmail('a')])
    await tx.putThreads([aThread('t-a', 'a')])
    await tx.putBodies([aBody('a')])
    await tx.setHorizon({ scope: '*', after: null })
    tx.setState('Email', 's' as never)
    tx.setSyncedAt(1)
  })
  await replica.appendMutation(setSeen(false, 'a'))
  const notices: ChangeNotice[] = []
  replica.subscribe((notice) => notices.push(notice))
  return { replica, epoch, notices }
}

const unreadable = (value: object): object => ({ ...value, _: new TextEncoder().encode('{"half').buffer })

describe('a row that cannot be read', () => {
  it.each(['entries', 'emails'] as const)(
    'among %s: all rows go, the outbox stays, and the engine is to begin anew',
    async (store) => {
      const name = freshName()
      const { replica, epoch, notices } = await filled(name)
      await damage(name, store, unreadable)
      const query = { mailboxId: INBOX }
      if (store === 'entries') expect((await replica.listWindow(query, 0, 10)).rows).toEqual([])
      else expect(await replica.thread(tid('t-a'))).toBeUndefined()
      expect(notices).toEqual([{ all: true }])
      expect(await replica.state('Email')).toBeUndefined()
      expect(await replica.syncedAt()).toBeUndefined()
      expect((await replica.outbox()).map(({ mutation }) => mutation)).toEqual([setSeen(false, 'a')])
      expect((await replica.write({ epoch }, () => Promise.resolve())).kind).toBe('deposed')
      // The rows come back, and what belongs to them is still here.
      const next = await replica.claimEpoch()
      await replica.write({ epoch: next }, (tx) => tx.putEmails([anEmail('a')]))
      expect(await replica.body(eid('a'))).toEqual(aBody('a'))
      replica.close()
    },
  )

  it('met by several reads at once is mended once', async () => {
    const name = freshName()
    const { replica, epoch, notices } = await filled(name)
    await damage(name, 'emails', unreadable)
    const reads = await Promise.all([
      replica.emails([eid('a')]),
      replica.thread(tid('t-a')),
      replica.emails([eid('a')]),
    ])
    expect(reads).toEqual([[undefined], undefined, [undefined]])
    expect(notices).toContainEqual({ all: true })
    expect(await replica.claimEpoch()).toBe(epoch + 2)
    replica.close()
  })

  it('that comes back damaged is an error, not a loop', async () => {
    const name = freshName()
    const { replica } = await filled(name)
    await damage(name, 'emails', unreadable)
    expect(await replica.emails([eid('a')])).toEqual([undefined])
    const epoch = await replica.claimEpoch()
    await replica.write({ epoch }, (tx) => tx.putEmails([anEmail('a')]))
    await damage(name, 'emails', unreadable)
    await expect(replica.emails([eid('a')])).rejects.toMatchObject({ name: 'ReplicaError', kind: 'corrupt' })
    replica.close()
  })

  it('in a body: it is as if it had been given up', async () => {
    const name = freshName()
    const { replica } = await filled(name)
    await damage(name, 'bodies', unreadable)
    expect(await replica.body(eid('a'))).toBeUndefined()
    expect([...(await replica.bodiesPresent([eid('a')]))]).toEqual([])
    expect(await replica.emails([eid('a')])).toHaveLength(1)
    replica.close()
  })
})

/** As a build of the first schema has it open, in a tab that does not listen. */
function openOld(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => {
    for (const migrate of MIGRATIONS.slice(0, 1)) if (request.transaction) migrate(request.result, request.transaction)
  }
  return answer(request)
}

/** With what it waits for in hand. */
function openSlowly(name: string): { opening: Promise<IdbReplica>; waits: { ms: number; end: () => void }[] } {
  const waits: { ms: number; end: () => void }[] = []
  const after = (ms: number, end: () => void): (() => void) => {
    waits.push({ ms, end })
    return () => undefined
  }
  return { opening: open(name, { ...testClock(), after }), waits }
}

describe('an upgrade', () => {
  it('that is held up for a moment goes through, and stays', async () => {
    const name = freshName()
    const slow = await openOld(name)
    const { opening, waits } = openSlowly(name)
    await expect.poll(() => waits.map(({ ms }) => ms)).toEqual([5000])
    slow.close()
    const replica = await opening
    waits[0]?.end()
    await new Promise((resolve) => setTimeout(resolve))
    expect(await replica.claimEpoch()).toBe(1)
    replica.close()
  })

  it('that a stopped tab holds up is given up after five seconds, and is in nobody’s way later', async () => {
    const name = freshName()
    const stopped = await openOld(name)
    const { opening, waits } = openSlowly(name)
    await expect.poll(() => waits.map(({ ms }) => ms)).toEqual([5000])
    waits[0]?.end()
    await expect(opening).rejects.toMatchObject({ name: 'ReplicaError', kind: 'storage' })
    stopped.close()
    // Nothing is held open by the one that was given up.
    const later = await open(name)
    expect(await later.claimEpoch()).toBe(1)
    later.close()
  })
})
