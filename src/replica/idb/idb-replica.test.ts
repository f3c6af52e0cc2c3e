import 'fake-indexeddb/auto'
import { describe, expect, it, vi } from 'vitest'
import type { BlobId } from '../../jmap/types.ts'
import { silentLogger } from '../../platform/logger.ts'
import { databaseName } from '../database-name.ts'
import { replicaContract, testClock, type TestClock } from '../replica.contract.ts'
import { countingRandom } from '../testing/counting-random.ts'
import { entriesProperty } from '../testing/entries-property.ts'
import { anEmail, minute, setSeen } from '../testing/rows.ts'
import { keptContract } from '../kept/kept.contract.ts'
import { putFile } from '../kept/kept-files.ts'
import { STORES } from '../storage/schema.ts'
import { retryDeletions } from './delete-database.ts'
import { IdbReplica } from './idb-replica.ts'
import { MIGRATIONS } from './migrations/migrations.ts'
import { openDatabase, type OpenOptions } from './open-database.ts'

let opened = 0
const freshName = (): string => databaseName('login', `account-${++opened}`)
const open = (name: string, options: OpenOptions = {}, clock: TestClock = testClock()): Promise<IdbReplica> =>
  IdbReplica.open(name, { clock, random: countingRandom(), ...options })

replicaContract('IdbReplica', async (clock) => {
  const replica = await open(freshName(), {}, clock)
  return { engine: replica, views: replica, close: () => replica.close() }
})

keptContract('IdbReplica', (clock) => open(freshName(), {}, clock))

entriesProperty('IdbReplica', (clock) => open(freshName(), {}, clock), 25)

