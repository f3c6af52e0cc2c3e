import { expect, test } from 'vitest'
import { keyAt, rendering } from './list-items.ts'
import type { ThreadRow } from '../../mail/list.ts'
import type { RowList } from '../../state/row-list.ts'

const row = (threadId: string): ThreadRow => ({ threadId, emailId: `${threadId}-mail` }) as unknown as ThreadRow
const listOf = (rows: readonly (ThreadRow | undefined)[]): RowList =>
  ({ length: rows.length, row: (position: number) => rows[position] }) as unknown as RowList

const none = new Map<number, string>()

test('an item that stays as it was is the same object, wherever it moved; one that changed, came or got a head is another', () => {
  const [a, b, c] = [row('a'), row('b'), row('c')]
  const itemsOf = rendering()
  const { items: before } = itemsOf(listOf([a, b, c, undefined]), none, 0, 4, -1)
  const flagged = { ...b }
  const { items: after } = itemsOf(listOf([a, flagged, c, undefined]), none, 0, 4, -1)
  expect(after.map((item, index) => item === before[index])).toEqual([true, false, true, true])
  const moved = itemsOf(listOf([flagged, c, undefined]), new Map([[0, 'Today']]), 0, 3, -1)
  expect(moved.positions).toEqual([0, 1, 2])
  expect(moved.items.map(({ key, head }) => [key, head])).toEqual([
    ['row b', 'Today'],
    ['row c', undefined],
    ['position 2', undefined],
  ])
  expect(moved.items.map((item) => after.includes(item))).toEqual([false, true, false])
  expect([keyAt(moved, 1), keyAt(moved, 3)]).toEqual(['row c', undefined])
})

test('a row that stands twice for a moment has two keys, and the row with the focus stays wherever it is', () => {
  const [a, b] = [row('a'), row('b')]
  const itemsOf = rendering()
  const twice = itemsOf(listOf([a, b, a]), none, 0, 3, -1)
  expect(twice.items.map(({ key }) => key)).toEqual(['row a', 'row b', 'position 2'])
  const pinned = [itemsOf(listOf([a, b, a]), none, 0, 1, 1), itemsOf(listOf([a, b, a]), none, 1, 2, 0)]
  for (const { items, positions } of pinned)
    expect([items.map(({ key }) => key), positions]).toEqual([
      ['row a', 'row b'],
      [0, 1],
    ])
})
