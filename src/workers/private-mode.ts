/** Sign-ins that keep nothing on this device. Most are kept: this code is fetched with the first that is not. */
import { MemoryCredentialStore } from '../auth/memory-credential-store.ts'
import type { CredentialStore } from '../auth/credential-store.ts'
import { lockSlots } from '../jmap/lock-slots.ts'
import type { RequestSlots } from '../jmap/request-slots.ts'
import type { Clock } from '../platform/clock.ts'
import type { Locks } from '../platform/locks.ts'
import type { Logger } from '../platform/logger.ts'
import type { Random } from '../platform/random.ts'
import { MemoryReplica } from '../replica/memory/memory-replica.ts'
import { serveReplica, type PortLike } from '../replica/remote.ts'
import type { Replica } from '../replica/replica.ts'
import type { AccountInfo, LoginId } from '../sync/engine-port.ts'

export interface PrivateModeDeps {
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly locks: Locks | undefined
}

/** What lives in one worker's memory, for all its private sign-ins. */
export class PrivateMode {
  readonly #deps: PrivateModeDeps
  readonly #replicas = new Map<string, Replica>()
  readonly store: CredentialStore = new MemoryCredentialStore()

  constructor(deps: PrivateModeDeps) {
    this.#deps = deps
  }

  /** The account's rows: the same ones for as long as the worker lives. */
  replica({ key }: AccountInfo): Replica {
    const replica = this.#replicas.get(key) ?? new MemoryReplica(this.#deps)
    this.#replicas.set(key, replica)
    return replica
  }

  /** Each private tab asks for itself; together they stay below the server's limit. */
  slots(login: LoginId): RequestSlots | undefined {
    const { locks, clock } = this.#deps
    return locks && lockSlots(locks, login, clock)
  }

  /** Answers the page, whose views read over the port. */
  serve(account: AccountInfo, port: PortLike): void {
    serveReplica(this.replica(account), port)
  }
}
