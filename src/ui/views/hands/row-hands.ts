/**
 * What pointers do to rows beside opening them: one pair of hands for the page, fetched once it is at rest. It listens to
 * the page, not to each row, so that rows cost nothing for it.
 */
import { openRowMenu } from './row-menu.ts'
import { RowDrag } from './row-drag.ts'
import { RowStrips } from './row-strip.svelte.ts'
import { asksForMenu, heldBy, linkOf, type RowActs } from './row-acts.ts'
import type { Services } from '../../../state/contexts.ts'

export interface HandsInput extends Pick<Services, 'announce' | 'clock' | 'settings'> {
  /** Of the list on screen, as it is now. */
  readonly acts: () => RowActs | undefined
}

/** `early`: what was heard before. The returned function lets go. */
export function takeRows(input: HandsInput, early: readonly (Event | undefined)[]): () => void {
  const menu = (event: Event): void => {
    if (!asksForMenu(event)) return
    const { target } = event
    // the key for it opens the browser's own menu on ours
    if (target instanceof Element && target.closest('[role=menu]')) event.preventDefault()
    const held = heldBy(target, input.acts())
    if (!held) return
    event.preventDefault()
    linkOf(held.element)?.focus({ preventScroll: true })
    openRowMenu(held, input.settings, event instanceof MouseEvent ? { x: event.clientX, y: event.clientY } : undefined)
  }
  const strips = new RowStrips(input.settings)
  let drag: RowDrag | undefined
  const over = ({ target, pointerType, buttons }: PointerEvent): void => {
    const held = pointerType === 'mouse' && buttons === 0 ? heldBy(target, input.acts()) : undefined
    if (held) strips.show(held)
    else strips.hide()
  }
  const press = (event: PointerEvent): void => {
    const { target, button, pointerType } = event
    if (button !== 0 || pointerType === 'touch' || drag) return
    const isOnButton = target instanceof Element && target.closest('button, input') !== null
    const held = isOnButton ? undefined : heldBy(target, input.acts())
    if (held) drag = new RowDrag(held, event, input.clock, () => (drag = undefined))
  }
  // the browser's own drag of a link would end ours
  const own = (event: DragEvent): void => {
    if (drag) event.preventDefault()
  }
  for (const event of early) {
    if (event instanceof PointerEvent && event.type === 'pointerover') over(event)
    else if (event) menu(event)
  }
  document.addEventListener('pointerover', over)
  document.addEventListener('pointerdown', press)
  document.addEventListener('dragstart', own)
  document.addEventListener('contextmenu', menu)
  document.addEventListener('keydown', menu)
  return () => {
    strips.hide()
    document.removeEventListener('pointerover', over)
    document.removeEventListener('pointerdown', press)
    document.removeEventListener('dragstart', own)
    document.removeEventListener('contextmenu', menu)
    document.removeEventListener('keydown', menu)
  }
}
