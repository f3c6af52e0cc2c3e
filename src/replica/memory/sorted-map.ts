/** A map in key order: two parallel arrays and binary search. Made for some ten thousand rows (private mode, tests). */
import { compareKeys, type Key, type KeyRange } from '../storage/keys.ts'

export class SortedMap {
  #keys: Key[] = []
  #values: unknown[] = []

  get(key: Key): unknown {
    const index = this.#lowerBound(key, false)
    return this.#isAt(index, key) ? this.#values[index] : undefined
  }

  set(key: Key, value: unknown): void {
    const index = this.#lowerBound(key, false)
    if (this.#isAt(index, key)) this.#values[index] = value
    else {
      this.#keys.splice(index, 0, key)
      this.#values.splice(index, 0, value)
    }
  }

  delete(key: Key): void {
    const index = this.#lowerBound(key, false)
    if (!this.#isAt(index, key)) return
    this.#keys.splice(index, 1)
    this.#values.splice(index, 1)
  }

  clear(): void {
    this.#keys = []
    this.#values = []
  }

  keys(range: KeyRange = {}, count = Infinity): Key[] {
    const [start, end] = this.#bounds(range)
    return this.#keys.slice(start, Math.min(end, start + count))
  }

  values(range: KeyRange = {}, count = Infinity): unknown[] {
    const [start, end] = this.#bounds(range)
    return this.#values.slice(start, Math.min(end, start + count))
  }

  count(range: KeyRange = {}): number {
    const [start, end] = this.#bounds(range)
    return Math.max(0, end - start)
  }

  #bounds(range: KeyRange): [start: number, end: number] {
    const start = range.lower === undefined ? 0 : this.#lowerBound(range.lower, range.lowerOpen === true)
    const end = range.upper === undefined ? this.#keys.length : this.#lowerBound(range.upper, range.upperOpen !== true)
    return [start, end]
  }

  /** Index of the first key that is at or after `key`; strictly after it if `isOpen`. */
  #lowerBound(key: Key, isOpen: boolean): number {
    let low = 0
    let high = this.#keys.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const order = compareKeys(this.#keys[middle] ?? '', key)
      if (order < 0 || (isOpen && order === 0)) low = middle + 1
      else high = middle
    }
    return low
  }

  #isAt(index: number, key: Key): boolean {
    const found = this.#keys[index]
    return found !== undefined && compareKeys(found, key) === 0
  }
}
