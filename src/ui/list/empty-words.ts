/** What stands in place of the rows of a list that has none. */
import { later } from '../../i18n/en/later.ts'
import type { Mailbox } from '../../jmap/types.ts'
import type { MailList } from '../../state/mail-list.ts'
import type { AccountStatus } from '../../sync/engine-port.ts'

const t = later.list

export function emptyWords(mailbox: Mailbox | undefined, status: AccountStatus, list: MailList): string {
  if (mailbox?.myRights.mayReadItems === false) return t.unreadable
  if (status.phase === 'offline' && list.islandsFrom) return t.emptyOffline
  return mailbox?.role === 'inbox' ? t.emptyInbox : t.emptyMailbox
}
