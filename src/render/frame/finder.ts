/** Finds words in the letter that stands in the frame, and unfolds the quote that the current hit is in. */
import { findText, markText } from './found-text.ts'
import { topOf } from './place-of.ts'

export class Finder {
  readonly #window: Window & typeof globalThis
  readonly #onUnfold: () => void

  constructor(window: Window & typeof globalThis, onUnfold: () => void) {
    this.#window = window
    this.#onUnfold = onUnfold
  }

  find(needle: string, current: number): { readonly count: number; readonly y: number } {
    const ranges = findText(this.#window.document.body, needle)
    const range = ranges[current]
    markText(this.#window, ranges, range)
    if (!range) return { count: ranges.length, y: 0 }
    const fold = range.startContainer.parentElement?.closest<HTMLElement>('[data-fold][hidden]')
    if (fold?.previousElementSibling instanceof HTMLElement) {
      fold.previousElementSibling.click()
      this.#onUnfold()
    }
    return { count: ranges.length, y: topOf(range, this.#window.document) + this.#window.scrollY }
  }
}
