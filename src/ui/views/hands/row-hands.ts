/**
 * What pointers do to rows beside opening them: one pair of hands for the page, fetched once it is at rest. It listens to
 * the page, not to each row, so that rows cost nothing for it.
 */
import { openRowMenu } from './row-menu.ts'
import { asksForMenu, heldBy, linkOf, type RowActs } from './row-acts.ts'

export interface HandsInput {
  /** Of the list on screen, as it is now. */
  readonly acts: () => RowActs | undefined
}

/** `early`: a menu was asked for before. The returned function lets go. */
export function takeRows(input: HandsInput, early?: Event): () => void {
  const menu = (event: Event): void => {
    if (!asksForMenu(event)) return
    const { target } = event
    // the key for it opens the browser's own menu on ours
    if (target instanceof Element && target.closest('[role=menu]')) event.preventDefault()
    const held = heldBy(target, input.acts())
    if (!held) return
    event.preventDefault()
    linkOf(held.element)?.focus({ preventScroll: true })
    openRowMenu(held, event instanceof MouseEvent ? { x: event.clientX, y: event.clientY } : undefined)
  }
  if (early) menu(early)
  document.addEventListener('contextmenu', menu)
  document.addEventListener('keydown', menu)
  return () => {
    document.removeEventListener('contextmenu', menu)
    document.removeEventListener('keydown', menu)
  }
}
