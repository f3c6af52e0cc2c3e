import { keptContract } from '../kept/kept.contract.ts'
import { replicaContract } from '../replica.contract.ts'
import { entriesProperty } from '../testing/entries-property.ts'
import { countingRandom } from '../testing/counting-random.ts'
import { MemoryReplica } from './memory-replica.ts'

replicaContract('MemoryReplica', (clock) => {
  const replica = new MemoryReplica({ clock, random: countingRandom() })
  return Promise.resolve({ engine: replica, views: replica, close: () => replica.close() })
})

keptContract('MemoryReplica', (clock) => Promise.resolve(new MemoryReplica({ clock, random: countingRandom() })))

entriesProperty(
  'MemoryReplica',
  (clock) => Promise.resolve(new MemoryReplica({ clock, random: countingRandom() })),
  150,
)
