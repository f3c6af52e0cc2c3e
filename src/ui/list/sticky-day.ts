import { dayHead } from '../../i18n/dates.ts'
import type { RowList } from '../../state/row-list.ts'

/** Beyond the part with heads, the day of the first row in view. */
export function stickyDay(list: RowList, first: number, now: number): string {
  const row = list.hasDays && first >= list.gapless && !list.islandsFrom ? list.row(first) : undefined
  return row ? dayHead(row.receivedAt, now) : ''
}
