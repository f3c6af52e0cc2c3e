/**
 * Browsers give up on boxes beyond some 16 million pixels. A longer list scrolls in a shorter box: far jumps of the
 * thumb are scaled, near ones (wheel, keys, touch) stay pixel for pixel, and the difference is carried along.
 */
const LIMIT = 10_000_000

export class ScrollScale {
  #extent = 0
  #height = 0
  #box = 0
  #real = 0

  /** Pixels of the whole list, and of the window onto it. */
  resize(extent: number, height: number): void {
    this.#extent = extent
    this.#height = height
    if (extent <= LIMIT) this.#box = this.#real
  }

  /** Height of the box that scrolls. */
  get boxHeight(): number {
    return Math.min(this.#extent, LIMIT)
  }

  /** First pixel of the list that is on screen. */
  get real(): number {
    return this.#real
  }

  /** What to take from a list pixel to get a pixel of the box. */
  get gap(): number {
    return this.#real - this.#box
  }

  /** The box was scrolled. */
  scrolled(box: number): void {
    const step = box - this.#box
    const end = this.boxHeight - this.#height
    if (this.#extent <= LIMIT) this.#real = box
    else if (box <= 0) this.#real = 0
    else if (box >= end) this.#real = this.#extent - this.#height
    else if (Math.abs(step) > this.#height) this.#real = box * this.#ratio()
    else this.#real += step
    this.#box = box
  }

  /** The box position that shows this list pixel at the top. */
  moveTo(real: number): number {
    this.#real = Math.max(0, Math.min(real, this.#extent - this.#height))
    this.#box = this.#extent <= LIMIT ? this.#real : this.#real / this.#ratio()
    return this.#box
  }

  #ratio(): number {
    return (this.#extent - this.#height) / (this.boxHeight - this.#height)
  }
}
