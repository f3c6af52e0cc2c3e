/** Where the reader was in each list: the pixel at the top and the row that had the focus. Kept while the page lives. */
import type { RowKey } from '../mail/list.ts'

export interface ListPlace {
  readonly top: number
  readonly activeRow: RowKey | null
  /** The active row became another one while the list was not on screen: it has to be brought there. */
  readonly hasMoved?: boolean
}

/** What a row, a day head and the list's window come to in pixels at this density and text size; 0 until measured. */
export interface ListHeights {
  readonly row: number
  readonly head: number
  readonly view: number
}

export class ListPlaces {
  /** Measured by the list shown last: the next one begins with it. */
  heights: ListHeights = { row: 0, head: 0, view: 0 }
  readonly #places = new Map<string, ListPlace>()

  get(list: string): ListPlace | undefined {
    return this.#places.get(list)
  }

  keep(list: string, place: ListPlace): void {
    this.#places.set(list, place)
  }
}
