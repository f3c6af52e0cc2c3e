/** The rows that the reader ticked in one list. */
import type { RowList } from './row-list.ts'
import { rowKey, type RowKey, type ThreadRow } from '../mail/list.ts'

export class Selection {
  readonly list: RowList | undefined
  /** As they were when they were ticked: the list lets go of rows that were scrolled past. */
  #rows = $state.raw<readonly ThreadRow[]>([])
  #last: number | null = null

  constructor(list: RowList | undefined) {
    this.list = list
  }

  get size(): number {
    return this.#rows.length
  }

  /** Each as the list has it now, where it has it. */
  get rows(): readonly ThreadRow[] {
    const { list } = this
    return this.#rows.map((row) => list?.row(list.positionOf(rowKey(row))) ?? row)
  }

  has(key: RowKey): boolean {
    return this.#rows.some((row) => rowKey(row) === key)
  }

  /** Ticks or unticks the row at a position; `extend` takes all from the last one touched. */
  set(position: number, isSelected: boolean, extend: boolean): void {
    const from = extend && this.#last !== null ? this.#last : position
    const touched: ThreadRow[] = []
    for (let at = Math.min(from, position); at <= Math.max(from, position); at += 1) {
      const row = this.list?.row(at)
      if (row) touched.push(row)
    }
    const keys = touched.map(rowKey)
    const others = this.#rows.filter((row) => !keys.includes(rowKey(row)))
    this.#rows = isSelected ? [...others, ...touched] : others
    this.#last = position
  }

  clear(): void {
    this.#rows = []
    this.#last = null
  }
}
