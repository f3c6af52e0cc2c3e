/** Builds the rows of lists from the known Emails of one thread. Pure: the replica calls it inside its transaction. */
import type { Email, MailboxId, Thread } from '../jmap/types.ts'
import { compareOldestFirst } from './compare.ts'
import { SHOWN_PREVIEW, type RowMessage, type ThreadRow } from './list.ts'

/**
 * One row for each mailbox that holds a known message of the thread. `thread` may be unknown, and may name more
 * messages than are here: then `count` is the larger number.
 */
export function threadRows(thread: Thread | undefined, emails: Iterable<Email>): Map<MailboxId, ThreadRow> {
  const sorted = [...emails].sort(compareOldestFirst)
  const messages = sorted.map(toRowMessage)
  const count = Math.max(thread?.emailIds.length ?? 0, messages.length)
  // Later ones overwrite: what stays is the newest of the thread in each mailbox (RFC 8621 §4.4.3).
  const representatives = new Map<MailboxId, Email>()
  for (const email of sorted) {
    for (const mailboxId of Object.keys(email.mailboxIds) as MailboxId[]) representatives.set(mailboxId, email)
  }
  const rows = new Map<MailboxId, ThreadRow>()
  for (const [mailboxId, email] of representatives) {
    const preview = email.preview.slice(0, SHOWN_PREVIEW)
    rows.set(mailboxId, toRow(mailboxId, { ...email, preview }, messages, count))
  }
  return rows
}

/** The row of a thread in which this message stands for all. */
export function toRow(mailboxId: MailboxId, email: Email, messages: readonly RowMessage[], count: number): ThreadRow {
  return {
    mailboxId,
    threadId: email.threadId,
    emailId: email.id,
    receivedAt: email.receivedAt,
    subject: email.subject,
    preview: email.preview,
    to: email.to ?? [],
    ...(email.sentTo && { alsoTo: [...(email.cc ?? []).map((address) => address.email), ...email.sentTo] }),
    hasAttachment: email.hasAttachment,
    isBulk: email.isBulk,
    messages,
    count,
  }
}

/** One known message of a thread, as its rows name it. */
export function toRowMessage(email: Email): RowMessage {
  return {
    id: email.id,
    blobId: email.blobId,
    receivedAt: email.receivedAt,
    from: email.from?.[0] ?? null,
    keywords: email.keywords,
    mailboxIds: email.mailboxIds,
  }
}
