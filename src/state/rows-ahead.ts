/** What was done, shown in the rows of a list before they were read with it. */
import type { NearRows, RowChange } from './near-rows.ts'

export class RowsAhead {
  readonly #changes = new Set<RowChange>()
  #isShown = false

  get size(): number {
    return this.#changes.size
  }

  /** The returned function ends it; where rows still show it then, it was refused meanwhile, and nothing else tells of that. */
  add(change: RowChange, reread: () => void): () => void {
    this.#changes.add(change)
    return () => {
      this.#changes.delete(change)
      if (this.#isShown) reread()
    }
  }

  /** Changes the rows that were read; answers how many of them left. */
  show(near: NearRows): number {
    let all = 0
    this.#isShown = false
    for (const change of this.#changes) {
      const { left, isNews } = near.change(change)
      all += left
      this.#isShown ||= isNews
    }
    return all
  }
}
