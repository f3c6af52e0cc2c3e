/** A replica that ends with its process: private mode, and tests. */
import { StoredReplica, type ReplicaDeps } from '../stored-replica.ts'
import { MemoryStorage } from './memory-storage.ts'

export class MemoryReplica extends StoredReplica {
  constructor(deps: ReplicaDeps) {
    super(new MemoryStorage(), deps)
  }
}
