/** Mailboxes and their counts, kept up to date thread by thread (RFC 8621 §2). */
import type { StoredEmail } from './stored-email.ts'
import type { StoredThread } from './threads.ts'

export interface StoredMailbox {
  readonly id: string
  name: string
  parentId: string | null
  role: string | null
  sortOrder: number
  isSubscribed: boolean
  readonly emails: Set<StoredEmail>
  totalEmails: number
  unreadEmails: number
  totalThreads: number
  unreadThreads: number
}

export function isUnread(email: StoredEmail): boolean {
  return !email.keywords.has('$seen') && !email.keywords.has('$draft')
}

/**
 * Where a thread counts now, and as unread or not. Messages in the Trash make no thread unread elsewhere, and in the
 * Trash only they do (RFC 8621 §2 `unreadThreads`).
 */
export function countThread(thread: StoredThread, trashId: string | null): Map<string, boolean> {
  const counted = new Map<string, boolean>()
  let unreadInTrash = false
  let unreadElsewhere = false
  for (const email of thread.emails) {
    for (const mailboxId of email.mailboxIds) counted.set(mailboxId, false)
    if (!isUnread(email)) continue
    const inTrash = trashId !== null && email.mailboxIds.has(trashId)
    unreadInTrash ||= inTrash
    unreadElsewhere ||= !inTrash || email.mailboxIds.size > 1
  }
  for (const mailboxId of counted.keys()) {
    counted.set(mailboxId, mailboxId === trashId ? unreadInTrash : unreadElsewhere)
  }
  return counted
}

/** Replaces what `thread` added to the counts. */
export function recountThread(
  thread: StoredThread,
  mailboxes: ReadonlyMap<string, StoredMailbox>,
  trashId: string | null,
): void {
  const now = countThread(thread, trashId)
  for (const mailboxId of new Set([...thread.counted.keys(), ...now.keys()])) {
    const mailbox = mailboxes.get(mailboxId)
    if (!mailbox) continue
    const before = thread.counted.get(mailboxId)
    const after = now.get(mailboxId)
    if (before === after) continue
    mailbox.totalThreads += Number(after !== undefined) - Number(before !== undefined)
    mailbox.unreadThreads += Number(after === true) - Number(before === true)
  }
  thread.counted = now
}
