/** Why a replica cannot be used. The caller falls back to memory, asks for a reload, or names it to the reader. */
export type ReplicaErrorKind =
  /** A newer build has upgraded the database: this page must be loaded again. */
  | 'newer'
  /** The connection is closed: by us, by an upgrade in another tab, or by the browser. */
  | 'closed'
  /** No room on the device. */
  | 'quota'
  /** A row cannot be read. */
  | 'corrupt'
  /** The browser refuses storage (private window, policy, broken profile). */
  | 'storage'

export class ReplicaError extends Error {
  readonly kind: ReplicaErrorKind

  constructor(kind: ReplicaErrorKind, cause?: unknown) {
    super(`replica: ${kind}`, { cause })
    this.name = 'ReplicaError'
    this.kind = kind
  }
}
