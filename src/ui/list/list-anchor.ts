/** Keeps what the reader sees on its pixel while the list changes around it (L4, L8). */
import { rowKey, type RowKey } from '../../mail/list.ts'
import { offsetOf } from './list-layout.ts'
import type { ListLayout } from './list-layout.ts'
import type { ListViewport } from './list-viewport.svelte.ts'
import type { RowList } from '../../state/row-list.ts'

interface Anchor {
  readonly key: RowKey
  /** Pixels from the top of the window. */
  readonly pixel: number
}

export class ListAnchor {
  #anchors: readonly Anchor[] = []

  /** Remembers the rows on screen, first one first: if it goes, the next takes its part. */
  remember(list: RowList, layout: ListLayout, viewport: ListViewport): void {
    const anchors: Anchor[] = []
    for (let position = viewport.first; position <= viewport.last; position += 1) {
      const row = list.row(position)
      if (row) anchors.push({ key: rowKey(row), pixel: offsetOf(layout, position) - viewport.top })
    }
    this.#anchors = anchors
  }

  /** Scrolls so that the first of the remembered rows that is still here stands where it stood. */
  restore(list: RowList, layout: ListLayout, viewport: ListViewport): void {
    for (const { key, pixel } of this.#anchors) {
      const position = list.positionOf(key)
      if (position < 0) continue
      const top = offsetOf(layout, position) - pixel
      if (Math.abs(top - viewport.top) >= 1) viewport.moveTo(top)
      return
    }
  }
}
