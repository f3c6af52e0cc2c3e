/**
 * What fingers do to rows beside opening them: swipes, a press that rests and ticks, a list that is pulled down. For the page, as `row-hands.ts`
 * is for pointers: fetched where there is a touch screen, or with the first touch. By pointer events: the browser takes
 * what goes up and down (`touch-action`), and says so by `pointercancel`.
 */
import './touch.css'
import { rowKey } from '../../../mail/list.ts'
import { swipeChoice } from '../../../state/swipe-choice.ts'
import { takePulls } from './list-pull.ts'
import { heldBy, linkOf, type Held } from '../hands/row-acts.ts'
import { RowSwipe } from './row-swipe.ts'
import { swipeAction } from './swipe-actions.ts'
import { isAwayFromEdges, meaningOf } from './swipe-decision.ts'
import type { HandsInput } from '../hands/row-hands.ts'

/** Until a finger that rests on a row ticks it, and how far it may tremble. */
const RESTS_MS = 450
const TREMBLE = 10

/** One finger, from its coming to its leaving. */
interface Press {
  readonly pointerId: number
  readonly x: number
  readonly y: number
  readonly at: number
  readonly held: Held
  readonly maySwipe: boolean
  readonly stopWaiting: () => void
  isSwipe?: boolean
}

export function takeTouches(input: HandsInput): () => void {
  const { acts, clock, settings } = input
  const listens = new AbortController()
  let press: Press | undefined
  /** The row that is out of its place: there is one at most. */
  let swipe: RowSwipe | undefined
  /** The finger has done something: the click that may come of it opens nothing. */
  let isUsed = false

  const startSwipe = ({ held, x, at }: Press): RowSwipe => {
    const made = new RowSwipe({
      held,
      clock,
      from: { x, at },
      actionOf: (side) => swipeAction(swipeChoice(settings, held.acts.account.info.key, side), held),
      onEnd: () => {
        if (swipe === made) swipe = undefined
      },
    })
    return made
  }
  const forget = (): void => {
    press?.stopWaiting()
    press = undefined
  }
  const close = (): void => {
    swipe?.close()
    swipe = undefined
  }
  const tick = ({ held }: Press): void => {
    isUsed = true
    forget()
    const { list, selection } = held.acts
    selection.toggle(list.positionOf(rowKey(held.row)))
  }

  const down = (event: PointerEvent): void => {
    isUsed = false
    forget()
    if (event.pointerType !== 'touch') return
    const { target, clientX: x, clientY: y, pointerId } = event
    const isOnFill = target instanceof Element && target.closest('.swipe-fill') !== null
    if (!event.isPrimary) close()
    if (!event.isPrimary || isOnFill) return
    const held = heldBy(target, acts())
    if (swipe && swipe.item !== held?.element) {
      isUsed = held !== undefined
      close()
    }
    if (!held) return
    press = {
      pointerId,
      x,
      y,
      at: event.timeStamp,
      held,
      maySwipe: isAwayFromEdges(x, innerWidth) && held.acts.selection.size === 0,
      stopWaiting: clock.after(RESTS_MS, () => {
        if (press && !swipe) tick(press)
      }),
    }
  }
  const move = (event: PointerEvent): void => {
    if (!press || event.pointerId !== press.pointerId) return
    const [dx, dy] = [event.clientX - press.x, event.clientY - press.y]
    if (Math.hypot(dx, dy) > TREMBLE) press.stopWaiting()
    if (press.isSwipe === undefined) {
      const meaning = meaningOf(dx, dy)
      if (meaning === undefined) return
      // a row that is on its way back is let be
      const isFree = swipe !== undefined || !press.held.element.querySelector('.swipe-fill')
      press.isSwipe = meaning === 'swipe' && press.maySwipe && isFree
      isUsed ||= press.isSwipe
      if (press.isSwipe) swipe ??= startSwipe(press)
      else close()
    }
    if (press.isSwipe) swipe?.follow(dx, event.clientX, event.timeStamp)
  }
  const up = (event: PointerEvent): void => {
    if (!press || event.pointerId !== press.pointerId) return
    const { isSwipe } = press
    forget()
    if (isSwipe) {
      if (!swipe?.release(event.timeStamp)) swipe = undefined
    } else if (swipe) {
      // a touch of the open row itself
      isUsed = true
      close()
    }
  }
  const cancel = (event: PointerEvent): void => {
    if (!press || event.pointerId !== press.pointerId) return
    forget()
    close()
  }
  const scroll = ({ target }: Event): void => {
    press?.stopWaiting()
    if (!press?.isSwipe && swipe && target instanceof Node && target.contains(swipe.item)) close()
  }
  const click = (event: MouseEvent): void => {
    // by a key: no finger has to do with it
    if (event.detail === 0 || !(event.target instanceof Element) || event.target.closest('.swipe-fill')) return
    if (isUsed) {
      isUsed = false
      event.preventDefault()
      event.stopPropagation()
      return
    }
    const held = heldBy(event.target, acts())
    if (!isTouched || !held || held.acts.selection.size === 0) return
    // while rows are ticked, a tap ticks
    if (!linkOf(held.element)?.contains(event.target)) return
    event.preventDefault()
    event.stopPropagation()
    held.acts.selection.toggle(held.position)
  }
  /** The last press was a finger's: not every browser says so with a click, or a context menu. */
  let isTouched = false
  const note = ({ pointerType }: PointerEvent): void => void (isTouched = pointerType === 'touch')
  /** The browser's own menu and drag of a link begin by a finger that rests, too. */
  const refuse = (event: Event): void => {
    if (!isTouched || !heldBy(event.target, acts())) return
    event.preventDefault()
    event.stopPropagation()
  }
  const leavePulls = takePulls(input)
  const options = { signal: listens.signal, capture: true, passive: true }
  const active = { ...options, passive: false }
  document.addEventListener('pointerdown', note, options)
  document.addEventListener('pointerdown', down, options)
  document.addEventListener('pointermove', move, options)
  document.addEventListener('pointerup', up, options)
  document.addEventListener('pointercancel', cancel, options)
  document.addEventListener('scroll', scroll, options)
  document.addEventListener('keydown', close, options)
  document.addEventListener('click', click, active)
  document.addEventListener('contextmenu', refuse, active)
  document.addEventListener('dragstart', refuse, active)
  return () => {
    listens.abort()
    leavePulls()
    forget()
    close()
  }
}
