/**
 * What the user sees is base rows plus the queued intents, computed anew at every read (law 2). Nothing is ever
 * undone: an intent that leaves the outbox leaves the overlay with it. Every function is pure and answers the same
 * object when nothing changes.
 */
import type { Email, EmailId, MailboxId, Thread } from '../jmap/types.ts'
import type { ThreadRow } from '../mail/list.ts'
import { isKnownMutation, isMailboxMutation, type EmailMutation, type OutboxRow } from './mutation.ts'
import { withKeyword, type Keywords } from './set-keyword.ts'
import { entriesOf, withMailboxes } from './set-mailboxes.ts'

/** What is meant for one Email: for each keyword and each mailbox the last word. */
interface PendingChange {
  readonly keywords: ReadonlyMap<string, boolean>
  readonly mailboxIds: ReadonlyMap<MailboxId, boolean>
  readonly isDestroyed: boolean
}

/** Pending intents folded by Email. */
export type Pending = ReadonlyMap<EmailId, PendingChange>

interface Draft {
  readonly keywords: Map<string, boolean>
  readonly mailboxIds: Map<MailboxId, boolean>
  isDestroyed: boolean
}

/**
 * Rows in any order. A type this build does not know is no change (a newer build wrote it), and stays in the outbox.
 * What was refused counts no more: the base shows again.
 */
export function foldPending(outbox: readonly OutboxRow[]): Pending {
  const pending = new Map<EmailId, Draft>()
  for (const { mutation, status } of [...outbox].sort((a, b) => a.seq - b.seq)) {
    if (status === 'failed' || !isKnownMutation(mutation) || isMailboxMutation(mutation)) continue
    for (const id of mutation.emailIds) {
      const draft = pending.get(id) ?? { keywords: new Map(), mailboxIds: new Map(), isDestroyed: false }
      add(draft, mutation)
      pending.set(id, draft)
    }
  }
  return pending
}

function add(draft: Draft, mutation: EmailMutation): void {
  switch (mutation.type) {
    case 'setKeyword':
      draft.keywords.set(mutation.keyword, mutation.value)
      break
    case 'setMailboxes':
      for (const [id, isIn] of entriesOf(mutation.mailboxIds)) draft.mailboxIds.set(id, isIn)
      break
    case 'destroyEmails':
      draft.isDestroyed = true
  }
}

/** Emails that may stand in other mailboxes than their rows say, or in none. */
export function movedIds(pending: Pending): readonly EmailId[] {
  return [...pending].filter(([, change]) => change.isDestroyed || change.mailboxIds.size > 0).map(([id]) => id)
}

function effectiveKeywords(keywords: Keywords, change: PendingChange): Keywords {
  let effective = keywords
  for (const [keyword, value] of change.keywords) effective = withKeyword(effective, keyword, value)
  return effective
}

/** Undefined: it is as good as gone. */
export function effectiveEmail(email: Email, pending: Pending): Email | undefined {
  const change = pending.get(email.id)
  if (!change) return email
  if (change.isDestroyed) return undefined
  const keywords = effectiveKeywords(email.keywords, change)
  const mailboxIds = withMailboxes(email.mailboxIds, change.mailboxIds)
  return keywords === email.keywords && mailboxIds === email.mailboxIds ? email : { ...email, keywords, mailboxIds }
}

/** A thread without what is as good as gone. */
export function effectiveThread(
  thread: Thread | undefined,
  emails: readonly Email[],
  pending: Pending,
): { readonly thread: Thread | undefined; readonly emails: readonly Email[] } {
  return {
    thread: thread && { ...thread, emailIds: thread.emailIds.filter((id) => !pending.get(id)?.isDestroyed) },
    emails: emails.flatMap((email) => effectiveEmail(email, pending) ?? []),
  }
}

/** The row with the keywords to come. Where a message leaves its mailbox, the row is made anew (`replica/list-overlay.ts`). */
export function effectiveRow(row: ThreadRow, pending: Pending): ThreadRow {
  if (pending.size === 0 || !row.messages.some((message) => pending.has(message.id))) return row
  const messages = row.messages.map((message) => {
    const change = pending.get(message.id)
    const keywords = change ? effectiveKeywords(message.keywords, change) : message.keywords
    return keywords === message.keywords ? message : { ...message, keywords }
  })
  return { ...row, messages }
}
