/**
 * Where list items stand, written straight to their nodes. As properties of each it had Svelte work out every row on
 * screen anew when one left, which on a slow machine took longer than a frame.
 */
import { heightOf } from './list-layout.ts'
import type { ListLayout } from './list-layout.ts'
import type { ListViewport } from './list-viewport.svelte.ts'

interface Places {
  readonly positions: readonly number[]
  readonly layout: ListLayout
  readonly viewport: Pick<ListViewport, 'y'>
  /** -1 while the number of rows is unknown. */
  readonly setSize: number
}

/** `nodes`: of the items, in the order of `positions`. */
type Placing = (nodes: HTMLCollection, places: Places) => void

/** Answers what writes it where it is another than the time before. */
export function placing(): Placing {
  const written = new WeakMap<Element, string>()
  return (nodes, { positions, layout, viewport, setSize }) => {
    for (const [index, position] of positions.entries()) {
      const node = nodes[index] as HTMLElement
      const style = `transform:translateY(${String(viewport.y(position))}px);block-size:${String(heightOf(layout, position))}px`
      const place = [style, position, setSize].join()
      if (written.get(node) === place) continue
      written.set(node, place)
      node.style.cssText = style
      node.setAttribute('aria-posinset', String(position + 1))
      node.setAttribute('aria-setsize', String(setSize))
    }
  }
}
