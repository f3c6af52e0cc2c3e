/** The conversations that the reader ticked in one list. */
import { SvelteSet } from 'svelte/reactivity'
import type { EmailList } from './email-list.svelte.ts'
import type { ThreadId } from '../jmap/types.ts'

export class Selection {
  readonly list: EmailList | undefined
  readonly #threads = new SvelteSet<ThreadId>()
  #last: number | null = null

  constructor(list: EmailList | undefined) {
    this.list = list
  }

  get size(): number {
    return this.#threads.size
  }

  get threads(): readonly ThreadId[] {
    return [...this.#threads]
  }

  has(threadId: ThreadId): boolean {
    return this.#threads.has(threadId)
  }

  /** Ticks or unticks the row at a position; `extend` takes all from the last one touched. */
  set(
    position: number,
    isSelected: boolean,
    extend: boolean,
    threadAt: (position: number) => ThreadId | undefined,
  ): void {
    const from = extend && this.#last !== null ? this.#last : position
    for (let at = Math.min(from, position); at <= Math.max(from, position); at += 1) {
      const threadId = threadAt(at)
      if (threadId === undefined) continue
      if (isSelected) this.#threads.add(threadId)
      else this.#threads.delete(threadId)
    }
    this.#last = position
  }

  clear(): void {
    this.#threads.clear()
    this.#last = null
  }
}
