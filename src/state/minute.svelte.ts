/** The time, to the minute: words like "Yesterday" change by themselves. Made while a component is being set up. */
import type { Clock } from '../platform/clock.ts'

export class Minute {
  #now = $state.raw(0)

  constructor(clock: Clock) {
    this.#now = clock.now()
    $effect(() => {
      let cancel = clock.after(60_000, function again(this: void) {
        tick()
        cancel = clock.after(60_000, again)
      })
      return () => cancel()
    })
    const tick = (): void => {
      this.#now = clock.now()
    }
  }

  /** ms since the epoch. */
  get now(): number {
    return this.#now
  }
}
