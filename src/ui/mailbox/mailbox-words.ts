/** What a mailbox is called, its sign, and the number beside it. */
import ArchiveIcon from 'virtual:icon/archive'
import FilePenIcon from 'virtual:icon/file-pen-line'
import FlagIcon from 'virtual:icon/flag'
import FolderIcon from 'virtual:icon/folder'
import InboxIcon from 'virtual:icon/inbox'
import SendIcon from 'virtual:icon/send'
import ShieldBanIcon from 'virtual:icon/shield-ban'
import TrashIcon from 'virtual:icon/trash-2'
import { t } from '../../i18n/text.ts'
import type { Mailbox } from '../../jmap/types.ts'

const icons: Readonly<Record<string, string>> = {
  inbox: InboxIcon,
  drafts: FilePenIcon,
  sent: SendIcon,
  archive: ArchiveIcon,
  all: ArchiveIcon,
  flagged: FlagIcon,
  important: FlagIcon,
  junk: ShieldBanIcon,
  trash: TrashIcon,
}

export function mailboxIcon(mailbox: Mailbox): string {
  return (mailbox.role !== null && Object.hasOwn(icons, mailbox.role) ? icons[mailbox.role] : undefined) ?? FolderIcon
}

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

/** Drafts count what lies there, Junk plainly, Sent, Trash and Flagged say nothing, all others what is unread. */
export function mailboxCount(mailbox: Mailbox): MailboxCount {
  switch (mailbox.role) {
    case 'drafts':
      return { count: mailbox.totalThreads, isUnread: false }
    case 'junk':
      return { count: mailbox.unreadThreads, isUnread: false }
    case 'sent':
    case 'trash':
    case 'flagged':
      return { count: 0, isUnread: false }
    default:
      return { count: mailbox.unreadThreads, isUnread: mailbox.unreadThreads > 0 }
  }
}

/** "Inbox, 9 unread": the name of a tree item. */
export function mailboxSentence(mailbox: Mailbox): string {
  const { count } = mailboxCount(mailbox)
  const name = mailboxName(mailbox)
  if (count === 0) return name
  return mailbox.role === 'drafts' ? t.mailbox.total(name, count) : t.mailbox.unread(name, count)
}
