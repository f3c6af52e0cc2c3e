/** Which rows are in the DOM, in the order of the screen. */
import { rowKey } from '../../mail/list.ts'
import type { ThreadRow } from '../../mail/list.ts'
import type { RowList } from '../../state/row-list.ts'

interface RenderedItem {
  readonly row: ThreadRow | undefined
  /** What is said above it. */
  readonly head: string | undefined
  /** Follows the row's own where there is one, so that its node and its focus survive a move. */
  readonly key: string
}

interface Rendered {
  readonly items: readonly RenderedItem[]
  /** Where each of them stands. */
  readonly positions: readonly number[]
}

type Heads = Pick<ReadonlyMap<number, string>, 'get'>
type Rendering = (list: RowList, heads: Heads, from: number, to: number, active: number) => Rendered

/**
 * Answers what renders a stretch of rows, and one more that has to stay wherever the list was scrolled to; -1 for none.
 * An item that stays as it was the time before is the same object, wherever it has moved: no row is described or written
 * anew for what befell another.
 */
export function rendering(): Rendering {
  let before: ReadonlyMap<string, RenderedItem> = new Map()
  return (list, heads, from, to, active) => {
    const positions = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
    if (active >= 0 && active < from) positions.unshift(active)
    else if (active >= to && active < list.length) positions.push(active)
    const items = new Map<string, RenderedItem>()
    for (const position of positions) {
      const row = list.row(position)
      const head = heads.get(position)
      const own = row && `row ${rowKey(row)}`
      // Between two answers a row can stand in two places for a moment: keys must not.
      const key = own === undefined || items.has(own) ? `position ${String(position)}` : own
      const same = before.get(key)
      items.set(key, same && same.row === row && same.head === head ? same : { row, head, key })
    }
    before = items
    return { items: [...items.values()], positions }
  }
}

/** Undefined: no item stands there. */
export function keyAt({ items, positions }: Rendered, position: number): string | undefined {
  return items[positions.indexOf(position)]?.key
}
