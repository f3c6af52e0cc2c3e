/** From conversation to conversation, along what they were opened from. */
import { rowKey } from '../../mail/list.ts'
import type { MailPlace } from './mail-place.svelte.ts'
import type { Navigator } from '../../state/contexts.ts'
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

/** What is open is put away, perhaps among others: the next one is opened, or the one before; else the list is left. */
export function leaveThread(place: MailPlace, places: ListPlaces, navigator: Navigator, count: number): void {
  const { position, walked } = place
  const total = walked?.total ?? 0
  if (position === undefined || count > 1 || total < 2) navigator.up()
  else stepThread(place, places, navigator, position + 1 < total ? 1 : -1)
}
