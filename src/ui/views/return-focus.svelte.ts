/** Where the focus goes when a level is left: by a key, a button, or the browser's own way back. */
import { tick } from 'svelte'
import type { MailPlace } from './mail-place.svelte.ts'

/** Called while a component is set up; ends with it. `focusRow` puts the focus on the row that was left. */
export function returnFocus(place: MailPlace, focusRow: () => void): void {
  let wasDeep = 0
  $effect(() => {
    const depth = Number(place.threadId !== null) + Number(place.search !== undefined)
    if (depth < wasDeep) void tick().then(focusRow)
    wasDeep = depth
  })
}
