/** Search, fetched when it is first used: all of it hangs on the desk. */
import { SearchDesk } from './search-desk.svelte.ts'
import type { MailPlace } from './mail-place.svelte.ts'
import type { Clock } from '../../platform/clock.ts'

/** The page has one desk, and it outlives the field and the panes. */
export function openDesk(place: MailPlace, clock: Clock): void {
  place.desk ??= new SearchDesk(place, clock)
}
