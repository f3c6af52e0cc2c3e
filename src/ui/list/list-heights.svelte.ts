/**
 * Measured heights that a list's layout starts from. They outlive the list: the next one begins with what the last one
 * measured, since asking the page for a size while its rows are being made lays them out twice.
 */
import type { ListHeights, ListPlaces } from '../../state/list-places.ts'

export class MeasuredHeights {
  readonly #places: ListPlaces
  #now: ListHeights = $state.raw({ row: 0, head: 0, view: 0 })

  constructor(places: ListPlaces) {
    this.#places = places
    this.#now = places.heights
  }

  /** Without layout (tests, hidden pages) the tokens' values at 16 px. */
  get row(): number {
    return this.#now.row || 80
  }

  get head(): number {
    return this.#now.head || 28
  }

  get view(): number {
    return this.#now.view || 640
  }

  measured(part: Partial<ListHeights>): void {
    const next = { ...this.#now, ...part }
    if (next.row === this.#now.row && next.head === this.#now.head && next.view === this.#now.view) return
    this.#now = next
    this.#places.heights = next
  }
}
