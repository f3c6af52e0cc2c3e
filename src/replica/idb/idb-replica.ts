/** The replica on the device. The caller has made sure that the login is not signed out. */
import { sleep } from '../../platform/clock.ts'
import { ReplicaError } from '../replica-error.ts'
import { StoredReplica, type ReplicaDeps } from '../stored-replica.ts'
import { IdbStorage } from './idb-storage.ts'
import { openDatabase, type OpenOptions } from './open-database.ts'

/** A tab of an older build lets go at once, unless it is stopped. */
const BLOCKED_MS = 5_000

export class IdbReplica extends StoredReplica {
  /** Rejects with a `ReplicaError` where the database cannot be used. */
  static async open(name: string, deps: ReplicaDeps & OpenOptions): Promise<IdbReplica> {
    const onBlocked = async (): Promise<never> => {
      await sleep(deps.clock, BLOCKED_MS)
      throw new ReplicaError('storage')
    }
    return new IdbReplica(new IdbStorage(await openDatabase(name, { onBlocked, ...deps })), deps)
  }
}
