/** The rows of lists: what a list of conversations shows of a thread, made of Email rows alone (architecture L1, L8). */
import type { BlobId, EmailAddress, EmailId, MailboxId, ThreadId } from '../jmap/types.ts'

/** One known message of a row's thread, small enough to stand in every row it belongs to. */
export interface RowMessage {
  readonly id: EmailId
  readonly blobId: BlobId
  readonly receivedAt: string
  /** The first address of From; null when there is none. */
  readonly from: EmailAddress | null
  readonly keywords: Readonly<Record<string, true>>
  readonly mailboxIds: Readonly<Record<MailboxId, true>>
}

/**
 * A thread's standing in one mailbox. Its representative is the newest message of the thread that is in the mailbox
 * (RFC 8621 §4.4.3). The replica writes it in the transaction that writes the Email rows; views never build one.
 */
export interface ThreadRow {
  readonly mailboxId: MailboxId
  readonly threadId: ThreadId
  readonly emailId: EmailId
  readonly receivedAt: string
  readonly subject: string | null
  /** Of what the replica keeps, `SHOWN_PREVIEW` characters. */
  readonly preview: string
  /** To of the representative, for Sent and Drafts. */
  readonly to: readonly EmailAddress[]
  /** Addresses it was also sent to: those of Cc, then the three of `Email.sentTo`. */
  readonly alsoTo?: readonly string[]
  readonly hasAttachment: boolean
  readonly isBulk: boolean
  /** Known messages of the thread, oldest first. */
  readonly messages: readonly RowMessage[]
  /** Length of the Thread's emailIds; at least `messages.length`. */
  readonly count: number
  /** It stands for its message alone, in a list that does not collapse threads. */
  readonly isSingle?: true
}

/** Characters: more than any pane shows. What is cut off by an ellipsis is still kept and shaped, letter by letter. */
export const SHOWN_PREVIEW = 160

/** What a row is known by in its list: the thread that it stands for, or its message. */
export type RowKey = ThreadId | EmailId

/** The key under which a row is found again wherever it moves to. */
export function rowKey(row: ThreadRow): RowKey {
  return row.isSingle ? row.emailId : row.threadId
}

/** The server knows no such mailbox: `~` is in no id of a server (RFC 8620 §1.2). */
export function isLocalId(id: string): boolean {
  return id.startsWith('~')
}

/** One that the reader made here, and that the server has not answered for: `~~` and chance. Others go by a role. */
export function isCreatedId(id: string): boolean {
  return id.startsWith('~~')
}

/** Trash and Junk: mailboxes that a list over all of them passes over, and out of which mail is deleted for ever. */
export function isPassedOver(role: string | null | undefined): boolean {
  return role === 'trash' || role === 'junk'
}

/** No mailbox, though it stands among them: what is flagged in any, but in Trash and Junk. */
export const FLAGGED = '~flagged' as MailboxId

/** No mailbox either: what a search finds. */
export const FOUND = '~found' as MailboxId

/** What a list shows. */
export interface ListQuery {
  readonly mailboxId: MailboxId
  /**
   * What is left out, and another order than newest first, as the URL has it (`mail/narrowing.ts`). Given at all, even
   * if empty, a row stands for the very message that it is asked by.
   */
  readonly narrow?: string | undefined
  /** False: one row for each message. */
  readonly collapseThreads?: false | undefined
  /** What IMAP has marked as deleted is left out; the reader did not narrow the list by that, so no chip says it. */
  readonly hidesDeleted?: true | undefined
  /** What is moved with all that match stands in it still: of who looks over all mailboxes at once. */
  readonly isRaw?: true
  /** What of it the server is asked, where that is not all of the mailbox, newest first (RFC 8621 §4.4). */
  readonly filter?: Readonly<Record<string, unknown>>
  readonly sort?: readonly Readonly<Record<string, unknown>>[]
}

/** The same text for the same query: the key of scroll positions and windows. */
export function queryId(query: ListQuery): string {
  return (
    query.mailboxId +
    (query.narrow ?? '') +
    (query.collapseThreads === false ? '~' : '') +
    (query.hidesDeleted ? '-' : '')
  )
}
