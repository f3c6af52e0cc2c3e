/** The replica on the device. The caller has made sure that the login is not signed out. */
import { StoredReplica, type ReplicaDeps } from '../stored-replica.ts'
import { IdbStorage } from './idb-storage.ts'
import { openDatabase, type OpenOptions } from './open-database.ts'

export class IdbReplica extends StoredReplica {
  /** Rejects with a `ReplicaError` where the database cannot be used. */
  static async open(name: string, deps: ReplicaDeps & OpenOptions): Promise<IdbReplica> {
    return new IdbReplica(new IdbStorage(await openDatabase(name, deps)), deps)
  }
}
