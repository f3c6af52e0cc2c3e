/**
 * Where rows stand: one pitch for all, and a head of fixed height above the first row of each day, inside its list
 * item. Heads exist only near the top, so their few positions are all that distinguishes this from a multiplication.
 */
export interface ListLayout {
  readonly length: number
  readonly pitch: number
  readonly headHeight: number
  /** Positions of rows that carry a head, ascending. */
  readonly heads: readonly number[]
}

/** Pixels from the top of the list to the top of this list item. */
export function offsetOf(layout: ListLayout, position: number): number {
  return position * layout.pitch + headsBefore(layout.heads, position) * layout.headHeight
}

export function heightOf(layout: ListLayout, position: number): number {
  return layout.pitch + (layout.heads.includes(position) ? layout.headHeight : 0)
}

export function extentOf(layout: ListLayout): number {
  return offsetOf(layout, layout.length)
}

/** The list item at this pixel; the first or the last one for pixels outside. */
export function positionAt(layout: ListLayout, pixel: number): number {
  if (layout.length === 0) return 0
  let above = 0
  for (const [index, head] of layout.heads.entries()) {
    if (head * layout.pitch + index * layout.headHeight > pixel) break
    above = index + 1
  }
  // Inside the item that carries the last head: the division would count its head as part of the row before.
  const lastHead = above > 0 ? (layout.heads[above - 1] ?? 0) : 0
  const position = Math.max(lastHead, Math.floor((pixel - above * layout.headHeight) / layout.pitch))
  return Math.min(Math.max(position, 0), layout.length - 1)
}

function headsBefore(heads: readonly number[], position: number): number {
  let count = 0
  for (const head of heads) {
    if (head >= position) break
    count += 1
  }
  return count
}
