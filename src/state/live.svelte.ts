/** The bridge from the replica to runes: a read that is kept up to date for as long as something on screen uses it. */
import { createSubscriber } from 'svelte/reactivity'
import { coalesce } from './coalesce.ts'
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
