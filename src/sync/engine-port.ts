/**
 * What a page may ask of the engine, and what the engine says unasked: plain data, so that the engine can live in a
 * worker, in another tab's worker, or in the test's process. One object per page; `workers/sync.worker.ts` answers.
 */
import type { AccountId, BlobId, EmailId, MailboxId, ThreadId } from '../jmap/types.ts'
import type { RequestEntry } from '../jmap/request-log.ts'
import type { SignInOutcome, SignInRequest } from '../auth/outcomes.ts'
import type { KeepPolicy } from '../mail/keep-policy.ts'
import type { ListQuery } from '../mail/list.ts'
import type { SearchQuery } from '../mail/search-query.ts'
import type { ReplicaActions, ReplicaReads } from '../replica/replica.ts'

/** SHA-256 of session origin and user name, hex: the key of one sign-in. */
export type LoginId = string

/** One JMAP account of one sign-in. `key` names it in URLs, databases, locks and channels. */
export interface AccountInfo {
  readonly key: string
  readonly login: LoginId
  readonly accountId: AccountId
  readonly username: string
  /** The account's name as the session gives it: often the address. */
  readonly name: string
  readonly isPersonal: boolean
  readonly isReadOnly: boolean
  readonly hasMail: boolean
  /** The account's mail capability (RFC 8621 §1.3.1) as the server says it: who reads it trusts no type of it. */
  readonly mail?: Readonly<Record<string, unknown>> | undefined
  /** False in private mode: nothing of it is on the disk. */
  readonly isKept: boolean
}

/**
 * Why the engine cannot do its work. The catalogue has a sentence for each kind. `storage` beside another phase than
 * `error`: it goes on in memory, since the device has no room; `muteStorage`: since its database answers nothing.
 */
export interface SyncProblem {
  readonly kind: 'unauthorized' | 'server' | 'busy' | 'protocol' | 'forbidden' | 'storage' | 'muteStorage' | 'noMail'
  readonly retryInMs?: number
}

/** The state of one account's engine; the page shows it in one line, and on `<html data-sync data-outbox data-backfill>`. */
export interface AccountStatus {
  /** `ready`: no pull, re-ask or body prefetch is pending. */
  readonly phase: 'starting' | 'ready' | 'syncing' | 'offline' | 'error'
  readonly problem?: SyncProblem
  /** Outbox rows that wait, failed ones too. */
  readonly outbox: number
  readonly failed: number
  /** When the oldest of them was done, ms. */
  readonly oldest?: number
  /** 0 to 100: keeping older mail, its bodies and files too. */
  readonly backfill: number
  /** Older rows that are to be kept are not all here yet. */
  readonly isFilling?: true
  /** Why keeping older mail waits: the reader saves data, the network is paid by the byte, there is no room. */
  readonly keepWaits?: 'saving' | 'metered' | 'room'
  /** What is kept, where that is not the last 90 days. */
  readonly keeps?: 'all' | 'none'
  /** When the last complete pull was stored, ms. */
  readonly syncedAt?: number
}

/** Rows of a list below the horizon, as the server orders them now. */
export interface FetchedWindow {
  readonly position: number
  readonly total: number | undefined
  /** Representatives in the server's order; their Email rows are in the replica when this arrives. */
  readonly emailIds: readonly EmailId[]
  readonly threadIds: readonly ThreadId[]
}

export interface WindowRequest {
  readonly query: ListQuery
  /** Either a position from the newest, or an anchor with offset (RFC 8620 §5.5). */
  readonly position?: number
  readonly anchor?: EmailId
  readonly anchorOffset?: number
  readonly limit: number
}

export interface HitsRequest {
  readonly query: SearchQuery
  /** `here`: people, subjects and previews of the rows kept on this device; asks nobody. */
  readonly from: 'here' | 'server'
  readonly position: number
  readonly limit: number
}

/** One conversation that was found, by the newest of its messages that matches. */
export interface Hit {
  readonly emailId: EmailId
  readonly threadId: ThreadId
  /** As the server marked them (RFC 8621 §5): escaped text with `<mark>`. Null where it did not. */
  readonly subject: string | null
  readonly preview: string | null
}

/** Hits, newest first; their Email rows are in the replica when this arrives. */
export interface Hits {
  readonly hits: readonly Hit[]
  readonly total: number | undefined
  /** Where the next page begins; null at the end. */
  readonly next: number | null
  /** The server finds whole words only, and the reader is to know (Stalwart). */
  readonly findsWholeWords: boolean
}

