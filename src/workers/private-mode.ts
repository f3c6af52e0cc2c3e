/**
 * Sign-ins of which nothing is kept on this device, by the reader's choice or because it has no room. Most are kept:
 * this code is fetched with the first that is not.
 */
import { MemoryCredentialStore } from '../auth/memory-credential-store.ts'
import type { CredentialStore } from '../auth/credential-store.ts'
import { lockSlots } from '../jmap/lock-slots.ts'
import type { RequestSlots } from '../jmap/request-slots.ts'
import { MemoryReplica } from '../replica/memory/memory-replica.ts'
import { sleep } from '../platform/clock.ts'
import { sayAll, serveReplica, type PortLike } from '../replica/remote.ts'
import type { Replica } from '../replica/replica.ts'
import type { AccountInfo, AccountStatus, LoginId } from '../sync/engine-port.ts'
import type { HostDeps } from './host-deps.ts'
import { takeOutbox } from './take-outbox.ts'

export type PrivateModeDeps = Pick<HostDeps, 'clock' | 'random' | 'log' | 'locks' | 'replicas' | 'post'>

/** Why nothing can be kept: no room, or a database that answers nothing. */
export type LeftFor = 'storage' | 'muteStorage'

/** How long what waits on the device is looked for before the page is answered: a mute one says nothing of it. */
const OUTBOX_MS = 2000

/** What lives in one worker's memory, for all sign-ins of which nothing is kept. */
export class PrivateMode {
  readonly #deps: PrivateModeDeps
  readonly #replicas = new Map<string, Replica>()
  readonly #left = new Map<LoginId, LeftFor>()
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

  didLeaveDisk(login: LoginId, why: LeftFor): void {
    this.#left.set(login, why)
  }

  /** Of a sign-in that is to be kept, and cannot be. */
  said(login: LoginId, status: AccountStatus): AccountStatus {
    return { problem: { kind: this.#left.get(login) ?? 'storage' }, ...status }
  }

  /** Each private tab asks for itself; together they stay below the server's limit. */
  slots(login: LoginId): RequestSlots | undefined {
    const { locks, clock } = this.#deps
    return locks && lockSlots(locks, login, clock)
  }

  /** Answers the page, whose views read over the port. Of a device without room, what waits there is sent from here. */
  async serve(account: AccountInfo, port: PortLike): Promise<void> {
    const replica = this.replica(account)
    const { replicas, log, clock } = this.#deps
    if (account.isKept) {
      const taking = takeOutbox(replicas.open(account), replica).catch((error: unknown) => {
        log.error('what waits on the device stays there', error)
      })
      await Promise.race([taking, sleep(clock, OUTBOX_MS)])
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
