/** The rows that the reader ticked in one list. */
import type { RowList } from './row-list.ts'
import { rowKey, type RowKey, type ThreadRow } from '../mail/list.ts'

export class Selection {
  readonly list: RowList | undefined
  /** As they were when they were ticked: the list lets go of rows that were scrolled past. */
  #rows = $state.raw<ReadonlyMap<RowKey, ThreadRow>>(new Map())
  #last: number | null = null

  constructor(list: RowList | undefined) {
    this.list = list
  }

  get size(): number {
    return this.#rows.size
  }

  /** Each as the list has it now, where it has it. */
  get rows(): readonly ThreadRow[] {
    return Array.from(this.#rows, ([key, row]) => this.list?.row(this.list.positionOf(key)) ?? row)
  }

  has(key: RowKey): boolean {
    return this.#rows.has(key)
  }

  /** Ticks or unticks the row at a position; `extend` takes all from the last one touched. */
  set(position: number, isSelected: boolean, extend: boolean): void {
    const from = extend && this.#last !== null ? this.#last : position
    const rows = new Map(this.#rows)
    for (let at = Math.min(from, position); at <= Math.max(from, position); at += 1) {
      const row = this.list?.row(at)
      if (row && isSelected) rows.set(rowKey(row), row)
      else if (row) rows.delete(rowKey(row))
    }
    this.#rows = rows
    this.#last = position
  }

  clear(): void {
    this.#rows = new Map()
    this.#last = null
  }
}
