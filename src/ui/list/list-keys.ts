/** The list's single keys (design, ShortcutHelp: Move, and read and unread). */
import type { ListFocus } from './list-focus.svelte.ts'
import type { ThreadRow } from '../../mail/list.ts'
import type { Bindings } from '../../state/contexts.ts'
import type { RowList } from '../../state/row-list.ts'
import type { Selection } from '../../state/selection.svelte.ts'

export interface ListKeysInput {
  readonly list: () => RowList
  readonly focus: ListFocus
  readonly selection: () => Selection
  readonly mayMark: () => boolean
  readonly onOpen: (row: ThreadRow) => void
  readonly onMark: (rows: readonly ThreadRow[], isSeen: boolean) => void
}

export function listKeys({ list, focus, selection, mayMark, onOpen, onMark }: ListKeysInput): Bindings {
  const open = (): boolean => {
    const row = list().row(focus.position)
    if (row) onOpen(row)
    return row !== undefined
  }
  /** What is ticked; without any, the row that has the focus. */
  const mark = (isSeen: boolean) => (): boolean => {
    const ticked = selection().threads
    if (!mayMark() || (ticked.length === 0 && !focus.isInside)) return false
    const positions = ticked.length > 0 ? ticked.map((thread) => list().positionOf(thread)) : [focus.position]
    onMark(
      positions.flatMap((position) => list().row(position) ?? []),
      isSeen,
    )
    return true
  }
  return {
    j: () => focus.step(1),
    k: () => focus.step(-1),
    o: open,
    Enter: open,
    I: mark(true),
    U: mark(false),
    Escape: () => {
      if (selection().size === 0) return false
      selection().clear()
      return true
    },
  }
}
