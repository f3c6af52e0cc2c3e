/**
 * A letter that is wider than its frame is scaled until it fits, down to half its size; what is wider still scrolls. Two
 * taps show it in its own size and back. By `zoom` on the body, which lays out anew: a transform would leave the old box.
 */
const smallest = 0.5

export class WidthFit {
  readonly #window: Window
  /** The reader wants to see it as it is. */
  #isFull = false
  #width = -1

  constructor(window: Window) {
    this.#window = window
  }

  /** Another letter. */
  reset(): void {
    this.#isFull = false
    this.#width = -1
    this.#window.document.body.style.removeProperty('zoom')
  }

  /** Whether there is anything to enlarge: then it is done. */
  toggle(): boolean {
    const isScaled = this.#window.document.body.style.getPropertyValue('zoom') !== ''
    if (!isScaled && !this.#isFull) return false
    this.#isFull = !this.#isFull
    this.#width = -1
    return true
  }

  /** Asked with every measure; lays out only when the width, or what overflows it, is another. */
  apply(): void {
    const { document } = this.#window
    const { documentElement: root, body } = document
    const room = root.clientWidth
    if (room === this.#width && root.scrollWidth <= room) return
    this.#width = room
    body.style.removeProperty('zoom')
    if (this.#isFull || room === 0 || root.scrollWidth <= room) return
    const scale = Math.max(smallest, Math.floor((room / root.scrollWidth) * 100) / 100)
    body.style.setProperty('zoom', String(scale))
  }
}