describe('IdbReplica on the device', () => {
  it.each([
    ['new', undefined],
    ['migrated', MIGRATIONS],
  ] as const)('has the stores and indexes that the code asks for, %s', async (_, migrations) => {
    const name = freshName()
    ;(await openDatabase(name, {}, migrations)).close()
    const database = await openDatabase(name)
    expect(database.version).toBe(MIGRATIONS.length)
    expect([...database.objectStoreNames].sort()).toEqual(Object.keys(STORES).sort())
    const transaction = database.transaction([...database.objectStoreNames])
    for (const [store, definition] of Object.entries(STORES)) {
      const { keyPath, autoIncrement, indexNames } = transaction.objectStore(store)
      expect([store, keyPath, autoIncrement]).toEqual([
        store,
        definition.keyPath ?? null,
        definition.autoIncrement ?? false,
      ])
      expect([...indexNames].sort()).toEqual([...(definition.indexes ?? [])].sort())
    }
    database.close()
  })

  it('finds its rows again', async () => {
    const name = freshName()
    const first = await open(name)
    await first.write({ epoch: await first.claimEpoch() }, (tx) => tx.putEmails([anEmail('a')]))
    first.close()
    const second = await open(name)
    expect(await second.emails([anEmail('a').id])).toEqual([anEmail('a')])
    expect(await second.claimEpoch()).toBe(2)
    second.close()
  })

  it('gives way to a newer build, and refuses a newer schema by name', async () => {
    const name = freshName()
    const onClosed = vi.fn()
    const old = await open(name, { onClosed })
    const newer = await openDatabase(name, {}, [...MIGRATIONS, () => undefined])
    expect(onClosed).toHaveBeenCalledOnce()
    await expect(old.mailboxes()).rejects.toMatchObject({ name: 'ReplicaError', kind: 'closed' })
    await expect(open(name)).rejects.toMatchObject({ name: 'ReplicaError', kind: 'newer' })
    newer.close()
  })

  it('runs only the migrations that a database has not seen', async () => {
    const name = freshName()
    const runs: string[] = []
    const first = await openDatabase(name, {}, [() => runs.push('1')])
    first.close()
    const second = await openDatabase(name, {}, [() => runs.push('1'), () => runs.push('2')])
    second.close()
    expect(runs).toEqual(['1', '2'])
  })

  it('asks anew for rows of before the headers that say where a message was sent to, and keeps what the user did', async () => {
    const name = freshName()
    const { sentTo: _, ...before } = anEmail('a')
    const old = await openDatabase(name, {}, MIGRATIONS.slice(0, 1))
    const writes = old.transaction(['emails', 'states', 'bodies', 'bodyUses', 'outbox', 'meta'], 'readwrite')
    writes.objectStore('emails').put(before)
    writes.objectStore('states').put({ type: 'Email', state: 's' })
    writes.objectStore('bodies').put({ id: 'a' })
    writes.objectStore('bodyUses').put({ id: 'a', lastUsed: 1, bytes: 1 })
    writes
      .objectStore('outbox')
      .put({ id: 'u', mutation: setSeen(true, 'a'), createdAt: 1, status: 'queued', attempts: 0 })
    writes.objectStore('meta').put({ name: 'epoch', value: 7 })
    writes.objectStore('meta').put({ name: 'syncedAt', value: 7 })
    await new Promise((resolve) => writes.addEventListener('complete', resolve))
    old.close()
    const replica = await open(name)
    expect(await replica.emails([anEmail('a').id])).toEqual([undefined])
    expect(await replica.state('Email')).toBeUndefined()
    expect(await replica.syncedAt()).toBeUndefined()
    expect([...(await replica.bodiesPresent([anEmail('a').id]))]).toEqual([])
    expect((await replica.outbox()).map(({ id }) => id)).toEqual(['u'])
    expect(await replica.claimEpoch()).toBe(8)
    replica.close()
  })

  it('gives rows of before their date, and keeps what is here', async () => {
    const name = freshName()
    const old = await openDatabase(name, {}, MIGRATIONS.slice(0, 2))
    const writes = old.transaction(['emails', 'bodies', 'bodyUses', 'states', 'meta'], 'readwrite')
    for (const id of ['a', 'b']) {
      writes.objectStore('emails').put(anEmail(id, { receivedAt: minute(id === 'a' ? 9 : 1) }))
    }
    writes.objectStore('bodies').put({ id: 'a' })
    writes.objectStore('bodyUses').put({ id: 'a', lastUsed: 1, bytes: 1 })
    writes.objectStore('states').put({ type: 'Email', state: 's' })
    writes.objectStore('meta').put({ name: 'epoch', value: 7 })
    await new Promise((resolve) => writes.addEventListener('complete', resolve))
    old.close()
    const replica = await open(name)
    expect(await replica.state('Email')).toBe('s')
    expect([...(await replica.bodiesPresent([anEmail('a').id]))]).toEqual(['a'])
    expect(await replica.read(['emails'], (tx) => tx.keysWithin('emails', 'receivedAt', {}))).toEqual(['b', 'a'])
    const data = new TextEncoder().encode('bytes').buffer
    const use = { blobId: 'f' as BlobId, lastUsed: 1, bytes: 5, isInline: false }
    await replica.write({ epoch: await replica.claimEpoch() }, (tx) => {
      putFile(tx.kept, use, data)
      return Promise.resolve()
    })
    const file = await replica.read(['files'], (tx) => tx.get('files', use.blobId))
    expect(new TextDecoder().decode(file?.data)).toBe('bytes')
    replica.close()
  })

  it('fails the whole transaction when one row cannot be stored', async () => {
    const replica = await open(freshName())
    const epoch = await replica.claimEpoch()
    const broken = { ...anEmail('b'), subject: 7n as unknown as string }
    await expect(replica.write({ epoch }, (tx) => tx.putEmails([anEmail('a'), broken]))).rejects.toThrow()
    expect(await replica.emails([anEmail('a').id])).toEqual([undefined])
    replica.close()
  })

  it('deletes at the next start what a sign-out could not, and nothing else', async () => {
    const gone = databaseName('gone', 'b')
    const kept = databaseName('kept', 'b')
    for (const name of [gone, kept]) (await openDatabase(name)).close()
    expect(await retryDeletions((login) => login === 'gone', silentLogger)).toEqual([gone])
    const names = async (): Promise<unknown[]> => (await indexedDB.databases()).map(({ name }) => name)
    await expect.poll(names).not.toContain(gone)
    expect(await names()).toContain(kept)
  })
})
