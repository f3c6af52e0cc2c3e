/**
 * Drags one row, or what is ticked, to a mailbox of the tree. By pointer events, not by the browser's own drag: they are
 * the same in all engines, say which keys are held, and can be called off. Fingers do not drag; menu and picker do all of
 * it for who cannot.
 */
import './drag.css'
import { picker } from '../../../i18n/en/picker.ts'
import { rowActs as t } from '../../../i18n/en/row-acts.ts'
import { mailboxName } from '../../../i18n/mailbox-name.ts'
import { rowsInWords } from '../../../i18n/rows-in-words.ts'
import { messagesOf } from '../../../mail/row-messages.ts'
import { rememberTarget } from '../../mailbox/picker/lately.ts'
import { DragTargets, targetAt } from './drag-targets.ts'
import { rowsOf, type Held } from './row-acts.ts'
import type { Mailbox } from '../../../jmap/types.ts'
import type { Clock } from '../../../platform/clock.ts'

/** A hand that clicks is not quite still. */
const SLACK = 6
const TICK_MS = 30
/** Over a closed folder, until it opens. */
const OPENS_AFTER_MS = 600
/** Near the edge of the tree, and how far it scrolls with each tick. */
const EDGE = 36
const STRIDE = 10

/** From the press on a row to its end. */
export class RowDrag {
  readonly #held: Held
  readonly #start: PointerEvent
  readonly #clock: Clock
  readonly #onEnd: () => void
  readonly #pill = document.createElement('div')
  readonly #list: Element | null
  readonly #listens = new AbortController()
  #targets: DragTargets | undefined
  #target: Mailbox | undefined
  #at: { x: number; y: number }
  #isCopy = false
  #closed: { item: HTMLElement; since: number } | undefined
  #stopTicking: () => void = () => undefined

  constructor(held: Held, start: PointerEvent, clock: Clock, onEnd: () => void) {
    this.#held = held
    this.#start = start
    this.#clock = clock
    this.#onEnd = onEnd
    this.#list = held.element.parentElement
    this.#at = { x: start.clientX, y: start.clientY }
    const { signal } = this.#listens
    document.addEventListener('pointermove', this.#move, { signal })
    document.addEventListener('pointerup', this.#up, { signal })
    document.addEventListener('pointercancel', this.#leave, { signal })
    window.addEventListener('blur', this.#leave, { signal })
    for (const type of ['keydown', 'keyup'] as const)
      document.addEventListener(type, this.#key, { signal, capture: true })
  }

  readonly #leave = (): void => {
    this.#listens.abort()
    this.#stopTicking()
    this.#targets?.leave()
    this.#pill.remove()
    if (this.#list?.hasPointerCapture(this.#start.pointerId)) this.#list.releasePointerCapture(this.#start.pointerId)
    delete document.documentElement.dataset['dragging']
    this.#onEnd()
  }

  readonly #move = (event: PointerEvent): void => {
    if (event.pointerId !== this.#start.pointerId) return
    // the button was let go outside the window
    if (event.buttons === 0) {
      this.#leave()
      return
    }
    this.#at = { x: event.clientX, y: event.clientY }
    const isFar = Math.hypot(event.clientX - this.#start.clientX, event.clientY - this.#start.clientY) > SLACK
    if (!this.#targets && isFar) this.#begin()
    this.#isCopy = event.ctrlKey || event.altKey
    if (this.#targets) this.#look(this.#targets)
  }

  readonly #up = (event: PointerEvent): void => {
    if (event.pointerId !== this.#start.pointerId) return
    const { acts, row } = this.#held
    const target = this.#target
    const rows = rowsOf(this.#held)
    if (this.#targets) this.#swallowClick()
    this.#leave()
    if (!target) return
    rememberTarget(acts.account, target.id)
    void acts.file({ to: target.id, isCopy: this.#isCopy }, rows.length > 0 ? rows : [row])
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (!this.#targets) return
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      document.addEventListener('pointerup', () => this.#swallowClick(), { once: true, capture: true })
      this.#leave()
      return
    }
    if (event.key !== 'Control' && event.key !== 'Alt') return
    event.preventDefault()
    this.#isCopy = event.ctrlKey || event.altKey
    this.#look(this.#targets)
  }

  #begin(): void {
    if (!document.querySelector('[role=tree]')) {
      this.#leave()
      return
    }
    // letters lie in frames of their own, which would take the pointer
    this.#list?.setPointerCapture(this.#start.pointerId)
    document.documentElement.dataset['dragging'] = ''
    this.#pill.className = 'drag-pill'
    document.body.append(this.#pill)
    this.#targets = new DragTargets(this.#held.acts, rowsOf(this.#held).flatMap(messagesOf))
    this.#tick()
  }

  #look(targets: DragTargets): void {
    const { x, y } = this.#at
    const item = targetAt(x, y)
    targets.mark(this.#isCopy)
    this.#target = targets.point(item)
    const isClosed = item?.getAttribute('aria-expanded') === 'false'
    if (!item || !isClosed) this.#closed = undefined
    else if (this.#closed?.item !== item) this.#closed = { item, since: this.#clock.monotonic() }
    const count = rowsInWords(rowsOf(this.#held))
    const what = (this.#isCopy ? picker.copy : picker.move)(count)
    this.#pill.textContent = this.#target ? t.dragTo(what, mailboxName(this.#target)) : what
    this.#pill.style.translate = `${String(x + 12)}px ${String(y + 14)}px`
  }

  /** What goes on while the pointer rests: closed folders open, and the tree scrolls at its edges. */
  #tick(): void {
    this.#stopTicking = this.#clock.after(TICK_MS, () => {
      if (this.#closed && this.#clock.monotonic() - this.#closed.since >= OPENS_AFTER_MS) {
        this.#closed.item.querySelector<HTMLElement>('[data-twisty]')?.click()
        this.#closed = undefined
      }
      this.#scroll()
      this.#tick()
    })
  }

  #scroll(): void {
    const scroller = document.querySelector('[role=tree]')?.parentElement
    if (!scroller || !this.#targets) return
    const { x, y } = this.#at
    const { top, bottom, left, right } = scroller.getBoundingClientRect()
    if (x < left || x > right) return
    const before = scroller.scrollTop
    scroller.scrollTop += y < top + EDGE ? -STRIDE : y > bottom - EDGE ? STRIDE : 0
    if (scroller.scrollTop !== before) this.#look(this.#targets)
  }

  /** What was pressed was dragged: the click that comes with the release of the button opens nothing. */
  #swallowClick(): void {
    const swallow = (event: Event): void => {
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('click', swallow, true)
    this.#clock.after(0, () => window.removeEventListener('click', swallow, true))
  }
}
