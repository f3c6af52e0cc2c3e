import { rowKey, type ThreadRow } from '../../mail/list.ts'
import type { Selection } from '../../state/selection.svelte.ts'

/** Whether what is done to these rows is meant for all that the list shows. */
export function isForAll(selection: Selection, rows: readonly ThreadRow[] | undefined): boolean {
  return selection.allBut !== undefined && (!rows || rows.some((row) => selection.has(rowKey(row))))
}
