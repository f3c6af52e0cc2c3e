/** Where the pages of a document stand, one below the other, and which of them are near the view. Sizes in CSS pixels. */

export interface PageSize {
  readonly width: number
  readonly height: number
}

/** A scale of 1 makes a point of the document a pixel: small pages are not blown up further than this. */
const mostScale = 2

/** Between two pages, and around all of them. */
export const gap = 12

export class PagePlaces {
  /** In points of the document. Until a page was read, it is taken for as large as the first. */
  readonly #sizes: PageSize[]
  #room = 0
  #factor = 1

  constructor(count: number, first: PageSize) {
    this.#sizes = Array.from({ length: count }, () => first)
  }

  /** `room`: the width that a page may take at a factor of 1. */
  fit(room: number, factor: number): void {
    this.#room = Math.max(1, room)
    this.#factor = factor
  }

  /** Whether the page is of another size than it was taken for. */
  learn(index: number, size: PageSize): boolean {
    const known = this.#sizes[index]
    if (!known || (known.width === size.width && known.height === size.height)) return false
    this.#sizes[index] = size
    return true
  }

  scale(index: number): number {
    const { width } = this.#sizes[index] ?? { width: 1 }
    return Math.min(mostScale, this.#room / width) * this.#factor
  }

  size(index: number): PageSize {
    const { width, height } = this.#sizes[index] ?? { width: 0, height: 0 }
    const scale = this.scale(index)
    return { width: Math.floor(width * scale), height: Math.floor(height * scale) }
  }

  top(index: number): number {
    let top = gap
    for (let before = 0; before < index; before += 1) top += this.size(before).height + gap
    return top
  }

  /** The first and the last page of which something stands between the two heights. */
  between(from: number, to: number): readonly [first: number, last: number] {
    let first = -1
    let last = 0
    let top = gap
    for (let index = 0; index < this.#sizes.length && top < to; index += 1) {
      const bottom = top + this.size(index).height
      if (first < 0 && bottom + gap > from) first = index
      last = index
      top = bottom + gap
    }
    return first < 0 ? [last, last] : [first, Math.max(first, last)]
  }
}
