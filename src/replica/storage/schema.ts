/**
 * What the replica stores, as data: both backends are built from this table. A change here needs a migration in
 * `idb/migrations/`, and its number in `idb/open-database.ts`. Mutable and immutable email data lie apart, so that a
 * flag rewrites a few hundred bytes.
 */
import type {
  BlobId,
  Email,
  EmailBody,
  EmailId,
  Identity,
  Mailbox,
  MailboxId,
  State,
  Thread,
} from '../../jmap/types.ts'
import type { KeptSettings } from '../../mail/account-settings.ts'
import type { ThreadRow } from '../../mail/list.ts'
import type { OutboxRow } from '../../mutations/mutation.ts'
import type { StateChange } from '../../mutations/set-mailboxes.ts'
import type { Horizon, StateType } from '../replica.ts'
import { entryKey, type EntryKey } from './keys.ts'

/** `[first key's -ms, first key's emailId, number of entries]`: a run of neighbouring entries of one mailbox. */
export type Run = readonly [negativeMs: number, emailId: EmailId, count: number]

/** Turns a position into a key and back without walking the list (L8). */
export interface ListRuns {
  readonly mailboxId: MailboxId
  readonly runs: readonly Run[]
}

/** Apart from the body, so that opening a message and evicting write a few bytes. */
export interface BodyUse {
  readonly id: EmailId
  readonly lastUsed: number
  readonly bytes: number
  /** Somebody read it; else it was only fetched ahead. */
  readonly isOpened?: boolean
  /** Its files up to this size were seen to. */
  readonly filesTo?: number
}

/** Bytes of a part, of a letter that is kept. */
interface KeptFile {
  readonly blobId: BlobId
  readonly data: ArrayBuffer
}

/** Apart from the bytes, for the same reason. */
export interface FileUse {
  readonly blobId: BlobId
  /** The letter that it is of; left out of what a reader fetched. */
  readonly emailId?: EmailId
  readonly lastUsed: number
  readonly bytes: number
  /** A picture inside the text, which stays whatever the size of files that are kept. */
  readonly isInline: boolean
}

/**
 * `keepDays`, `keepFiles`: a `KeepPolicy`. `keepState`: how far it is carried out. `fullAt`: when room had to be made.
 * `changed/KEY/N`: Emails that a chunk of what is done to all that match really changes; its number is the time.
 * `arrivals`: mail that came and is to be looked at (`sync/arrivals.ts`). `settings`: those of the account; its number says nothing, as that of `madeIds`. `pictureSenders`: as an older build kept
 * them.
 */
type MetaName =
  | `changed/${string}`
  | 'epoch'
  | 'syncedAt'
  | 'keepDays'
  | 'keepFiles'
  | 'keepState'
  | 'fullAt'
  | 'settings'
  | 'pictureSenders'
  | 'madeIds'
  | 'arrivals'

export interface Stores {
  states: { key: StateType; value: { readonly type: StateType; readonly state: State } }
  mailboxes: { key: MailboxId; value: Mailbox }
  identities: { key: string; value: Identity }
  emails: { key: EmailId; value: Email }
  threads: { key: string; value: Thread }
  bodies: { key: EmailId; value: EmailBody }
  bodyUses: { key: EmailId; value: BodyUse }
  files: { key: BlobId; value: KeptFile }
  fileUses: { key: BlobId; value: FileUse }
  entries: { key: EntryKey; value: ThreadRow }
  lists: { key: MailboxId; value: ListRuns }
  horizons: { key: string; value: Horizon }
  /** Never cleared but by sign-out: the user's words that the server has not heard. */
  outbox: { key: number; value: OutboxRow }
  tombstones: { key: EmailId; value: { readonly id: EmailId; readonly at?: number } }
  meta: {
    key: MetaName
    value: {
      readonly name: MetaName
      readonly value: number
      readonly settings?: KeptSettings
      readonly addresses?: readonly string[]
      /** Ids of mailboxes that the reader made, and what the server calls them (`made-ids.ts`). */
      readonly ids?: readonly (readonly [MailboxId, MailboxId])[]
      readonly emails?: readonly (readonly [EmailId, BlobId])[]
      /** What sets these back. */
      readonly back?: StateChange
    }
  }
}

export type StoreName = keyof Stores

export interface StoreDefinition {
  /** The property that is the key; none for `entries`, whose key is made of several. */
  readonly keyPath?: string
  readonly autoIncrement?: true
  readonly indexes?: readonly string[]
}

export const STORES: Readonly<Record<StoreName, StoreDefinition>> = {
  states: { keyPath: 'type' },
  mailboxes: { keyPath: 'id' },
  identities: { keyPath: 'id' },
  emails: { keyPath: 'id', indexes: ['threadId', 'blobId', 'receivedAt'] },
  threads: { keyPath: 'id' },
  bodies: { keyPath: 'id' },
  bodyUses: { keyPath: 'id' },
  files: { keyPath: 'blobId' },
  fileUses: { keyPath: 'blobId' },
  entries: {},
  lists: { keyPath: 'mailboxId' },
  horizons: { keyPath: 'scope' },
  outbox: { keyPath: 'seq', autoIncrement: true },
  tombstones: { keyPath: 'id' },
  meta: { keyPath: 'name' },
}

export const STORE_NAMES = Object.keys(STORES) as StoreName[]

/** Key for a store without a key path; undefined where the value carries its key. */
export function explicitKey<S extends StoreName>(store: S, value: Stores[S]['value']): EntryKey | undefined {
  return store === 'entries' ? entryKey(value as ThreadRow) : undefined
}
