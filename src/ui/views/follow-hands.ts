/**
 * The hands that act on rows, what puts mail away and what shows it: they come when the page is at rest, at once with the
 * first pointer on a row, and soon after the reader did anything at all. No row waits for them.
 */
import { asksForMenu, heldBy } from './hands/row-acts.ts'
import type { HandsInput } from './hands/row-hands.ts'
import type { Services } from '../../state/contexts.ts'

/** When all else is at rest; fingers are at rows sooner, and what a touch may do is settled before it begins. */
const AFTER_MS = 10_000
const TOUCH_AFTER_MS = 1000
/** What the first key or click does is painted before. */
const STIRRED_AFTER_MS = 500

const SIGNS = ['pointerover', 'pointermove', 'pointerdown', 'keydown', 'contextmenu'] as const

/** The returned function lets go. What does not arrive is asked for with the next sign. */
export function followHands(services: Services, acts: HandsInput['acts']): () => void {
  const input = { ...services, acts }
  const stops = [followPointers(input), followTouch(input)]
  return () => {
    for (const stop of stops) stop()
  }
}

function followPointers(input: HandsInput & Pick<Services, 'settle'>): () => void {
  let isLeft = false
  let letGo: (() => void) | undefined
  /** The row that the mouse is on, and a menu that was asked for before there was one. */
  let [hovered, early]: (Event | undefined)[] = []
  let isComing = false
  let rest = input.clock.after(AFTER_MS, take)
  let hasStirred = false
  function take(): void {
    isComing = true
    Promise.all([import('./hands/row-hands.ts'), import('./act-parts.ts'), input.settle()]).then(
      ([{ takeRows }]) => {
        ignore()
        if (!isLeft) letGo ??= takeRows(input, [hovered, early])
      },
      () => {
        isComing = hasStirred = false
      },
    )
  }
  function see(event: Event): void {
    if (!hasStirred && hasMoved(event)) {
      hasStirred = true
      rest()
      rest = input.clock.after(STIRRED_AFTER_MS, () => !isComing && take())
    }
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

/** Not by what appears or scrolls under a pointer that stands still. */
function hasMoved(event: Event): boolean {
  if (event instanceof PointerEvent && event.type === 'pointermove')
    return event.movementX !== 0 || event.movementY !== 0
  return event.type !== 'pointerover'
}

/** Fingers: their code comes where there is a touch screen, or with the first that comes all the same. */
function followTouch(input: HandsInput): () => void {
  let isLeft = false
  let letGo: (() => void) | undefined
  const take = (): void => {
    import('./touch/row-touch.ts').then(
      ({ takeTouches }) => {
        document.removeEventListener('touchstart', take)
        if (!isLeft) letGo ??= takeTouches(input)
      },
      () => undefined,
    )
  }
  const stop = matchMedia('(any-pointer: coarse)').matches ? input.clock.after(TOUCH_AFTER_MS, take) : undefined
  document.addEventListener('touchstart', take, { passive: true })
  return () => {
    isLeft = true
    stop?.()
    document.removeEventListener('touchstart', take)
    letGo?.()
  }
}
