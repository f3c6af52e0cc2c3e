/** What a JMAP server is made from. */
import type { Clock } from '../../src/platform/clock.ts'
import type { Random } from '../../src/platform/random.ts'
import type { FaultRule } from './faults.ts'

export type PersonalityName = 'plain' | 'stalwart' | 'cyrus'

/** RFC 8620 §2 core limits, and those real servers keep to themselves. */
export interface Limits {
  readonly maxSizeUpload: number
  readonly maxConcurrentUpload: number
  readonly maxSizeRequest: number
  readonly maxConcurrentRequests: number
  readonly maxCallsInRequest: number
  readonly maxObjectsInGet: number
  readonly maxObjectsInSet: number
  /** Most ids of one Email/query. */
  readonly queryMaxResults: number
  /** Most ids of one /changes. */
  readonly changesMaxResults: number
  /** Bytes that may be uploaded in an hour. */
  readonly uploadQuota: number
}

/** Rights on what another user shares: over the whole account, or by the name of a mailbox. `lookup`: its name only. */
export type ShareRights = 'lookup' | 'read' | 'write'

export interface DemoShare {
  /** Username it is shared with. */
  readonly with: string
  readonly mailboxes: ShareRights | Readonly<Record<string, ShareRights>>
}

export interface DemoUser {
  readonly username: string
  /** Left out: an account nobody signs in to, such as a group's. */
  readonly password?: string
  readonly name?: string
  /** Addresses that deliver here; the username is the first when left out. */
  readonly addresses?: readonly string[]
  /** Mail to any address of this domain that is nobody's comes here. */
  readonly catchAll?: string
  /** Base32 (RFC 4648): the account wants a second factor. */
  readonly totpSecret?: string
  readonly appPasswords?: readonly string[]
  readonly shares?: readonly DemoShare[]
  readonly quotaBytes?: number
  /** Shown as the account's name; the username when left out. */
  readonly accountName?: string
}

export interface JmapServerOptions {
  readonly like?: PersonalityName
  readonly clock?: Clock
  readonly random?: Random
  readonly users?: readonly DemoUser[]
  readonly faults?: readonly FaultRule[]
  readonly limits?: Partial<Limits>
  /**
   * Ends every account id. A server in memory forgets its states when it ends, so the next one must not pass for it:
   * `npm start` gives each process another.
   */
  readonly instance?: string
  /** Base of absolute URLs in the session; the request's own origin when left out. */
  readonly origin?: string
}
