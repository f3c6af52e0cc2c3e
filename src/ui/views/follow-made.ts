/** A mailbox that was opened before the server had made it has another address from then on. */
import { isCreatedId, isLocalId } from '../../mail/list.ts'
import type { Navigator } from '../../state/contexts.ts'
import type { Mailbox } from '../../jmap/types.ts'
import type { MailPlace } from './mail-place.svelte.ts'

/** What the reader made and opened: known by name and place once the server has it. */
let last: Mailbox | undefined

/** Runs in an effect: reads what it follows. */
export function followMade(place: MailPlace, navigator: Navigator): void {
  const { route } = navigator
  if (place.mailbox && isCreatedId(place.mailbox.id)) last = place.mailbox
  if (route.view !== 'mailbox' || route.mailboxId === null || !isLocalId(route.mailboxId) || place.mailbox) return
  const mailboxes = place.account?.mailboxes
  if (!mailboxes?.stored) return
  const { name, parentId } = last ?? {}
  const made = isCreatedId(route.mailboxId)
    ? last?.id === route.mailboxId && mailboxes.stored.find((each) => each.name === name && each.parentId === parentId)
    : mailboxes.withRole(route.mailboxId.slice(1))
  if (made) navigator.replace({ ...route, mailboxId: made.id })
  // taken back, or of a page that is no more
  else if (isCreatedId(route.mailboxId)) navigator.replace({ ...route, mailboxId: null, threadId: null, emailId: null })
}
