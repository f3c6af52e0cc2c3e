/** The window onto a list: what part of it is on screen, in rows, and how it is moved. */
import { untrack } from 'svelte'
import { extentOf, heightOf, offsetOf, positionAt } from './list-layout.ts'
import { ScrollScale } from './scroll-scale.ts'
import type { MeasuredHeights } from './list-heights.svelte.ts'
import type { ListLayout } from './list-layout.ts'
import type { Clock } from '../../platform/clock.ts'

/** Rendered beyond the edges, so that a turn of the wheel meets rows that are there. */
const OVERSCAN = 5
/** The first paint of a list makes what is seen; the rows beyond the edges come with the next frames. */
const FIRST_OVERSCAN = 1
/** Where there are no frames (tests). */
const NO_FRAME_MS = 50
/**
 * How long nothing has left before rows below the edge are made: a slow machine is at the next frame at once, and what it
 * does there the next key waits for.
 */
const REST_MS = 100
/** A held thumb that does not move for this long is taken for let go: not every browser says when. */
const HOLD_MS = 1500

export interface ListViewportInput {
  readonly clock: Clock
  readonly heights: MeasuredHeights
  readonly layout: () => ListLayout
  /** The scroll bar's thumb is held, or let go. */
  readonly onHold: (isHeld: boolean) => void
}

export class ListViewport {
  #top = $state.raw(0)
  #overscan = $state.raw(FIRST_OVERSCAN)
  /** Rows below the lower edge that are not made yet. */
  #late = $state.raw(0)
  readonly #layout: () => ListLayout
  readonly #heights: MeasuredHeights
  readonly #scale = new ScrollScale()
  readonly #clock: Clock
  readonly #onHold: (isHeld: boolean) => void
  #node: HTMLElement | undefined
  /** Where the node was last scrolled to: reading or setting it anew would lay out every row at once. */
  #box = 0
  #release: (() => void) | undefined
  /** What is to be revealed, until the list is moved otherwise. */
  #soon: number | undefined

  constructor({ clock, heights, layout, onHold }: ListViewportInput) {
    this.#clock = clock
    this.#heights = heights
    this.#layout = layout
    this.#onHold = onHold
    this.#fillLate()
  }

  /** First pixel of the list on screen. */
  get top(): number {
    return this.#top
  }

  get first(): number {
    return positionAt(this.#layout(), this.#top)
  }

  get last(): number {
    return positionAt(this.#layout(), this.#top + this.#heights.view - 1)
  }

  get rendered(): { readonly from: number; readonly to: number } {
    const { length } = this.#layout()
    const to = this.last + 1 + this.#overscan - Math.min(this.#late, this.#overscan)
    return { from: Math.max(0, this.first - this.#overscan), to: Math.min(length, to) }
  }

  get boxHeight(): number {
    this.#fit()
    return this.#scale.boxHeight
  }

  /** Pixel in the scrolled box at which a list item stands. */
  y(position: number): number {
    // The scale moves with the scroll position, which is what makes this reactive.
    return this.#top < 0 ? 0 : offsetOf(this.#layout(), position) - this.#scale.gap
  }

  /** For `{@attach}`: follows the scroll position and size of the node. */
  readonly attach = (node: HTMLElement): (() => void) => {
    this.#node = node
    const observer =
      typeof ResizeObserver === 'function'
        ? new ResizeObserver(([entry]) => {
            const view = Math.round(entry?.contentRect.height ?? 0)
            if (view > 0) this.#heights.measured({ view })
          })
        : undefined
    observer?.observe(node)
    const onScroll = (): void => {
      this.#soon = undefined
      this.#fit()
      this.#box = node.scrollTop
      this.#overscan = OVERSCAN
      this.#scale.scrolled(this.#box)
      this.#top = this.#scale.real
      if (this.#release !== undefined) this.#hold()
    }
    // A press on the box itself, beside its content, is a press on the scroll bar.
    const onPress = (event: PointerEvent): void => {
      if (event.target === node && event.offsetX >= node.clientWidth) this.#hold()
    }
    const letGo = (event: PointerEvent): void => {
      if (this.#release !== undefined && event.buttons === 0) this.#letGo()
    }
    node.addEventListener('scroll', onScroll, { passive: true })
    node.addEventListener('pointerdown', onPress)
    for (const type of ['pointerup', 'pointermove'] as const) window.addEventListener(type, letGo)
    return () => {
      observer?.disconnect()
      node.removeEventListener('scroll', onScroll)
      node.removeEventListener('pointerdown', onPress)
      for (const type of ['pointerup', 'pointermove'] as const) window.removeEventListener(type, letGo)
      this.#letGo()
      this.#node = undefined
    }
  }

  /** The first rows stand in the document: once they are painted, those beyond the edges are made. */
  didShowRows(): void {
    this.#afterPaint(() => void (this.#overscan = OVERSCAN))
  }

  /** Shows this pixel of the list at the top. */
  moveTo(pixel: number): void {
    this.#soon = undefined
    this.#fit()
    const box = this.#scale.moveTo(pixel)
    this.#top = this.#scale.real
    if (!this.#node || box === this.#box) return
    this.#box = box
    this.#node.scrollTop = box
  }

  /** Shows this row as the first one. */
  showFrom(position: number): void {
    this.moveTo(offsetOf(this.#layout(), position))
  }

  /** Moves as little as needed for this row to be on screen as a whole. */
  reveal(position: number): void {
    const layout = this.#layout()
    const start = offsetOf(layout, position)
    const end = start + heightOf(layout, position)
    if (start < this.#top) this.moveTo(start)
    else if (end > this.#top + this.#heights.view) this.moveTo(end - this.#heights.view)
  }

  /** As `reveal`, after the next paint: the conversation that was opened beside the list comes first. */
  revealSoon(position: number): void {
    const asked = (this.#soon = position)
    this.#afterPaint(() => {
      if (this.#soon === asked && this.#node) this.reveal(asked)
    })
  }

  /** Rows that fit on the screen. */
  get page(): number {
    return Math.max(1, Math.floor(this.#heights.view / this.#layout().pitch) - 1)
  }

  /** Rows left: those that move into view come up at once, those that follow below the edge are made in a moment of rest. */
  #fillLate(): void {
    let [before, cancel] = [0, () => {}]
    $effect.pre(() => {
      const { length } = this.#layout()
      const gone = before - length
      before = length
      if (gone <= 0) return
      untrack(() => (this.#late += gone))
      cancel()
      cancel = this.#clock.after(REST_MS, () => void (this.#late = 0))
    })
  }

  #afterPaint(work: () => void): void {
    if (typeof requestAnimationFrame === 'function') requestAnimationFrame(() => requestAnimationFrame(work))
    else this.#clock.after(NO_FRAME_MS, work)
  }

  #fit(): void {
    this.#scale.resize(extentOf(this.#layout()), this.#heights.view)
  }

  #hold(): void {
    if (this.#release === undefined) this.#onHold(true)
    this.#release?.()
    this.#release = this.#clock.after(HOLD_MS, () => this.#letGo())
  }

  #letGo(): void {
    if (this.#release === undefined) return
    this.#release()
    this.#release = undefined
    this.#onHold(false)
  }
}
