/** The conversations that the reader ticked in one list. */
import type { RowList } from './row-list.ts'
import type { ThreadId } from '../jmap/types.ts'

export class Selection {
  readonly list: RowList | undefined
  #threads = $state.raw<readonly ThreadId[]>([])
  #last: number | null = null

  constructor(list: RowList | undefined) {
    this.list = list
  }

  get size(): number {
    return this.#threads.length
  }

  get threads(): readonly ThreadId[] {
    return this.#threads
  }

  has(threadId: ThreadId): boolean {
    return this.#threads.includes(threadId)
  }

  /** Ticks or unticks the row at a position; `extend` takes all from the last one touched. */
  set(
    position: number,
    isSelected: boolean,
    extend: boolean,
    threadAt: (position: number) => ThreadId | undefined,
  ): void {
    const from = extend && this.#last !== null ? this.#last : position
    const touched: ThreadId[] = []
    for (let at = Math.min(from, position); at <= Math.max(from, position); at += 1) {
      const threadId = threadAt(at)
      if (threadId !== undefined) touched.push(threadId)
    }
    const others = this.#threads.filter((threadId) => !touched.includes(threadId))
    this.#threads = isSelected ? [...others, ...touched] : others
    this.#last = position
  }

  clear(): void {
    this.#threads = []
    this.#last = null
  }
}
