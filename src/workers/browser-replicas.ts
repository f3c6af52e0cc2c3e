/** Replicas of this worker: databases for kept accounts, memory for private ones. */
import { databaseName } from '../replica/database-name.ts'
import { deleteDatabase, retryDeletions } from '../replica/idb/delete-database.ts'
import { IdbReplica } from '../replica/idb/idb-replica.ts'
import { systemClock } from '../platform/clock.ts'
import { consoleLogger } from '../platform/logger.ts'
import { systemRandom } from '../platform/random.ts'
import type { Replica } from '../replica/replica.ts'
import type { Replicas } from './host.ts'

const deps = { clock: systemClock, random: systemRandom, log: consoleLogger }

export function browserReplicas(): Replicas {
  const inMemory = new Map<string, Promise<Replica>>()
  return {
    openKept: (account) => IdbReplica.open(databaseName(account.login, account.accountId), deps),
    openPrivate: (account) => {
      const known = inMemory.get(account.key) ?? newInMemory()
      inMemory.set(account.key, known)
      return known
    },
    deleteKept: (account) => {
      void deleteDatabase(databaseName(account.login, account.accountId), consoleLogger)
    },
    retryDeletions: (isSignedOut) => {
      retryDeletions(isSignedOut, consoleLogger).catch((error: unknown) => {
        consoleLogger.info('deletions could not be retried', error)
      })
    },
  }
}

/** Most sign-ins are kept: the code for the others comes with the first of them. */
async function newInMemory(): Promise<Replica> {
  const { MemoryReplica } = await import('../replica/memory/memory-replica.ts')
  return new MemoryReplica(deps)
}
