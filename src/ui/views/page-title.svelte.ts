/** The title of the page: what a tab, a bookmark and a screen reader say of where the reader is. */
import { t } from '../../i18n/text.ts'
import { stripBidi } from '../../mail/addresses.ts'
import { mailboxName } from '../../i18n/mailbox-name.ts'
import { mailboxCount } from '../mailbox/mailbox-words.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Navigator } from '../../state/contexts.ts'
import type { MailPlace } from './mail-place.svelte.ts'

/** Called while a component is made. The pages of settings name themselves. */
export function followTitle(place: MailPlace, navigator: Navigator, clock: Clock): void {
  $effect(() => {
    const title = place.desk?.title ?? pageTitle(place)
    if (navigator.route.view === 'settings') return undefined
    // After the frame that shows what it names: setting it asks the browser's own process.
    return clock.after(50, () => {
      // a subject, or a search that a link brought, must not turn what stands behind it
      document.title = stripBidi(title)
    })
  })
}

function pageTitle(place: MailPlace): string {
  const { account, mailbox, position } = place
  if (!account || !mailbox) return t.app.name
  const name = mailboxName(mailbox)
  const domain = domainOf(account.info.username)
  const row = position === undefined ? undefined : place.walked?.row(position)
  if (place.threadId === null) {
    const { count, isUnread } = mailboxCount(mailbox)
    return t.app.mailboxTitle(name, isUnread ? count : 0, domain)
  }
  return t.app.conversationTitle(row ? (row.subject ?? t.app.noSubject) : t.app.conversation, name, domain)
}

function domainOf(username: string): string {
  return username.slice(username.lastIndexOf('@') + 1)
}
