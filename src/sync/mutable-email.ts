/** The part of an Email that may change, with what decides whether an unknown one is kept (L3). */
import type { BlobId, Email, EmailId, MailboxId, ThreadId } from '../jmap/types.ts'

export type MutableEmail = Pick<Email, 'id' | 'threadId' | 'mailboxIds' | 'keywords' | 'receivedAt' | 'blobId'>

/** Undefined when what a server sent cannot be an Email. */
export function toMutableEmail(raw: unknown): MutableEmail | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined
  const { id, threadId, mailboxIds, keywords, receivedAt, blobId } = raw as Record<string, unknown>
  if (typeof id !== 'string' || typeof threadId !== 'string' || typeof receivedAt !== 'string') return undefined
  if (Number.isNaN(Date.parse(receivedAt))) return undefined
  return {
    id: id as EmailId,
    threadId: threadId as ThreadId,
    mailboxIds: toSet<MailboxId>(mailboxIds),
    keywords: toSet(keywords),
    receivedAt,
    blobId: (typeof blobId === 'string' ? blobId : '') as BlobId,
  }
}

/** RFC 8621 §4.1.1: a map whose values are all true. */
function toSet<K extends string>(raw: unknown): Record<K, true> {
  if (typeof raw !== 'object' || raw === null) return {} as Record<K, true>
  return Object.fromEntries(
    Object.entries(raw)
      .filter(([, value]) => value === true)
      .map(([key]) => [key, true]),
  ) as Record<K, true>
}
