/**
 * Sign-ins of which nothing is kept on this device, by the reader's choice or because it has no room. Most are kept:
 * this code is fetched with the first that is not.
 */
import { MemoryCredentialStore } from '../auth/memory-credential-store.ts'
import type { CredentialStore } from '../auth/credential-store.ts'
import { lockSlots } from '../jmap/lock-slots.ts'
import type { RequestSlots } from '../jmap/request-slots.ts'
import { MemoryReplica } from '../replica/memory/memory-replica.ts'
import { sayAll, serveReplica, type PortLike } from '../replica/remote.ts'
import type { Replica } from '../replica/replica.ts'
import type { AccountInfo, AccountStatus, LoginId } from '../sync/engine-port.ts'
import type { HostDeps } from './host-deps.ts'
import { takeOutbox } from './take-outbox.ts'

export type PrivateModeDeps = Pick<HostDeps, 'clock' | 'random' | 'log' | 'locks' | 'replicas' | 'post'>

/** What lives in one worker's memory, for all sign-ins of which nothing is kept. */
export class PrivateMode {
  readonly #deps: PrivateModeDeps
  readonly #replicas = new Map<string, Replica>()
  readonly store: CredentialStore = new MemoryCredentialStore()

  constructor(deps: PrivateModeDeps) {
    this.#deps = deps
  }

  /** The account's rows: the same ones for as long as the worker lives. */
  replica({ key, isKept }: AccountInfo): Replica {
    const known = this.#replicas.get(key)
    if (known) return known
    const replica = new MemoryReplica(this.#deps)
    this.#replicas.set(key, replica)
    // After a sign-out begins another.
    replica.subscribe(({ all }) => {
      if (all) this.#replicas.delete(key)
    })
    // The page reads on from the device until there is as much to read here.
    if (isKept) whenSynced(replica, () => this.#deps.post({ k: 'memory', account: key }))
    return replica
  }

  /** Of a device without room. */
  said(status: AccountStatus): AccountStatus {
    return { problem: { kind: 'storage' }, ...status }
  }

  /** Each private tab asks for itself; together they stay below the server's limit. */
  slots(login: LoginId): RequestSlots | undefined {
    const { locks, clock } = this.#deps
    return locks && lockSlots(locks, login, clock)
  }

  /** Answers the page, whose views read over the port. Of a device without room, what waits there is sent from here. */
  async serve(account: AccountInfo, port: PortLike): Promise<void> {
    const replica = this.replica(account)
    const { replicas, log } = this.#deps
    if (account.isKept) {
      await takeOutbox(replicas.open(account), replica).catch((error: unknown) => {
        log.error('what waits on the device stays there', error)
      })
    }
    serveReplica(replica, port)
    // The page has read something else until now.
    if (account.isKept) sayAll(port)
  }
}

/** After the first complete pull. */
function whenSynced(replica: Replica, then: () => void): void {
  const stop = replica.subscribe(() => {
    void replica.syncedAt().then((ms) => {
      if (ms === undefined || isOver) return
      isOver = true
      stop()
      then()
    })
  })
  let isOver = false
}
