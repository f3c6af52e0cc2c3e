/** The bridge from the replica to runes: a read that is kept up to date for as long as something on screen uses it. */
import { createSubscriber } from 'svelte/reactivity'
import type { ChangeNotice, ReplicaReads } from '../replica/replica.ts'

export interface LiveRead<T> {
  /** What `current` answers before the first read is done. */
  readonly initial: T
  /** Whether a committed change can have changed the answer. */
  concerns(notice: ChangeNotice): boolean
  read(): Promise<T>
}

/** Reads once when first used in an effect, again after each change that concerns it, and stops with the last user. */
export class Live<T> {
  #value: T
  readonly #track: () => void

  constructor(replica: ReplicaReads, source: LiveRead<T>) {
    this.#value = source.initial
    this.#track = createSubscriber((update) => {
      let isStopped = false
      const reread = coalesce(async () => {
        const value = await source.read()
        if (isStopped) return
        this.#value = value
        update()
      })
      reread()
      const unsubscribe = replica.subscribe((notice) => {
        if (notice.all || source.concerns(notice)) reread()
      })
      return () => {
        isStopped = true
        unsubscribe()
      }
    })
  }

  get current(): T {
    this.#track()
    return this.#value
  }
}

/**
 * One run at a time; whatever is asked meanwhile becomes one more run after it, so that an older answer can never
 * overtake a newer one. A run that fails leaves the last value: the database says why elsewhere (sync status).
 */
export function coalesce(run: () => Promise<void>): () => void {
  let isRunning = false
  let isDirty = false
  const start = (): void => {
    if (isRunning) {
      isDirty = true
      return
    }
    isRunning = true
    run()
      .catch(() => undefined)
      .finally(() => {
        isRunning = false
        if (!isDirty) return
        isDirty = false
        start()
      })
  }
  return start
}
