/** What `Host` is given: the browser as it is, or a test's. */
import type { CredentialStore } from '../auth/credential-store.ts'
import type { Deployment } from '../jmap/deployment.ts'
import type { Clock } from '../platform/clock.ts'
import type { Locks } from '../platform/locks.ts'
import type { Logger } from '../platform/logger.ts'
import type { Random } from '../platform/random.ts'
import type { Replica } from '../replica/replica.ts'
import type { ChannelLike } from '../sync/channel.ts'
import type { AccountInfo, LoginId } from '../sync/engine-port.ts'
import type { FromWorker } from '../sync/wire.ts'

export interface HostDeps {
  readonly tab: string
  readonly fetch: typeof fetch
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly locks: Locks | undefined
  readonly pageOrigin: string
  readonly isSecureContext: boolean
  readonly deployment: Promise<Deployment>
  /** Undefined where the browser keeps no database: then every sign-in is private. */
  readonly keptStore: Promise<CredentialStore | undefined>
  readonly loadPrivateMode: () => Promise<typeof import('./private-mode.ts')>
  readonly openChannel: (login: LoginId) => ChannelLike
  readonly replicas: Replicas
  readonly post: (message: FromWorker) => void
}

/** After either nothing can be written any more. */
export interface ReplicaEvents {
  /** By a newer build, or by the browser, or never opened. */
  readonly onClosed: () => void
  /** The device has no room, whatever was given up. */
  readonly onFull: () => void
}

/** How the replicas of kept accounts are made and unmade. */
export interface Replicas {
  open(account: AccountInfo, events?: ReplicaEvents): Promise<Replica>
  /** Not awaited by anybody: it hangs beside a stopped tab, and is tried again at each start. */
  delete(account: AccountInfo): void
  /** Databases that an earlier deletion left behind. */
  retryDeletions(isSignedOut: (login: LoginId) => boolean): void
}
