/** The number beside a mailbox. */
import type { Mailbox } from '../../jmap/types.ts'

export interface MailboxCount {
  readonly count: number
  /** Something new waits: bold. Totals and Junk stay plain. */
  readonly isUnread: boolean
}

/** Drafts, Snoozed and Flagged count what lies there, Junk plainly, Sent and Trash say nothing, all others what is unread. */
export function mailboxCount(mailbox: Mailbox): MailboxCount {
  switch (mailbox.role) {
    case 'drafts':
    case 'snoozed':
    case 'flagged':
      return { count: mailbox.totalThreads, isUnread: false }
    case 'junk':
      return { count: mailbox.unreadThreads, isUnread: false }
    case 'sent':
    case 'trash':
      return { count: 0, isUnread: false }
    default:
      return { count: mailbox.unreadThreads, isUnread: mailbox.unreadThreads > 0 }
  }
}
