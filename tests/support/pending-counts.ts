/** Counts of mailboxes with what is pending, where a test has all Emails at hand. */
import type { Email, Mailbox } from '../../src/jmap/types.ts'
import { PendingCounts } from '../../src/mutations/effective-mailboxes.ts'
import type { Pending } from '../../src/mutations/overlay.ts'

export function effectiveMailboxes(
  mailboxes: readonly Mailbox[],
  emails: readonly Email[],
  pending: Pending,
): readonly Mailbox[] {
  const counts = new PendingCounts(mailboxes, pending)
  const threadIds = new Set(emails.map(({ threadId }) => threadId))
  counts.add([...threadIds].map((id) => emails.filter(({ threadId }) => threadId === id)))
  return counts.mailboxes()
}
