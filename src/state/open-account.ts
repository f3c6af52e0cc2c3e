/** One account as views use it: its replica for reading, its port for asking. */
import type { ReplicaActions, ReplicaReads } from '../replica/replica.ts'
import type { AccountInfo, AccountPort } from '../sync/engine-port.ts'

export interface OpenAccount {
  readonly info: AccountInfo
  readonly replica: ReplicaReads & ReplicaActions
  readonly port: AccountPort
}
