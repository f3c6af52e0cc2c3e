/** How many panes there are: the shell asks for width, not for device (design §2). */
import type { SettingValue } from '../../state/settings-table.ts'

export type Layout = 'three' | 'two' | 'stack'

/** Where the conversation opens: beside the list, below it, or in its place, as always on a phone. */
export type ReaderPlace = SettingValue<'readingPane'>

export function layoutFor(width: number): Layout {
  if (width >= 1200) return 'three'
  return width >= 720 ? 'two' : 'stack'
}
