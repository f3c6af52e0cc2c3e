import { expect, it, vi } from 'vitest'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import { MemoryStorage } from './memory/memory-storage.ts'
import type { Storage } from './storage/storage.ts'
import { StoredReplica } from './stored-replica.ts'
import { countingRandom } from './testing/counting-random.ts'
import { eid, setSeen } from './testing/rows.ts'

it('a read that fails before it asks what is queued leaves no rejection behind', async () => {
  const deps = { clock: new ManualClock(), random: countingRandom() }
  const storage = new MemoryStorage()
  await new StoredReplica(storage, deps).appendMutation(setSeen(true, 'a'))
  const broken: Storage = {
    transaction: (stores, options, body) =>
      storage.transaction(stores, options, (tx) =>
        body({
          ...tx,
          get: () => {
            throw new Error('the tab is going')
          },
        }),
      ),
    close: () => undefined,
  }
  const unheard = vi.fn()
  process.on('unhandledRejection', unheard)
  await expect(new StoredReplica(broken, deps).emails([eid('a')])).rejects.toThrow('the tab is going')
  await new Promise((resolve) => setTimeout(resolve))
  process.off('unhandledRejection', unheard)
  expect(unheard).not.toHaveBeenCalled()
})
