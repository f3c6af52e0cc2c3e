/** What was done, shown in the rows of a list before they were read with it. Comes with what acts. */
import type { ThreadRow } from '../mail/list.ts'
import type { NearRows } from './near-rows.ts'

/** A row as it will be; undefined: it leaves. */
export type RowChange = (row: ThreadRow) => ThreadRow | undefined

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
      const { left, isNews } = changeAll(near, change)
      all += left
      this.#isShown ||= isNews
    }
    return all
  }
}

/** Every row that is here; answers how many left, below which the others moved up, and if any is another now. */
function changeAll(near: NearRows, change: RowChange): { readonly left: number; readonly isNews: boolean } {
  const rows = [...near.entries()].sort(([a], [b]) => a - b)
  let [left, isNews] = [0, false]
  near.replace([])
  for (const [position, row] of rows) {
    const after = change(row)
    isNews ||= after !== row
    if (after) near.put(position - left, after)
    else left += 1
  }
  return { left, isNews }
}