/** What the page shows right now; the engine serves it first and fetches its bodies ahead. */
export interface Attention {
  readonly visible: boolean
  readonly mailboxId: MailboxId | null
  /** Representatives in view, then those of the next screen. */
  readonly emailIds: readonly EmailId[]
  readonly openThreadId: ThreadId | null
}

/** Asks what is kept; with it may come what is to be done. */
export interface KeepRequest {
  /** The reader has chosen. */
  readonly policy?: KeepPolicy
  /** Everything goes now that may. Never the outbox, never a draft. */
  readonly erase?: true
  /** Goes on in spite of `keepWaits`, until the page closes. */
  readonly now?: true
}

export interface KeptPart {
  readonly count: number
  readonly bytes: number
}

/** What an account takes on this device, counted. */
export interface Kept {
  readonly rows: KeptPart
  readonly letters: KeptPart
  readonly files: KeptPart
}

/** A request with the types of its errors as the RFCs have them, or `other`. */
export interface InspectedRequest extends RequestEntry {
  readonly errors: readonly string[]
}

/** What support needs to know of one account: names and numbers, nothing of its mail. */
export interface Inspection {
  /** The ends of the state tokens. */
  readonly states: Readonly<Record<string, string | undefined>>
  /** How many rows of the outbox there are of each type and status. */
  readonly queues: Readonly<Record<string, number>>
  readonly oldest: number | undefined
  /** How many rows there are here of each kind. */
  readonly kept: Readonly<Record<string, number>>
  readonly epoch: number
  readonly schema: number
  readonly capabilities: readonly string[]
  /** Oldest first. */
  readonly requests: readonly InspectedRequest[]
  /** Whether the tab that asks makes the requests. */
  readonly isLeading: boolean
}

/** Errors cross the port as data; `kind` is a JmapErrorKind or one of these. */
export interface PortError {
  readonly kind: string
  readonly retryAfterMs?: number
}

/** Commands for one account. */
export interface AccountPort {
  readonly account: AccountInfo
  readonly status: AccountStatus
  onStatus(listener: (status: AccountStatus) => void): () => void
  fetchWindow(request: WindowRequest): Promise<FetchedWindow>
  /** How many rows a list has at the server, without any of them; undefined where it does not say. */
  fetchTotal(query: ListQuery): Promise<number | undefined>
  /** Makes sure these bodies are in the replica; resolves when they are. Rejects with a PortError. */
  fetchBodies(emailIds: readonly EmailId[]): Promise<void>
  /** Makes sure the thread, its Emails, and their rows are in the replica. */
  fetchThread(threadId: ThreadId): Promise<void>
  /** For a link to a message opened cold: fetches the Email and answers its living id and thread, or null if it is gone. */
  fetchEmail(emailId: EmailId): Promise<{ emailId: EmailId; threadId: ThreadId } | null>
  /** Searches all mail but Junk and Trash. Rejects with a PortError. */
  fetchHits(request: HitsRequest): Promise<Hits>
  fetchBlob(
    blob: { blobId: BlobId; type: string; name: string; size?: number },
    onProgress?: (received: number) => void,
    signal?: AbortSignal,
  ): Promise<Blob>
  keep(request: KeepRequest): Promise<Kept>
  inspect(): Promise<Inspection>
  /** The outbox has a new row. */
  pokeOutbox(): void
  setAttention(attention: Attention): void
  /** The reader asks: pull now, without waiting for a back-off. */
  refresh(): void
}

export type SignOutOutcome =
  /** Nothing was done: this many actions have not reached the server. Ask, then call again with `force`. */
  { readonly kind: 'unsent'; readonly rows: number } | { readonly kind: 'signedOut' }

/** The whole engine as a page sees it. */
export interface EnginePort {
  /** Accounts of all sign-ins, in the order they were added; [] asks for a sign-in. */
  accounts(): Promise<readonly AccountInfo[]>
  /** Sign-in, sign-out (in any tab), a session that gained or lost an account. */
  onAccounts(listener: (accounts: readonly AccountInfo[]) => void): () => void
  /** A sign-in form is shown: the page's server may be asked, anonymously, how it takes sign-ins. */
  prepareSignIn(): void
  signIn(request: SignInRequest): Promise<SignInOutcome>
  signOut(login: LoginId, options: { force: boolean }): Promise<SignOutOutcome>
  account(info: AccountInfo): AccountPort
  /** The account's replica for views: the database itself, or the worker's memory in private mode. */
  replica(info: AccountInfo): ReplicaReads & ReplicaActions
}
