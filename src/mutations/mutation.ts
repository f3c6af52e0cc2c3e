/**
 * The vocabulary of user intents. `args` are plain data: ids and values, never functions, never credentials.
 * What the user sees is base rows plus these, folded by pure functions in `overlay.ts` (law 2).
 */
import type { SettingEntries } from '../mail/account-settings.ts'
import type { BlobId, EmailId, Mailbox, MailboxId } from '../jmap/types.ts'

/** `blobIds[i]` belongs to `emailIds[i]`: it re-keys an id after a thread merge (B6.5a). */
interface OnEmails {
  readonly emailIds: readonly EmailId[]
  readonly blobIds: readonly BlobId[]
}

/** Sets or removes one keyword on Emails. */
export interface SetKeyword extends OnEmails {
  readonly type: 'setKeyword'
  readonly keyword: string
  readonly value: boolean
}

/** Puts Emails into mailboxes (true) and takes them out of others (false): move, copy, archive, delete, junk. */
export interface SetMailboxes extends OnEmails {
  readonly type: 'setMailboxes'
  readonly mailboxIds: Readonly<Record<MailboxId, boolean>>
  /** The one among them that has no id at the server yet: found or made there before the rest is sent. */
  readonly make?: Mailbox
}

/** Deletes Emails for ever: nothing brings them back, so the reader was asked. */
interface DestroyEmails extends OnEmails {
  readonly type: 'destroyEmails'
}

/**
 * Deletes for ever what stands in a mailbox and was received before it was asked for, loaded or not. Which Emails these
 * are the server says when it is done, chunk by chunk (`sync/empty-mailbox.ts`): it names none.
 */
export interface EmptyMailbox extends OnEmails {
  readonly type: 'emptyMailbox'
  readonly mailboxId: MailboxId
  readonly before: string
  /** How many are gone so far, and how many it is in all as the server counted them; 0: it has not yet. */
  readonly done: number
  readonly total: number
}

/** Makes a mailbox. Until the server has answered it goes by an id of ours (`isCreatedId`), which later intents may name. */
export interface CreateMailbox {
  readonly type: 'createMailbox'
  /** As it will be. */
  readonly mailbox: Mailbox
  /** Those that were here when it was first sent, by whatever name: what the server makes of it is none of them. */
  readonly known?: readonly MailboxId[]
}

/** What a reader may change of a mailbox (RFC 8621 §2). */
export type MailboxChange = Partial<Pick<Mailbox, 'name' | 'parentId' | 'isSubscribed' | 'sortOrder'>>

/** Renames a mailbox, moves it into another, hides it or shows it again. */
export interface SetMailbox {
  readonly type: 'setMailbox'
  readonly mailboxId: MailboxId
  /** What it was called when the reader did it. */
  readonly name: string
  readonly patch: MailboxChange
  /** The same properties as they were. */
  readonly was: MailboxChange
  /** It says anew that this one is made, which stands: by what the reader called off, or the server refused, after that. */
  readonly made?: Mailbox
}

/** Deletes a mailbox: only if it is empty, or with its mail, or once that is moved. */
export interface DestroyMailbox {
  readonly type: 'destroyMailbox'
  readonly mailboxId: MailboxId
  readonly name: string
  /** Messages that stand nowhere else die with it (RFC 8621 §2.5). */
  readonly onDestroyRemoveEmails: boolean
  /** Where its mail goes first, whatever of it is known here. */
  readonly moveTo?: MailboxId
  /** It takes back that this one was made. */
  readonly made?: Mailbox
}

/**
 * Chooses account settings. It names no message, and is sent apart from all else (`sync/settings/`), whose order it does
 * not keep: the last change of each setting holds.
 */
export interface SetSettings extends OnEmails {
  readonly type: 'setSettings'
  readonly entries: SettingEntries
  /** The same entries as they were, where it can be taken back. */
  readonly was?: SettingEntries
}

export type EmailMutation = SetKeyword | SetMailboxes | DestroyEmails | OnAllMutation | TakeBack | SetSettings
export type MailboxMutation = CreateMailbox | SetMailbox | DestroyMailbox
export type Mutation = EmailMutation | MailboxMutation

