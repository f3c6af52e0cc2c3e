/**
 * The JMAP objects Postern reads, with the names of RFC 8620 and RFC 8621.
 * Ids are branded so that a thread's id cannot be passed for an email's.
 */
type Brand<B extends string> = string & { readonly __brand: B }
export type AccountId = Brand<'AccountId'>
export type EmailId = Brand<'EmailId'>
export type ThreadId = Brand<'ThreadId'>
export type MailboxId = Brand<'MailboxId'>
export type BlobId = Brand<'BlobId'>
export type IdentityId = Brand<'IdentityId'>
/** Opaque: compared for equality only, never ordered (RFC 8620 §5.1). */
export type State = Brand<'State'>

/** RFC 8621 §2. */
export interface MailboxRights {
  readonly mayReadItems: boolean
  readonly mayAddItems: boolean
  readonly mayRemoveItems: boolean
  readonly maySetSeen: boolean
  readonly maySetKeywords: boolean
  readonly mayCreateChild: boolean
  readonly mayRename: boolean
  readonly mayDelete: boolean
  readonly maySubmit: boolean
}

/** RFC 8621 §2. */
export interface Mailbox {
  readonly id: MailboxId
  readonly name: string
  readonly parentId: MailboxId | null
  readonly role: string | null
  readonly sortOrder: number
  readonly totalEmails: number
  readonly unreadEmails: number
  readonly totalThreads: number
  readonly unreadThreads: number
  readonly myRights: MailboxRights
  readonly isSubscribed: boolean
}

/** RFC 8621 §4.1.2.3. */
export interface EmailAddress {
  readonly name: string | null
  readonly email: string
}

/**
 * The metadata of one Email: what lists and headers need, mutable fields included.
 * Bodies live apart (`EmailBody`), since they never change (RFC 8621 §4: only mailboxIds and keywords do).
 */
export interface Email {
  readonly id: EmailId
  readonly blobId: BlobId
  readonly threadId: ThreadId
  readonly mailboxIds: Readonly<Record<MailboxId, true>>
  readonly keywords: Readonly<Record<string, true>>
  readonly size: number
  /** UTCDate, RFC 8620 §1.4. */
  readonly receivedAt: string
  readonly from: readonly EmailAddress[] | null
  readonly to: readonly EmailAddress[] | null
  readonly cc: readonly EmailAddress[] | null
  readonly subject: string | null
  readonly preview: string
  readonly hasAttachment: boolean
  readonly messageId: readonly string[] | null
  /**
   * The addresses of `X-Original-To`, `Envelope-To` and `Delivered-To`, in this order, empty where there is none: what a
   * message was sent to, if it names that nowhere else. Left out of what was kept before they were asked for.
   */
  readonly sentTo?: readonly string[]
  /** `header:List-Id:asText`, or `header:Auto-Submitted:asText` other than "no": the sender is a machine. */
  readonly isBulk: boolean
}

/** RFC 3676 §4: parameters of a part's Content-Type. */
export interface TextFlow {
  readonly flowed: true
  /** The space before a soft break is not part of the text. */
  readonly delSp: boolean
}

/** RFC 8621 §4.1.4. */
export interface EmailBodyPart {
  readonly partId: string | null
  readonly blobId: BlobId | null
  readonly size: number
  readonly name: string | null
  readonly type: string
  readonly charset: string | null
  readonly disposition: string | null
  readonly cid: string | null
  /** Text whose lines may be joined (`format=flowed`, RFC 3676). */
  readonly flow?: TextFlow
  readonly subParts?: readonly EmailBodyPart[] | null
}

/** RFC 8621 §4.1.4. */
export interface EmailBodyValue {
  readonly value: string
  readonly isEncodingProblem: boolean
  readonly isTruncated: boolean
}

/** One field of a header, its value as it came (RFC 8621 §4.1.2.1), without white space around it. */
export interface HeaderField {
  readonly name: string
  readonly value: string
}

/** What never changes of an Email; fetched ahead for what is in view, evictable. */
export interface EmailBody {
  readonly id: EmailId
  readonly sentAt: string | null
  readonly bcc: readonly EmailAddress[] | null
  readonly replyTo: readonly EmailAddress[] | null
  readonly sender: readonly EmailAddress[] | null
  readonly textBody: readonly EmailBodyPart[]
  readonly htmlBody: readonly EmailBodyPart[]
  readonly attachments: readonly EmailBodyPart[]
  readonly bodyValues: Readonly<Record<string, EmailBodyValue>>
  /**
   * The uppermost fields that tell of a message's way and what was checked on it, in their order (`mail/trace.ts`).
   * Left out only of what was kept before they were asked for: then nobody knows whether there are any.
   */
  readonly trace?: readonly HeaderField[]
}

/** RFC 8621 §3: `emailIds` oldest first by receivedAt. */
export interface Thread {
  readonly id: ThreadId
  readonly emailIds: readonly EmailId[]
}

/** RFC 8621 §6. */
export interface Identity {
  readonly id: IdentityId
  readonly name: string
  readonly email: string
}

/** One method call: `[name, arguments, callId]` (RFC 8620 §3.2). */
export type Invocation = readonly [name: string, args: Record<string, unknown>, callId: string]
