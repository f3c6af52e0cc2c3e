/** One row under one finger: it follows, rests open, goes back, or does what its side stands for. */
import { releaseOf, SLOP, speedOf, type Sample } from './swipe-decision.ts'
import { SwipeFill } from './swipe-fill.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { SwipeSide } from '../../../state/swipe-choice.ts'
import type { Held } from '../hands/row-acts.ts'
import type { SwipeAction } from './swipe-actions.ts'

/** `--t-2` and `--t-3`: a row leaves, or goes back to its place. */
const LEAVES_MS = 160
const RETURNS_MS = 240

export interface RowSwipeInput {
  readonly held: Held
  /** Where and when the finger came: of a quick one not much more is seen. */
  readonly from: Sample
  readonly clock: Clock
  readonly actionOf: (side: SwipeSide) => SwipeAction | undefined
  /** It is in its place again, or gone: whoever holds it may forget it. */
  readonly onEnd: () => void
}

interface Side {
  readonly side: SwipeSide
  readonly action: SwipeAction | undefined
}

export class RowSwipe {
  readonly item: HTMLElement
  readonly #input: RowSwipeInput
  readonly #row: HTMLElement | null
  readonly #isRtl: boolean
  #samples: Sample[]
  readonly #sides = new Map<SwipeSide, Side>()
  #shown: Side | undefined
  #fill: SwipeFill | undefined
  /** Where it was when the finger came, and where it is. */
  #from = 0
  #offset = 0
  #stopWaiting: () => void = () => undefined
  #isOver = false

  constructor(input: RowSwipeInput) {
    this.#input = input
    this.#samples = [input.from]
    this.item = input.held.element
    this.#row = this.item.querySelector<HTMLElement>(':scope > .row')
    this.#isRtl = getComputedStyle(this.item).direction === 'rtl'
  }

  /** The finger has gone this far from where it was put down. */
  follow(dx: number, x: number, at: number): void {
    this.#samples.push({ x, at })
    this.#move(this.#from + dx - Math.sign(dx) * SLOP, 0)
  }

  /** The finger left. True: the row rests open. */
  release(at: number): boolean {
    const { action } = this.#shown ?? {}
    const speed = speedOf(this.#samples, at)
    const width = this.item.clientWidth
    const actionWidth = this.#fill?.width ?? 0
    const what = action ? releaseOf({ offset: this.#offset, speed, width, actionWidth }) : 'back'
    this.#samples = []
    if (what === 'back') this.close()
    else if (what === 'commit') this.#commit()
    else {
      this.#move(Math.sign(this.#offset) * actionWidth, RETURNS_MS)
      this.#from = this.#offset
    }
    return what === 'rest'
  }

  /** Back to its place. */
  close(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#move(0, RETURNS_MS)
    this.#after(RETURNS_MS, () => this.#end())
  }

  #commit(): void {
    const { action } = this.#shown ?? {}
    if (!action || this.#isOver) return
    this.#fill?.commit()
    if (!action.leaves) {
      this.close()
      void action.act()
      return
    }
    this.#isOver = true
    this.#move(Math.sign(this.#offset) * this.item.clientWidth, LEAVES_MS)
    this.#after(LEAVES_MS, () => {
      // where nothing came of it, or it was called off, the row is here still
      void action.act().finally(() => {
        this.#move(0, RETURNS_MS)
        this.#after(RETURNS_MS, () => this.#end())
      })
    })
  }

  #move(offset: number, ms: number): void {
    const side = offset === 0 ? this.#shown : this.#sideOf(offset)
    const isBack = offset === 0 || side?.action === undefined
    if (!isBack && side !== this.#shown) this.#show(side)
    this.#offset = isBack ? 0 : offset
    if (!this.#row) return
    this.#row.style.transition = ms > 0 ? `transform ${String(isStill() ? 0 : ms)}ms var(--ease-move)` : 'none'
    this.#row.style.transform = `translateX(${String(this.#offset)}px)`
    this.#fill?.show(this.#offset)
  }

  #sideOf(offset: number): Side {
    const side = offset < 0 === this.#isRtl ? 'end' : 'start'
    const known = this.#sides.get(side) ?? { side, action: this.#input.actionOf(side) }
    this.#sides.set(side, known)
    return known
  }

  #show(shown: Side | undefined): void {
    this.#fill?.remove()
    this.#shown = shown
    this.#fill = shown?.action && new SwipeFill(this.item, shown.side, shown.action, () => this.#commit())
    if (this.#row && shown) this.#row.dataset['swiped'] = shown.side
  }

  #end(): void {
    this.#stopWaiting()
    this.#fill?.remove()
    if (this.#row) {
      delete this.#row.dataset['swiped']
      this.#row.style.transition = ''
      this.#row.style.transform = ''
    }
    this.#input.onEnd()
  }

  #after(ms: number, then: () => void): void {
    this.#stopWaiting()
    this.#stopWaiting = this.#input.clock.after(isStill() ? 0 : ms, then)
  }
}

function isStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}
