/** What `/` does: into the field, from wherever the reader is. */
import type { MailPlace } from './mail-place.svelte.ts'
import type { Navigator } from '../../state/contexts.ts'

export function openSearch(place: MailPlace, navigator: Navigator): void {
  const { account, mailboxId, search } = place
  const field = document.querySelector<HTMLInputElement>('[role=search] input')
  if (account && mailboxId !== null && (search === undefined || !field))
    navigator.open(place.routeTo(account, mailboxId, undefined, search ?? ''))
  // Where there is none, one comes, and takes the focus.
  field?.select()
}
