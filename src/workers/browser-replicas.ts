/** The databases of kept accounts. */
import { databaseName } from '../replica/database-name.ts'
import { deleteDatabase, retryDeletions } from '../replica/idb/delete-database.ts'
import { IdbReplica } from '../replica/idb/idb-replica.ts'
import { systemClock } from '../platform/clock.ts'
import { consoleLogger } from '../platform/logger.ts'
import { systemRandom } from '../platform/random.ts'
import type { Replicas } from './host-deps.ts'

const deps = { clock: systemClock, random: systemRandom, log: consoleLogger }

export function browserReplicas(): Replicas {
  return {
    open: (account) => IdbReplica.open(databaseName(account.login, account.accountId), deps),
    delete: (account) => {
      void deleteDatabase(databaseName(account.login, account.accountId), consoleLogger)
    },
    retryDeletions: (isSignedOut) => {
      retryDeletions(isSignedOut, consoleLogger).catch((error: unknown) => {
        consoleLogger.info('deletions could not be retried', error)
      })
    },
  }
}
