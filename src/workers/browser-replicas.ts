/** The databases of kept accounts. */
import { databaseName } from '../replica/database-name.ts'
import { IdbReplica } from '../replica/idb/idb-replica.ts'
import { systemClock } from '../platform/clock.ts'
import { consoleLogger } from '../platform/logger.ts'
import { systemRandom } from '../platform/random.ts'
import type { Replicas } from './host-deps.ts'

const deps = { clock: systemClock, random: systemRandom, log: consoleLogger }

export function browserReplicas(): Replicas {
  return {
    open: async (account, events) => {
      try {
        return await IdbReplica.open(databaseName(account.login, account.accountId), { ...deps, ...events })
      } catch (error) {
        events?.onClosed()
        throw error
      }
    },
    delete: (account) => {
      tidy(({ deleteDatabase }) => deleteDatabase(databaseName(account.login, account.accountId), consoleLogger))
    },
    retryDeletions: (isSignedOut) => {
      tidy(({ retryDeletions }) => retryDeletions(isSignedOut, consoleLogger))
    },
  }
}

/** Fetched after a sign-out only. If it does not come, the next start tries again. */
function tidy(work: (code: typeof import('../replica/idb/delete-database.ts')) => Promise<unknown>): void {
  import('../replica/idb/delete-database.ts').then(work).catch((error: unknown) => {
    consoleLogger.info('databases could not be deleted', error)
  })
}
