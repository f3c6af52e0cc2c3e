/**
 * A list that is pulled down at its top asks the server for new mail. By touch events, which go on while the browser
 * thinks that it scrolls; nothing of the list moves, a sign comes down over it.
 */
import RefreshIcon from 'virtual:icon/refresh-cw'
import { touch as t } from '../../../i18n/en/touch.ts'
import { syncWords } from '../../mailbox/sync-words.ts'
import { drawing } from './swipe-fill.ts'
import { ASKS_PAST, isAnswered, isPull, pulledBy } from './pull-decision.ts'
import type { HandsInput } from '../hands/row-hands.ts'
import type { AccountStatus } from '../../../sync/engine-port.ts'

/** How often it is looked whether an answer is still to be expected. */
const LOOKS_EVERY_MS = 500

interface Pull {
  readonly x: number
  readonly y: number
  readonly scroller: HTMLElement
  isPulled?: boolean | undefined
  depth: number
}

export function takePulls({ acts, announce, clock }: HandsInput): () => void {
  const listens = new AbortController()
  const sign = document.createElement('div')
  sign.className = 'pull-sign'
  sign.append(drawing(RefreshIcon))
  let pull: Pull | undefined
  /** Ends the waiting for an answer. */
  let stopWaiting: (() => void) | undefined
  /** The reader has put a finger on the page since it was asked. */
  let isTouched = false

  const show = (depth: number, state: 'pulled' | 'asking' | 'away'): void => {
    sign.dataset['state'] = state
    sign.style.setProperty('--pulled', String(Math.min(1, depth / ASKS_PAST)))
  }
  const away = (): void => show(0, 'away')

  const ask = (scroller: HTMLElement): void => {
    const shown = acts()
    if (!shown) return
    const { port } = shown.account
    const [before, since] = [port.status, clock.monotonic()]
    let hasBegun = false
    let stopClock = (): void => undefined
    const end = (status: AccountStatus): void => {
      stopWaiting?.()
      away()
      announce(syncWords(status, clock.now()).line)
      // a list under a finger keeps what is looked at in its place; who asked for what is new looks at the top
      if (!isTouched) scroller.scrollTop = 0
    }
    const look = (status: AccountStatus): void => {
      hasBegun ||= status.phase === 'syncing'
      if (isAnswered({ before, hasBegun, waitedMs: clock.monotonic() - since }, status)) end(status)
    }
    const stopListening = port.onStatus(look)
    const again = (): void => {
      stopClock = clock.after(LOOKS_EVERY_MS, () => {
        again()
        look(port.status)
      })
    }
    stopWaiting = () => {
      stopListening()
      stopClock()
      stopWaiting = undefined
    }
    isTouched = false
    show(ASKS_PAST, 'asking')
    announce(t.asking)
    again()
    port.refresh()
  }

  const begin = ({ touches, target }: TouchEvent): void => {
    isTouched = true
    pull = undefined
    const [finger, second] = touches
    const scroller = document.querySelector('[data-view=messages]')?.parentElement
    if (!finger || second || !scroller || scroller.scrollTop > 0 || stopWaiting) return
    if (!(target instanceof Node) || !scroller.contains(target) || acts()?.isSearch !== undefined) return
    pull = { x: finger.clientX, y: finger.clientY, scroller, depth: 0 }
  }
  const move = ({ touches }: TouchEvent): void => {
    const [finger, second] = touches
    if (!pull || !finger) return
    const [dx, dy] = [finger.clientX - pull.x, finger.clientY - pull.y]
    pull.isPulled ??= isPull(dx, dy)
    if (second || pull.scroller.scrollTop > 0) pull.isPulled = false
    if (pull.isPulled === undefined) return
    if (!pull.isPulled) {
      if (pull.depth > 0) away()
      pull = undefined
      return
    }
    pull.depth = pulledBy(dy)
    // in the frame of the list, which does not scroll
    if (sign.parentElement !== pull.scroller.parentElement) pull.scroller.parentElement?.append(sign)
    show(pull.depth, 'pulled')
  }
  const end = (event: TouchEvent): void => {
    const pulled = pull
    pull = undefined
    if (!pulled?.isPulled) return
    if (event.type === 'touchend' && pulled.depth >= ASKS_PAST) ask(pulled.scroller)
    else away()
  }
  const options = { signal: listens.signal, capture: true, passive: true }
  document.addEventListener('touchstart', begin, options)
  document.addEventListener('touchmove', move, options)
  document.addEventListener('touchend', end, options)
  document.addEventListener('touchcancel', end, options)
  return () => {
    listens.abort()
    stopWaiting?.()
    sign.remove()
  }
}
