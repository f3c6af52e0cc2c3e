/** Which of thousands of mailboxes stand in the page: those on screen and some around them. All rows are of one height. */

/** Rows beyond either edge. */
const around = 20
/** Where nothing is laid out. */
const blind = 100

export class TreeWindow {
  readonly #tree: HTMLElement
  readonly #scroller: HTMLElement
  #from = $state.raw(0)
  #to = $state.raw(blind)
  #height = $state.raw(0)

  constructor(tree: HTMLElement) {
    this.#tree = tree
    this.#scroller = tree.closest<HTMLElement>('[data-scroller]') ?? tree
  }

  get from(): number {
    return this.#from
  }

  /** The first one that does not stand there any more. */
  get to(): number {
    return this.#to
  }

  /** Of a row, in pixels. */
  get height(): number {
    return this.#height
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
