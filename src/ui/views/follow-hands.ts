/**
 * The hands that act on rows, and what puts mail away: they come when the page is at rest, or with the first pointer on a
 * row. No row waits for them.
 */
import { asksForMenu, heldBy } from './hands/row-acts.ts'
import type { HandsInput } from './hands/row-hands.ts'

/** When all else is at rest. */
const AFTER_MS = 10_000

const SIGNS = ['pointerover', 'keydown', 'contextmenu'] as const

/** The returned function lets go. What does not arrive is asked for with the next sign. */
export function followHands(input: HandsInput): () => void {
  let isLeft = false
  let letGo: (() => void) | undefined
  /** The row that the mouse is on, and a menu that was asked for before there was one. */
  let [hovered, early]: (Event | undefined)[] = []
  let isComing = false
  const rest = input.clock.after(AFTER_MS, take)
  function take(): void {
    isComing = true
    Promise.all([import('./hands/row-hands.ts'), import('./act-parts.ts')]).then(
      ([{ takeRows }]) => {
        ignore()
        if (!isLeft) letGo ??= takeRows(input, [hovered, early])
      },
      () => {
        isComing = false
      },
    )
  }
  function see(event: Event): void {
    if (!heldBy(event.target, input.acts())) return
    if (event.type === 'pointerover') hovered = event
    if (asksForMenu(event)) {
      event.preventDefault()
      early = event
    }
    if (!isComing) take()
  }
  function heed(): void {
    for (const sign of SIGNS) document.addEventListener(sign, see)
  }
  function ignore(): void {
    for (const sign of SIGNS) document.removeEventListener(sign, see)
  }
  heed()
  return () => {
    isLeft = true
    rest()
    ignore()
    letGo?.()
  }
}
