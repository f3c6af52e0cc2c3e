/**
 * The part of a list below the horizon: windows of representatives as the server ordered them when they were asked.
 * Keyed by distance from the end, so that mail arriving at the top shifts no key (L4). While no total is known, the
 * distance is the negative position.
 */
import type { EmailId } from '../jmap/types.ts'
import type { RowKey } from '../mail/list.ts'
import type { FetchedWindow } from '../sync/engine-port.ts'

const WINDOW = 50
/** Windows kept to either side of what is on screen. */
const KEPT = 6

export interface FarEntry {
  readonly emailId: EmailId
  readonly key: RowKey
}

export interface FarRequest {
  /** Names the window; the same for every position in it. */
  readonly key: number
  readonly position: number
  readonly limit: number
}

export class FarWindows {
  #entries = new Map<number, FarEntry>()
  #distances = new Map<RowKey, number>()
  readonly #fetched = new Set<number>()
  readonly #stale = new Set<number>()
  readonly #isByThread: boolean

  /** `isByThread`: a row stands for its thread, else for its message. */
  constructor(isByThread = true) {
    this.#isByThread = isByThread
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0
  }

  /** No window is here, not even one of which the server said that it holds nothing: that becomes stale as others do. */
  get isUnasked(): boolean {
    return this.#fetched.size === 0
  }

  at(total: number, position: number): FarEntry | undefined {
    return this.#entries.get(total - position)
  }

  positionOf(total: number, key: RowKey): number {
    const distance = this.#distances.get(key)
    return distance === undefined ? -1 : total - distance
  }

  entries(): IterableIterator<FarEntry> {
    return this.#entries.values()
  }

  /** The windows that hold these positions and are not here, or are stale. `floor`: positions above it come from rows. */
  wanted(total: number, first: number, last: number, floor: number): FarRequest[] {
    const requests: FarRequest[] = []
    for (let position = Math.max(first, floor); position <= last;) {
      const key = Math.floor((total - position - 1) / WINDOW)
      const start = total - WINDOW * (key + 1)
      if (!this.#fetched.has(key) || this.#stale.has(key)) {
        const from = Math.max(start, 0)
        requests.push({ key, position: from, limit: start + WINDOW - from })
      }
      position = start + WINDOW
    }
    return requests
  }

  isStale(key: number): boolean {
    return this.#stale.has(key)
  }

  /** Stale windows stay on screen; the visible ones are asked again (L4). */
  markStale(): void {
    for (const key of this.#fetched) this.#stale.add(key)
  }

  /** The position after the last one of a window, in a list of this length. */
  endOf(key: number, total: number): number {
    return total - WINDOW * key
  }

  /**
   * Stores an answer: merged by id, so that no row stands in two places. It may say another total than the one that it
   * was asked by: then its window is another stretch, and the part that is missing above is asked for when it is seen.
   */
  put({ key }: FarRequest, total: number, answer: FetchedWindow): void {
    if (answer.position <= Math.max(0, this.endOf(key, total) - WINDOW)) {
      this.#fetched.add(key)
      this.#stale.delete(key)
    }
    answer.emailIds.forEach((emailId, index) => {
      const key = this.#isByThread ? answer.threadIds[index] : emailId
      if (key === undefined) return
      this.#place(total - answer.position - index, { emailId, key })
    })
  }

  /** A row that left the list: those above it are one nearer to the end from now on. */
  remove(key: RowKey): void {
    const gone = this.#distances.get(key)
    if (gone === undefined) return
    const moved = new Map<number, FarEntry>()
    for (const [distance, entry] of this.#entries) {
      if (distance !== gone) moved.set(distance > gone ? distance - 1 : distance, entry)
    }
    this.#entries = moved
    this.#distances = new Map(Array.from(moved, ([distance, entry]) => [entry.key, distance]))
    // The edges of the windows moved: what is missing there is asked for when it comes into view.
    this.markStale()
  }

  /** Lets go of the windows that are far from these positions. */
  forget(total: number, first: number, last: number): void {
    const from = Math.floor((total - last - 1) / WINDOW) - KEPT
    const to = Math.floor((total - first - 1) / WINDOW) + KEPT
    for (const key of this.#fetched) {
      if (key >= from && key <= to) continue
      this.#fetched.delete(key)
      this.#stale.delete(key)
    }
    for (const [distance, { key }] of this.#entries) {
      const window = Math.floor((distance - 1) / WINDOW)
      if (window >= from && window <= to) continue
      this.#entries.delete(distance)
      this.#distances.delete(key)
    }
  }

  clear(): void {
    this.#entries.clear()
    this.#distances.clear()
    this.#fetched.clear()
    this.#stale.clear()
  }

  #place(distance: number, entry: FarEntry): void {
    const before = this.#distances.get(entry.key)
    if (before !== undefined) this.#entries.delete(before)
    const replaced = this.#entries.get(distance)
    if (replaced) this.#distances.delete(replaced.key)
    this.#entries.set(distance, entry)
    this.#distances.set(entry.key, distance)
  }
}
