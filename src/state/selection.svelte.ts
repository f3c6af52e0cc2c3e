/** The rows that the reader ticked in one list. */
import type { RowList } from './row-list.ts'
import { rowKey, type RowKey } from '../mail/list.ts'

export class Selection {
  readonly list: RowList | undefined
  #keys = $state.raw<readonly RowKey[]>([])
  #last: number | null = null

  constructor(list: RowList | undefined) {
    this.list = list
  }

  get size(): number {
    return this.#keys.length
  }

  get keys(): readonly RowKey[] {
    return this.#keys
  }

  has(key: RowKey): boolean {
    return this.#keys.includes(key)
  }

  /** Ticks or unticks the row at a position; `extend` takes all from the last one touched. */
  set(position: number, isSelected: boolean, extend: boolean): void {
    const from = extend && this.#last !== null ? this.#last : position
    const touched: RowKey[] = []
    for (let at = Math.min(from, position); at <= Math.max(from, position); at += 1) {
      const row = this.list?.row(at)
      if (row) touched.push(rowKey(row))
    }
    const others = this.#keys.filter((key) => !touched.includes(key))
    this.#keys = isSelected ? [...others, ...touched] : others
    this.#last = position
  }

  clear(): void {
    this.#keys = []
    this.#last = null
  }
}
