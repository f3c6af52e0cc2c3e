/**
 * What the user sees is base rows plus the queued intents, computed anew at every read (law 2). Nothing is ever
 * undone: an intent that leaves the outbox leaves the overlay with it. Every function is pure and answers the same
 * object when nothing changes.
 */
import type { Email, EmailId, Mailbox, MailboxId, ThreadId } from '../jmap/types.ts'
import type { ThreadRow } from '../mail/list.ts'
import type { Mutation, OutboxRow } from './mutation.ts'
import { withKeyword, type Keywords } from './set-keyword.ts'

/** Pending intents folded by Email: for each keyword the last word. What was refused counts no more: the base shows again. */
export type Pending = ReadonlyMap<EmailId, ReadonlyMap<string, boolean>>

/** Rows in any order. A type this build does not know is no change (a newer build wrote it), and stays in the outbox. */
export function foldPending(outbox: readonly OutboxRow[]): Pending {
  const pending = new Map<EmailId, Map<string, boolean>>()
  for (const { mutation, status } of [...outbox].sort((a, b) => a.seq - b.seq)) {
    if (status === 'failed' || !isKnown(mutation)) continue
    for (const id of mutation.emailIds) {
      const keywords = pending.get(id) ?? new Map<string, boolean>()
      keywords.set(mutation.keyword, mutation.value)
      pending.set(id, keywords)
    }
  }
  return pending
}

function isKnown(mutation: Mutation): boolean {
  return (mutation.type as string) === 'setKeyword'
}

function effectiveKeywords(id: EmailId, keywords: Keywords, pending: Pending): Keywords {
  let effective = keywords
  for (const [keyword, value] of pending.get(id) ?? []) effective = withKeyword(effective, keyword, value)
  return effective
}

export function effectiveEmail(email: Email, pending: Pending): Email {
  const keywords = effectiveKeywords(email.id, email.keywords, pending)
  return keywords === email.keywords ? email : { ...email, keywords }
}

export function effectiveRow(row: ThreadRow, pending: Pending): ThreadRow {
  if (pending.size === 0 || !row.messages.some((message) => pending.has(message.id))) return row
  const messages = row.messages.map((message) => {
    const keywords = effectiveKeywords(message.id, message.keywords, pending)
    return keywords === message.keywords ? message : { ...message, keywords }
  })
  return { ...row, messages }
}

/**
 * Unread counts as they will be once the intents have arrived. `emails` are the known Emails of every thread that a
 * pending `$seen` touches, base values; messages that are not here cannot be counted.
 */
export function effectiveMailboxes(
  mailboxes: readonly Mailbox[],
  emails: readonly Email[],
  pending: Pending,
): readonly Mailbox[] {
  const unreadEmails = new Map<MailboxId, number>()
  const unreadThreads = new Map<MailboxId, number>()
  for (const thread of byThread(emails)) {
    const after = thread.map((email) => effectiveEmail(email, pending))
    thread.forEach((email, index) => {
      const change = unread(after[index] ?? email) - unread(email)
      if (change !== 0) addTo(unreadEmails, Object.keys(email.mailboxIds) as MailboxId[], change)
    })
    // A thread is unread in a mailbox if any of its messages is, in whichever mailbox that one lies (RFC 8621 §2).
    const change = Math.max(0, ...after.map(unread)) - Math.max(0, ...thread.map(unread))
    if (change !== 0) addTo(unreadThreads, mailboxIdsOf(thread), change)
  }
  if (unreadEmails.size === 0 && unreadThreads.size === 0) return mailboxes
  return mailboxes.map((mailbox) => ({
    ...mailbox,
    unreadEmails: Math.max(0, mailbox.unreadEmails + (unreadEmails.get(mailbox.id) ?? 0)),
    unreadThreads: Math.max(0, mailbox.unreadThreads + (unreadThreads.get(mailbox.id) ?? 0)),
  }))
}

function unread(email: Email): 0 | 1 {
  return Object.hasOwn(email.keywords, '$seen') ? 0 : 1
}

function byThread(emails: readonly Email[]): Iterable<Email[]> {
  const threads = new Map<ThreadId, Email[]>()
  for (const email of emails) threads.set(email.threadId, [...(threads.get(email.threadId) ?? []), email])
  return threads.values()
}

function mailboxIdsOf(thread: readonly Email[]): Set<MailboxId> {
  return new Set(thread.flatMap((email) => Object.keys(email.mailboxIds) as MailboxId[]))
}

function addTo(counts: Map<MailboxId, number>, ids: Iterable<MailboxId>, change: number): void {
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + change)
}
