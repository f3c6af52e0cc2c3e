/** The part of a list above the horizon, as far as it was read: rows by position, each with its thread. */
import type { RowKey, ThreadRow } from '../mail/list.ts'
import { sameRow } from '../mail/same-row.ts'
import type { ListWindow } from '../replica/replica.ts'

export interface Span {
  readonly from: number
  readonly count: number
}

/** Reads go by whole chunks, so that scrolling a row further does not ask again. */
const CHUNK = 50
/** How far from the top rows are kept read without a gap: the part that has heads for its days. */
const GAPLESS = 200
/** Rows kept beyond those on screen, to either side. */
const NEAR = 500

export class NearRows {
  #rows = new Map<number, ThreadRow>()
  #positions = new Map<RowKey, number>()

  at(position: number): ThreadRow | undefined {
    return this.#rows.get(position)
  }

  positionOf(key: RowKey): number {
    return this.#positions.get(key) ?? -1
  }

  rows(): IterableIterator<ThreadRow> {
    return this.#rows.values()
  }

  entries(): IterableIterator<[number, ThreadRow]> {
    return this.#rows.entries()
  }

  /** How many rows are known without a gap from the top, counted up to the part that has heads. */
  prefix(): number {
    let length = 0
    while (length < GAPLESS && this.#rows.has(length)) length += 1
    return length
  }

  /** Lets go of what was passed: all but the top and what is near these positions. */
  forget(first: number, last: number): void {
    if (this.#rows.size < 2 * NEAR) return
    for (const [position, row] of this.#rows) {
      if (position < GAPLESS || (position > first - NEAR && position < last + NEAR)) continue
      this.#rows.delete(position)
      this.#positions.delete(row.threadId)
    }
  }

  /** The read that `first` to `last` need, by whole chunks; undefined when all of them below `covered` are here. */
  missing(first: number, last: number, covered: number): Span | undefined {
    const end = Math.min(last + 1, covered)
    let from = Math.max(0, first)
    while (from < end && this.#rows.has(from)) from += 1
    if (from >= end) return undefined
    let to = end
    while (to > from && this.#rows.has(to - 1)) to -= 1
    return chunks(from, to - 1)
  }

  /** Adds what was read, to what is here. */
  add(windows: readonly ListWindow[]): void {
    for (const window of windows) {
      window.rows.forEach((row, index) => this.put(window.from + index, row))
    }
  }

  /**
   * Takes what was read in place of everything: after a change no other position is sure. False: it is what was there.
   */
  replace(windows: readonly ListWindow[]): boolean {
    const [rows, positions] = [this.#rows, this.#positions]
    this.#rows = new Map()
    this.#positions = new Map()
    let isNews = false
    for (const { from, rows: read } of windows) {
      for (const [index, row] of read.entries()) {
        const kept = sameRow(rows.get(positions.get(row.threadId) ?? -1), row)
        isNews ||= rows.get(from + index) !== kept
        this.put(from + index, kept)
      }
    }
    return isNews || rows.size !== this.#rows.size
  }

  put(position: number, row: ThreadRow): void {
    this.#rows.set(position, row)
    this.#positions.set(row.threadId, position)
  }
}

/** The whole chunks that hold these positions. */
export function chunks(first: number, last: number): Span {
  const from = Math.floor(Math.max(0, first) / CHUNK) * CHUNK
  return { from, count: Math.ceil((last + 1 - from) / CHUNK) * CHUNK }
}
