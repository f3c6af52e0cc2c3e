/**
 * The list's keys for what is ticked, or has the focus (design, ShortcutHelp: Act). They stand with the first rows: a
 * press before them would be lost. What they do may come later.
 */
import type { ListKeysInput } from './list-keys.ts'
import * as keys from '../../state/keys.ts'
import { flagOrUnflag, type Mark } from '../../state/row-marks.ts'
import type { ThreadRow } from '../../mail/list.ts'
import type { Bindings } from '../../state/contexts.ts'
import type { Selection } from '../../state/selection.svelte.ts'

/** Where rows go by a key, or whether labels: for some of them the reader is asked. */
export type RowFiling = 'archive' | 'trash' | 'junk' | 'move' | 'copy' | 'label' | 'snooze' | 'wake' | 'mute' | 'unmute'

export interface MarkKeysInput extends ListKeysInput {
  readonly selection: () => Selection
  readonly mayMark: () => boolean
  readonly onMark: (rows: readonly ThreadRow[], mark: Mark) => void
  readonly onFile: (rows: readonly ThreadRow[], filing: RowFiling) => void
}

export function markKeys({ list, focus, selection, mayMark, onMark, onFile }: MarkKeysInput): Bindings {
  /** Acts on what is ticked; without any, on the row that has the focus. */
  const act = (onRows: (rows: readonly ThreadRow[]) => void) => (): boolean => {
    const ticked = selection().rows
    if (!mayMark() || (ticked.length === 0 && !focus.isInside)) return false
    const active = list().row(focus.position)
    onRows(ticked.length > 0 ? ticked : active ? [active] : [])
    return true
  }
  const mark = (which: (rows: readonly ThreadRow[]) => Mark): (() => boolean) =>
    act((rows) => {
      onMark(rows, which(rows))
    })
  const file = (filing: RowFiling): (() => boolean) =>
    act((rows) => {
      onFile(rows, filing)
    })
  const extend = (by: 1 | -1) => (): boolean => {
    const from = focus.position
    return mayMark() && focus.isInside && focus.step(by) && selection().extendTo(focus.position, from)
  }
  return {
    [keys.select]: () => mayMark() && focus.isInside && selection().toggle(focus.position),
    [keys.extendDown]: extend(1),
    [keys.extendUp]: extend(-1),
    [keys.selectAll]: () => mayMark() && focus.isInside && selection().all(),
    [keys.markRead]: mark(() => 'read'),
    [keys.markUnread]: mark(() => 'unread'),
    [keys.flag]: mark(flagOrUnflag),
    [keys.archiveIt]: file('archive'),
    [keys.remove]: file('trash'),
    [keys.junk]: file('junk'),
    [keys.moveTo]: file('move'),
    [keys.copyTo]: file('copy'),
    [keys.label]: file('label'),
    [keys.snooze]: file('snooze'),
    [keys.mute]: file('mute'),
    [keys.leave]: () => {
      if (selection().size === 0) return false
      selection().clear()
      return true
    },
  }
}
