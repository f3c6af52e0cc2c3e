/** A mailbox that was opened before the server had made it has another address from then on. */
import { isLocalId } from '../../mail/list.ts'
import type { Navigator } from '../../state/contexts.ts'
import type { MailPlace } from './mail-place.svelte.ts'

/** Runs in an effect: reads what it follows. */
export function followMade(place: MailPlace, navigator: Navigator): void {
  const { route } = navigator
  if (route.view !== 'mailbox' || route.mailboxId === null || !isLocalId(route.mailboxId) || place.mailbox) return
  const made = place.account?.mailboxes.withRole(route.mailboxId.slice(1))
  if (made) navigator.replace({ ...route, mailboxId: made.id })
}
