/** The list's single keys (design, ShortcutHelp: Move). */
import * as keys from '../../state/keys.ts'
import type { ListFocus } from './list-focus.svelte.ts'
import type { ThreadRow } from '../../mail/list.ts'
import type { Bindings } from '../../state/contexts.ts'
import type { RowList } from '../../state/row-list.ts'

export interface ListKeysInput {
  readonly list: () => RowList
  readonly focus: ListFocus
  readonly onOpen: (row: ThreadRow) => void
}

export function listKeys({ list, focus, onOpen }: ListKeysInput): Bindings {
  const open = (): boolean => {
    const row = list().row(focus.position)
    if (row) onOpen(row)
    return row !== undefined
  }
  return {
    [keys.next]: () => focus.step(1),
    [keys.previous]: () => focus.step(-1),
    [keys.open]: open,
    [keys.enter]: open,
  }
}
