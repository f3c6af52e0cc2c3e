/** Which rows are in the DOM, in the order of the screen. */
import { rowKey } from '../../mail/list.ts'
import type { ThreadRow } from '../../mail/list.ts'
import type { RowList } from '../../state/row-list.ts'

export interface RenderedItem {
  readonly position: number
  readonly row: ThreadRow | undefined
  /** Follows the row's own where there is one, so that its node and its focus survive a move. */
  readonly key: string
}

/** A stretch of rows, and one more that has to stay wherever the list was scrolled to; -1 for none. */
export function renderedItems(list: RowList, from: number, to: number, active: number): readonly RenderedItem[] {
  const positions = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
  if (active >= 0 && active < from) positions.unshift(active)
  else if (active >= to && active < list.length) positions.push(active)
  // Between two answers a row can stand in two places for a moment: keys must not.
  const seen = new Set<string>()
  return positions.map((position) => {
    const row = list.row(position)
    const own = row && rowKey(row)
    const isFirst = own !== undefined && !seen.has(own)
    if (own) seen.add(own)
    return { position, row, key: isFirst ? `row ${own}` : `position ${String(position)}` }
  })
}
