import { expect, test } from 'vitest'
import { rendering } from './list-items.ts'
import type { ThreadRow } from '../../mail/list.ts'
import type { RowList } from '../../state/row-list.ts'

const row = (threadId: string): ThreadRow => ({ threadId, emailId: `${threadId}-mail` }) as unknown as ThreadRow
const listOf = (rows: readonly (ThreadRow | undefined)[]): RowList =>
  ({ length: rows.length, row: (position: number) => rows[position] }) as unknown as RowList

test('an item that stays as it was is the same object; one that moved, changed or came is another', () => {
  const [a, b, c] = [row('a'), row('b'), row('c')]
  const itemsOf = rendering()
  const before = itemsOf(listOf([a, b, c, undefined]), 0, 4, -1)
  const flagged = { ...b }
  const after = itemsOf(listOf([a, flagged, c, undefined]), 0, 4, -1)
  expect(after.map((item, index) => item === before[index])).toEqual([true, false, true, true])
  const moved = itemsOf(listOf([flagged, c, undefined]), 0, 3, -1)
  expect(moved.map(({ key, position }) => [key, position])).toEqual([
    ['row b', 0],
    ['row c', 1],
    ['position 2', 2],
  ])
  expect(moved.some((item) => after.includes(item))).toBe(false)
})

test('a row that stands twice for a moment has two keys, and the row with the focus stays wherever it is', () => {
  const [a, b] = [row('a'), row('b')]
  const itemsOf = rendering()
  const twice = itemsOf(listOf([a, b, a]), 0, 3, -1)
  expect(twice.map(({ key }) => key)).toEqual(['row a', 'row b', 'position 2'])
  expect(itemsOf(listOf([a, b, a]), 0, 1, 1).map(({ key }) => key)).toEqual(['row a', 'row b'])
  expect(itemsOf(listOf([a, b, a]), 1, 2, 0).map(({ key }) => key)).toEqual(['row a', 'row b'])
})
