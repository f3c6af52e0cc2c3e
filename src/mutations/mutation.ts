/**
 * The vocabulary of user intents. `args` are plain data: ids and values, never functions, never credentials.
 * What the user sees is base rows plus these, folded by pure functions in `overlay.ts` (law 2).
 */
import type { BlobId, EmailId } from '../jmap/types.ts'

/** Sets or removes one keyword on Emails. `blobIds[i]` belongs to `emailIds[i]`: it re-keys an id after a thread merge (B6.5a). */
export interface SetKeyword {
  readonly type: 'setKeyword'
  readonly emailIds: readonly EmailId[]
  readonly blobIds: readonly BlobId[]
  readonly keyword: string
  readonly value: boolean
}

export type Mutation = SetKeyword

/** `queued` → `sending` → (deleted | `sent` until the pull confirms | `failed` until the user decides, out of the overlay). */
type OutboxStatus = 'queued' | 'sending' | 'sent' | 'failed'

export interface OutboxRow {
  /** Order of the user's actions; given by the store. */
  readonly seq: number
  readonly id: string
  readonly mutation: Mutation
  readonly createdAt: number
  readonly status: OutboxStatus
  readonly attempts: number
  /** A JMAP SetError or method error type, for `failed`. */
  readonly lastError?: string
  /** `JmapResponse.sequence` of the answer that confirmed it, for `sent`. */
  readonly sentSequence?: number
}
