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
      void reread()
      const unsubscribe = replica.subscribe((notice) => {
        if (notice.all || source.concerns(notice)) void reread()
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
 * overtake a newer one. The promise is for the run that covers this request. A run that fails leaves the last value:
 * the database says why elsewhere (sync status).
 */
export function coalesce(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  const start = (): Promise<void> => {
    if (running) {
      next ??= running.then(() => {
        next = undefined
        return start()
      })
      return next
    }
    running = run()
      .catch(() => undefined)
      .finally(() => {
        running = undefined
      })
    return running
  }
  return start
}
