/**
 * The list's keys for what is ticked, or has the focus (design, ShortcutHelp: Act). They stand with the first rows: a
 * press before them would be lost. What they do may come later.
 */
import type { ListKeysInput } from './list-keys.ts'
import { flagOrUnflag, type Mark } from '../../state/row-marks.ts'
import type { ThreadRow } from '../../mail/list.ts'
import type { Bindings } from '../../state/contexts.ts'
import type { Selection } from '../../state/selection.svelte.ts'

export interface MarkKeysInput extends ListKeysInput {
  readonly selection: () => Selection
  readonly mayMark: () => boolean
  readonly onMark: (rows: readonly ThreadRow[], mark: Mark) => void
}

export function markKeys({ list, focus, selection, mayMark, onMark }: MarkKeysInput): Bindings {
  /** What is ticked; without any, the row that has the focus. */
  const mark = (which: (rows: readonly ThreadRow[]) => Mark) => (): boolean => {
    const ticked = selection().rows
    if (!mayMark() || (ticked.length === 0 && !focus.isInside)) return false
    const active = list().row(focus.position)
    const rows = ticked.length > 0 ? ticked : active ? [active] : []
    onMark(rows, which(rows))
    return true
  }
  return {
    I: mark(() => 'read'),
    U: mark(() => 'unread'),
    s: mark(flagOrUnflag),
    Escape: () => {
      if (selection().size === 0) return false
      selection().clear()
      return true
    },
  }
}