const ON_MAILBOXES: readonly string[] = ['createMailbox', 'setMailbox', 'destroyMailbox'] satisfies Mutation['type'][]
const KNOWN: readonly string[] = [
  ...(['setKeyword', 'setMailboxes', 'destroyEmails'] satisfies Mutation['type'][]),
  ...(['emptyMailbox', 'setKeywordOnAll', 'setMailboxesOnAll'] satisfies OnAllMutation['type'][]),
  ...ON_MAILBOXES,
]
/** All that a list shows, loaded or not, of what was received before it was asked for. */
export interface Matching {
  /** Of the list; no mailbox's: `FLAGGED`, or `FOUND` of a search. */
  readonly mailboxId: MailboxId
  /** As Email/query is asked (RFC 8621 §4.4.1), besides `before`. */
  readonly filter: Readonly<Record<string, unknown>>
  readonly before: string
  /** The same for a message of a row; absent where rows do not tell, so that it shows once the server has done it. */
  readonly here?: {
    /** In one of these, or in any but these. */
    readonly mailboxIds: readonly MailboxId[]
    readonly isOutside: boolean
    readonly has: readonly string[]
    readonly hasNot: readonly string[]
    /** Of a search: the server has named these. What else it finds nobody here can tell. */
    readonly only?: OnEmails
  }
  /** These are not meant, though they match. `''` stands for a blob that nobody here knows. */
  readonly except?: OnEmails
  /** What is done to one is done to all of its conversation, wherever they stand: it is muted. */
  readonly isByThread?: true
}

/**
 * Sets or removes one keyword on all that match: the server says which these are, chunk by chunk (`sync/act-on-all.ts`),
 * and what really changed is noted under `key`, so that it can be taken back.
 */
export interface SetKeywordOnAll extends OnEmails {
  readonly type: 'setKeywordOnAll'
  readonly match: Matching
  readonly keyword: string
  readonly value: boolean
  readonly key: string
  readonly done: number
  /** As the server counted them; 0: it has not yet. */
  readonly total: number
}

/** Archives, deletes, moves, copies, mutes, snoozes, or says to be junk, all that match: as `SetKeywordOnAll`, and as `SetMailboxes`. */
export interface SetMailboxesOnAll extends OnEmails {
  readonly type: 'setMailboxesOnAll'
  readonly match: Matching
  readonly to: MailboxId
  /** What each of them is taken out of: the list's mailbox, all that it stands in, nothing, or those of these. */
  readonly leaves: 'list' | 'all' | 'none' | readonly MailboxId[]
  /** What leaves none of them stays where it is. */
  readonly isOnlyLeft?: true
  /** What junk filters learn from, and what is muted. */
  readonly keywords: Readonly<Record<string, boolean>>
  /** The keyword until when it sleeps, in place of any other such; empty: it sleeps no more. */
  readonly hour?: string
  /** `to`, where the server has it not yet. */
  readonly make?: Mailbox
  readonly key: string
  readonly done: number
  readonly total: number
}

/** What can be taken back of what is done to all that match. */
export type MatchMutation = SetKeywordOnAll | SetMailboxesOnAll
export type OnAllMutation = EmptyMailbox | MatchMutation

/**
 * Takes back what was done to all that match, whatever became of it: it waits no more, and what it changed so far is set
 * back, message by message. Never a row itself: the outbox takes those of the messages.
 */
export interface TakeBack extends OnEmails {
  readonly type: 'takeBack'
  readonly of: MatchMutation
}

/** It names no message: which ones it is for is found out at the server. */
export function isOnAll(mutation: Mutation): mutation is OnAllMutation {
  return mutation.type === 'emptyMailbox' || isOnMatch(mutation)
}

export function isOnMatch(mutation: Mutation): mutation is MatchMutation {
  return mutation.type === 'setKeywordOnAll' || mutation.type === 'setMailboxesOnAll'
}

/** False for what a newer build left in the outbox: it is kept, and neither shown nor sent. And for `SetSettings`. */
export function isKnownMutation(mutation: Mutation): boolean {
  return KNOWN.includes(mutation.type)
}

export function isMailboxMutation(mutation: Mutation): mutation is MailboxMutation {
  return ON_MAILBOXES.includes(mutation.type)
}

/** The Emails that it is about: none of one about mailboxes, nor of a type that a newer build wrote without any. */
export function emailIdsOf(mutation: Mutation): readonly EmailId[] {
  return (mutation as Partial<OnEmails>).emailIds ?? []
}

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
