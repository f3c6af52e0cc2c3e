/** Where the reader was in each list: the pixel at the top and the row that had the focus. Kept while the page lives. */
import type { ThreadId } from '../jmap/types.ts'

export interface ListPlace {
  readonly top: number
  readonly activeThread: ThreadId | null
  /** The active row became another one while the list was not on screen: it has to be brought there. */
  readonly hasMoved?: boolean
}

export class ListPlaces {
  readonly #places = new Map<string, ListPlace>()

  get(list: string): ListPlace | undefined {
    return this.#places.get(list)
  }

  keep(list: string, place: ListPlace): void {
    this.#places.set(list, place)
  }
}
