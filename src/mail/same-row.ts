/** Rows are read anew after every change, most of them to the same: one that stays the same object costs the page nothing. */
import type { ThreadRow } from './list.ts'

/** The row as it was, where it is as it was. */
export function sameRow(before: ThreadRow | undefined, after: ThreadRow): ThreadRow {
  return before && isEqual(before, after) ? before : after
}

/** Of plain data. A property that is undefined is one that is not there. */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false
  const [one, other] = [a, b] as [Record<string, unknown>, Record<string, unknown>]
  for (const key in one) if (!isEqual(one[key], other[key])) return false
  for (const key in other) if (other[key] !== undefined && !(key in one)) return false
  return true
}
