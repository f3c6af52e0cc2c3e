/** What a mailbox is called, and the number beside it. */
import { t } from '../../i18n/text.ts'
import type { Mailbox } from '../../jmap/types.ts'

/** Our word for a mailbox with a role, its own name otherwise. */
export function mailboxName(mailbox: Mailbox): string {
  const { roles } = t.mailbox
  return (mailbox.role !== null && Object.hasOwn(roles, mailbox.role) ? roles[mailbox.role] : undefined) ?? mailbox.name
}

export interface MailboxCount {
  readonly count: number
  /** Something new waits: bold. Totals and Junk stay plain. */
  readonly isUnread: boolean
}

/** Drafts and Flagged count what lies there, Junk plainly, Sent and Trash say nothing, all others what is unread. */
export function mailboxCount(mailbox: Mailbox): MailboxCount {
  switch (mailbox.role) {
    case 'drafts':
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
