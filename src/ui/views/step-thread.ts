/** From conversation to conversation, along what they were opened from. */
import { rowKey } from '../../mail/list.ts'
import { afterFiling, stepAfter } from '../../state/after-filing.ts'
import type { MailPlace } from './mail-place.svelte.ts'
import type { Navigator, Services } from '../../state/contexts.ts'
import type { ListPlaces } from '../../state/list-places.ts'

/** Stepping through conversations makes no history: back leads out of them, not through them. */
export function stepThread(place: MailPlace, places: ListPlaces, navigator: Navigator, by: 1 | -1): void {
  const { walked: list, account, mailboxId, position, search } = place
  if (!list || !account || mailboxId === null || position === undefined) return
  const target = position + by
  list.observe(Math.max(0, target - 5), target + 5)
  const row = list.row(target)
  if (!row) return
  navigator.replace(place.routeTo(account, mailboxId, row, search))
  // In a stack the list is not there to follow: it will be met where it is left now.
  places.keep(list.key, { top: places.get(list.key)?.top ?? 0, activeRow: rowKey(row), hasMoved: true })
}

/** What is open is put away: where that leads is the reader's choice; among others, back to the list. */
export function leaveThread(
  place: MailPlace,
  places: ListPlaces,
  { navigator, settings }: Pick<Services, 'navigator' | 'settings'>,
  count: number,
): void {
  const { account, position, walked } = place
  const step =
    account && count === 1 ? stepAfter(afterFiling(settings, account.info.key), position, walked?.total) : undefined
  if (step) stepThread(place, places, navigator, step)
  else navigator.up()
}
