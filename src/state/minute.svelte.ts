/** The time, to the minute: words like "Yesterday" change by themselves. Made while a component is being set up. */
import { every, type Clock } from '../platform/clock.ts'

export class Minute {
  #now = $state.raw(0)

  constructor(clock: Clock) {
    this.#now = clock.now()
    $effect(() =>
      every(clock, 60_000, () => {
        this.#now = clock.now()
      }),
    )
  }

  /** ms since the epoch. */
  get now(): number {
    return this.#now
  }
}
