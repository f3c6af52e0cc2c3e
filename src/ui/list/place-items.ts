/**
 * Where list items stand, written straight to their nodes. As properties of each it had Svelte work out every row on
 * screen anew when one left, which on a slow machine took longer than a frame.
 */
import { heightOf, type ListLayout } from './list-layout.ts'

interface Places {
  readonly layout: ListLayout
  /** Pixel at which an item stands. */
  readonly y: (position: number) => number
  /** -1 while the number of rows is unknown. */
  readonly setSize: number
}

/** `nodes`: of the items, in the order of `positions`. */
type Placing = (nodes: HTMLCollection, positions: readonly number[], places: Places) => void

/** Answers what writes it where it is another than the time before. */
export function placing(): Placing {
  const written = new WeakMap<Element, string>()
  return (nodes, positions, { layout, y, setSize }) => {
    for (const [index, position] of positions.entries()) {
      const node = nodes[index] as HTMLElement
      const style = `transform: translateY(${String(y(position))}px); block-size: ${String(heightOf(layout, position))}px`
      const all = `${style} ${String(position)} ${String(setSize)}`
      if (written.get(node) === all) continue
      written.set(node, all)
      node.style.cssText = style
      node.setAttribute('aria-posinset', String(position + 1))
      node.setAttribute('aria-setsize', String(setSize))
    }
  }
}
