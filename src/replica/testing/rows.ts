/** Rows for the replica's tests. */
import type { BlobId, Email, EmailBody, EmailId, Mailbox, MailboxId, Thread, ThreadId } from '../../jmap/types.ts'
import type { SetKeyword } from '../../mutations/mutation.ts'

export const INBOX = 'inbox' as MailboxId
export const ARCHIVE = 'archive' as MailboxId

export const eid = (id: string): EmailId => id as EmailId
export const tid = (id: string): ThreadId => id as ThreadId
const bid = (id: string): BlobId => id as BlobId

/** The n-th minute of a day; a larger number is newer. */
export function minute(n: number): string {
  return new Date(Date.UTC(2026, 10, 1) + n * 60_000).toISOString()
}

export function anEmail(
  id: string,
  changes: Partial<Omit<Email, 'id'>> & { seen?: boolean; in?: MailboxId[] } = {},
): Email {
  const { seen = true, in: mailboxIds = [INBOX], ...rest } = changes
  return {
    id: eid(id),
    blobId: bid(`blob-${id}`),
    threadId: tid(`t-${id}`),
    mailboxIds: Object.fromEntries(mailboxIds.map((mailboxId) => [mailboxId, true])),
    keywords: seen ? { $seen: true } : {},
    size: 1000,
    receivedAt: minute(0),
    from: [{ name: `Sender of ${id}`, email: `${id}@example.test` }],
    to: [],
    cc: null,
    subject: `Subject of ${id}`,
    preview: '',
    hasAttachment: false,
    messageId: [`${id}@example.test`],
    isBulk: false,
    ...rest,
  }
}

export function aThread(id: string, ...emailIds: string[]): Thread {
  return { id: tid(id), emailIds: emailIds.map(eid) }
}

export function aMailbox(id: MailboxId, changes: Partial<Mailbox> = {}): Mailbox {
  return {
    id,
    name: id,
    parentId: null,
    role: null,
    sortOrder: 0,
    totalEmails: 0,
    unreadEmails: 0,
    totalThreads: 0,
    unreadThreads: 0,
    isSubscribed: true,
    myRights: {
      mayReadItems: true,
      mayAddItems: true,
      mayRemoveItems: true,
      maySetSeen: true,
      maySetKeywords: true,
      mayCreateChild: true,
      mayRename: true,
      mayDelete: true,
      maySubmit: true,
    },
    ...changes,
  }
}

export function aBody(id: string, text = 'Hello'): EmailBody {
  return {
    id: eid(id),
    trace: [],
    sentAt: null,
    bcc: null,
    replyTo: null,
    sender: null,
    textBody: [],
    htmlBody: [],
    attachments: [],
    bodyValues: { '1': { value: text, isEncodingProblem: false, isTruncated: false } },
  }
}

export function setSeen(value: boolean, ...ids: string[]): SetKeyword {
  return {
    type: 'setKeyword',
    emailIds: ids.map(eid),
    blobIds: ids.map((id) => bid(`blob-${id}`)),
    keyword: '$seen',
    value,
  }
}
