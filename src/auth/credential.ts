/** What a sign-in leaves behind. `Secret` never leaves the worker, and lies on the disk encrypted or not at all. */
import type { Session } from '../jmap/session.ts'
import type { SessionPolicy } from '../jmap/parse-session.ts'

export type Secret =
  | { readonly kind: 'stalwart'; readonly accessToken: string; readonly refreshToken: string | undefined }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }

/**
 * `rejected`: the server refused this generation; it is never sent again. `signedOut`: a tombstone, its secret erased;
 * nothing of this login may be opened or written until someone signs in.
 */
type CredentialState = 'ok' | 'rejected' | 'signedOut'

/** Everything about a credential but the secret. Open to the disk in clear. */
export interface CredentialInfo {
  /** The LoginId. */
  readonly login: string
  /** Grows by one with every secret: a newer one is used, never refreshed over. */
  readonly generation: number
  readonly state: CredentialState
  readonly kind: Secret['kind']
  /** Milliseconds since the epoch, by this device's clock, and seconds. 0 seconds: does not expire (Basic). */
  readonly issuedAt: number
  readonly expiresIn: number
  readonly sessionUrl: string
  readonly username: string
  readonly policy: SessionPolicy
  /** The last session read: a start without network knows its accounts. */
  readonly session: Session
  /** When the login was first added, for the order of accounts. */
  readonly addedAt: number
}

export interface Credential extends CredentialInfo {
  readonly secret: Secret
}
