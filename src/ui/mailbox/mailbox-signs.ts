/** What the tree shows and says of a mailbox besides its name. */
import AlarmClockIcon from 'virtual:icon/alarm-clock'
import ArchiveIcon from 'virtual:icon/archive'
import FilePenIcon from 'virtual:icon/file-pen-line'
import FlagIcon from 'virtual:icon/flag'
import FolderIcon from 'virtual:icon/folder'
import InboxIcon from 'virtual:icon/inbox'
import SendIcon from 'virtual:icon/send'
import ShieldBanIcon from 'virtual:icon/shield-ban'
import TrashIcon from 'virtual:icon/trash-2'
import { mailboxTree as t } from '../../i18n/en/mailbox-tree.ts'
import { mailboxName } from '../../i18n/mailbox-name.ts'
import { mailboxCount } from './mailbox-words.ts'
import type { Mailbox } from '../../jmap/types.ts'

const icons: Readonly<Record<string, string>> = {
  inbox: InboxIcon,
  drafts: FilePenIcon,
  sent: SendIcon,
  archive: ArchiveIcon,
  all: ArchiveIcon,
  flagged: FlagIcon,
  important: FlagIcon,
  snoozed: AlarmClockIcon,
  junk: ShieldBanIcon,
  trash: TrashIcon,
}

export function mailboxIcon(mailbox: Mailbox): string {
  return (mailbox.role !== null && Object.hasOwn(icons, mailbox.role) ? icons[mailbox.role] : undefined) ?? FolderIcon
}

/** "Inbox, 9 unread": the name of a tree item. */
export function mailboxSentence(mailbox: Mailbox): string {
  const { count } = mailboxCount(mailbox)
  const name = mailboxName(mailbox)
  if (count === 0) return name
  return ['drafts', 'snoozed', 'flagged'].includes(mailbox.role ?? '') ? t.total(name, count) : t.unread(name, count)
}
