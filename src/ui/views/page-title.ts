/** The title of the page: what a tab, a bookmark and a screen reader say of where the reader is. */
import { t } from '../../i18n/text.ts'
import { mailboxCount, mailboxName } from '../mailbox/mailbox-words.ts'
import type { MailPlace } from './mail-place.svelte.ts'

export function pageTitle(place: MailPlace, position: number | undefined): string {
  const { account, mailbox } = place
  if (!account || !mailbox) return t.app.name
  const name = mailboxName(mailbox)
  const domain = domainOf(account.info.username)
  const row = position === undefined ? undefined : place.list?.row(position)
  if (place.threadId === null) {
    const { count, isUnread } = mailboxCount(mailbox)
    return t.app.mailboxTitle(name, isUnread ? count : 0, domain)
  }
  return t.app.conversationTitle(row ? (row.subject ?? t.app.noSubject) : t.app.conversation, name, domain)
}

function domainOf(username: string): string {
  return username.slice(username.lastIndexOf('@') + 1)
}
