/** A full disk, by a storage that takes no more than so many bodies. */
import { describe, expect, it } from 'vitest'
import type { BlobId } from '../../jmap/types.ts'
import { MemoryStorage } from '../memory/memory-storage.ts'
import { testClock } from '../replica.contract.ts'
import { ReplicaError } from '../replica-error.ts'
import { StoredReplica } from '../stored-replica.ts'
import type { StoreName } from '../storage/schema.ts'
import type { Storage, StorageTx, TransactionOptions } from '../storage/storage.ts'
import { countingRandom } from '../testing/counting-random.ts'
import { aBody, anEmail, eid, setSeen } from '../testing/rows.ts'
import { putFile } from './kept-files.ts'

/** Each write fails while more bodies and files lie here than it has room for. */
class FullStorage implements Storage {
  readonly #inner = new MemoryStorage()
  room = Infinity
  failures = 0
  /** How often a replica said that nothing is left to give. */
  timesFull = 0

  async transaction<T>(
    stores: readonly StoreName[],
    options: TransactionOptions,
    body: (tx: StorageTx) => Promise<T>,
  ): Promise<T> {
    const all = [...new Set([...stores, 'bodies', 'files'] as StoreName[])]
    return this.#inner.transaction(all, options, async (tx) => {
      const before = await this.#count(tx)
      const result = await body(tx)
      const after = await this.#count(tx)
      // As browsers have it: what only makes room is let through.
      if (options.mode === 'readonly' || after <= this.room || after < before) return result
      this.failures += 1
      throw new ReplicaError('quota')
    })
  }

  async #count(tx: StorageTx): Promise<number> {
    return (await tx.count('bodies')) + (await tx.count('files'))
  }

  close(): void {
    this.#inner.close()
  }
}

async function filled(): Promise<{ storage: FullStorage; replica: StoredReplica; epoch: number }> {
  const storage = new FullStorage()
  const onFull = (): void => void (storage.timesFull += 1)
  const replica = new StoredReplica(storage, { clock: testClock(), random: countingRandom(), onFull })
  const epoch = await replica.claimEpoch()
  await replica.write({ epoch }, async (tx) => {
    await tx.putEmails([
      anEmail('new', { receivedAt: '2026-10-03T00:00:00Z' }),
      anEmail('old', { receivedAt: '2026-10-01T00:00:00Z' }),
      anEmail('draft', { receivedAt: '2026-09-01T00:00:00Z', keywords: { $draft: true } }),
      anEmail('waiting', { receivedAt: '2026-09-01T00:00:00Z' }),
    ])
    // Big enough that one go gives up one.
    await tx.putBodies(['new', 'old', 'draft', 'waiting'].map((id) => aBody(id)))
    for (const id of ['new', 'old', 'draft', 'waiting']) {
      tx.kept.put('bodyUses', { id: eid(id), lastUsed: 1, bytes: 20_000_000 })
    }
    putFile(
      tx.kept,
      { blobId: 'f' as BlobId, emailId: eid('new'), lastUsed: 9, bytes: 20_000_000, isInline: false },
      new ArrayBuffer(8),
    )
  })
  await replica.appendMutation(setSeen(true, 'waiting'))
  return { storage, replica, epoch }
}

const bodies = async (replica: StoredReplica): Promise<string[]> => [
  ...(await replica.bodiesPresent(['new', 'old', 'draft', 'waiting'].map(eid))),
]

describe('a full disk', () => {
  it('gives up files, then the letters of the oldest, and the write is done', async () => {
    const { storage, replica, epoch } = await filled()
    storage.room = 4
    await replica.write({ epoch }, (tx) => tx.putEmails([anEmail('next')]))
    expect(await bodies(replica)).toEqual(['new', 'old', 'draft', 'waiting'])
    storage.room = 3
    const outcome = await replica.write({ epoch }, (tx) => tx.putEmails([anEmail('later')]))
    expect(outcome.kind).toBe('applied')
    expect(await bodies(replica)).toEqual(['new', 'draft', 'waiting'])
    expect(await replica.emails([eid('next'), eid('later')])).not.toContain(undefined)
    expect(storage.failures).toBe(2)
  })

  it('gives up an opened letter after all that nobody opened', async () => {
    const { storage, replica, epoch } = await filled()
    await replica.write({ epoch }, (tx) => {
      tx.kept.put('bodyUses', { id: eid('old'), lastUsed: 2, bytes: 20_000_000, isOpened: true })
      return Promise.resolve()
    })
    storage.room = 3
    await replica.appendMutation(setSeen(false, 'new'))
    expect(await bodies(replica)).toEqual(['old', 'draft', 'waiting'])
    storage.room = 2
    await replica.appendMutation(setSeen(false, 'new'))
    expect(await bodies(replica)).toEqual(['draft', 'waiting'])
  })

  it('keeps the action of a reader, drafts and what waits, and then says what is the matter, once', async () => {
    const { storage, replica, epoch } = await filled()
    storage.room = 2
    const row = await replica.appendMutation(setSeen(true, 'new'))
    expect((await replica.outbox()).map(({ id }) => id)).toContain(row.id)
    storage.room = 0
    const before = storage.failures
    expect(storage.timesFull).toBe(0)
    await expect(replica.write({ epoch }, (tx) => tx.putEmails([anEmail('x')]))).rejects.toMatchObject({
      name: 'ReplicaError',
      kind: 'quota',
    })
    expect(storage.timesFull).toBe(1)
    expect(storage.failures - before).toBeLessThanOrEqual(3)
    expect(await replica.outbox()).toHaveLength(2)
    expect(await bodies(replica)).toEqual(expect.arrayContaining(['draft', 'waiting']))
  })
})
