/** RFC 8620 §2, with what Postern needs of it, limits read and never assumed. */
import type { AccountId } from './types.ts'

export interface SessionLimits {
  readonly maxSizeUpload: number
  readonly maxConcurrentUpload: number
  readonly maxSizeRequest: number
  readonly maxConcurrentRequests: number
  readonly maxCallsInRequest: number
  readonly maxObjectsInGet: number
  readonly maxObjectsInSet: number
}

export interface SessionAccount {
  readonly accountId: AccountId
  readonly name: string
  readonly isPersonal: boolean
  readonly isReadOnly: boolean
  readonly capabilities: ReadonlySet<string>
  /** Its mail capability as the server gives it, not checked. */
  readonly mail: Readonly<Record<string, unknown>> | undefined
}

export interface Session {
  /** Absolute URL it was read from, after redirects. */
  readonly url: string
  readonly origin: string
  readonly username: string
  readonly state: string
  readonly capabilities: ReadonlySet<string>
  readonly limits: SessionLimits
  readonly accounts: readonly SessionAccount[]
  /** The primary account for urn:ietf:params:jmap:mail, if any. */
  readonly primaryMail: AccountId | null
  readonly apiUrl: string
  readonly downloadUrl: string
  readonly uploadUrl: string
  readonly eventSourceUrl: string | null
  readonly isStalwart: boolean
}
