/** Which of thousands of mailboxes stand in the page: those on screen and some around them. All rows are of one height. */

import type { TreeItem } from './tree-items.ts'

/** Rows beyond either edge. */
const around = 20
/** Where nothing is laid out. */
const blind = 100

/** One that stands in the page, by its place among all. */
export interface TreeRow {
  readonly item: TreeItem
  readonly index: number
  /** The way in by Tab. */
  readonly isEntry: boolean
  /** Out of view, and there all the same: where. */
  readonly top?: string
}

export class TreeWindow {
  readonly #tree: HTMLElement
  readonly #scroller: HTMLElement
  #from = $state.raw(0)
  #to = $state.raw(blind)
  #height = $state.raw(0)

  constructor(tree: HTMLElement) {
    this.#tree = tree
    this.#scroller = tree.parentElement ?? tree
  }

  /** What stands there, with the way in by Tab, wherever that is: in its order, so that it keeps the focus. */
  rows(items: readonly TreeItem[], entry: number): readonly TreeRow[] {
    const [from, to] = [Math.min(this.#from, items.length), Math.min(this.#to, items.length)]
    const shown = items.slice(from, to).map((item, at) => ({ item, index: from + at, isEntry: from + at === entry }))
    const item = entry < from || entry >= to ? items[entry] : undefined
    if (!item) return shown
    const away = { item, index: entry, isEntry: true, top: `${String(entry * this.#height)}px` }
    return entry < from ? [away, ...shown] : [...shown, away]
  }

  /** Room for those before and after. */
  room(count: number): string {
    const after = Math.max(0, count - this.#to)
    return `${String(Math.min(this.#from, count) * this.#height)}px ${String(after * this.#height)}px`
  }

  /** Goes with the scroller until the returned function is called. */
  follow(): () => void {
    const look = (): void => this.#look()
    const sizes = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(look)
    sizes?.observe(this.#scroller)
    this.#scroller.addEventListener('scroll', look, { passive: true })
    look()
    return () => {
      sizes?.disconnect()
      this.#scroller.removeEventListener('scroll', look)
    }
  }

  /** Moves the window until a row is in it. */
  show(index: number): void {
    if (index >= this.#from && index < this.#to) return
    if (this.#height === 0) {
      this.#set(Math.max(0, index - blind / 2), index + blind / 2)
      return
    }
    const { top, view } = this.#measure()
    this.#scroller.scrollTop += index * this.#height - top - view / 2
    this.#look()
  }

  #look(): void {
    const row = this.#tree.firstElementChild
    if (row) this.#height = row.getBoundingClientRect().height
    if (this.#height === 0) return
    const { top, view } = this.#measure()
    this.#set(
      Math.max(0, Math.floor(top / this.#height) - around),
      Math.max(around, Math.ceil((top + view) / this.#height) + around),
    )
  }

  #set(from: number, to: number): void {
    this.#from = from
    this.#to = to
  }

  /** How far the tree's beginning is above the scroller's edge, and how much of it can be seen. */
  #measure(): { readonly top: number; readonly view: number } {
    const { top } = this.#scroller.getBoundingClientRect()
    const begin = this.#tree.getBoundingClientRect().top
    return { top: top - begin, view: this.#scroller.clientHeight }
  }
}
