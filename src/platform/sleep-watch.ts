/** Tells when the machine slept: by a timer that comes much later than it was due. */
import type { Clock } from './clock.ts'

/** A busy page is late too, but not by this much. */
const LATE_MS = 5000

/** Looks after each `lookMs()`; the returned function ends it. */
export function watchSleep(clock: Clock, lookMs: () => number, onWake: () => void): () => void {
  let cancel = (): void => undefined
  const look = (): void => {
    const wait = lookMs()
    // The wall clock goes on in a sleep, the other may not.
    const due = clock.now() + wait
    cancel = clock.after(wait, () => {
      if (clock.now() - due > LATE_MS) onWake()
      look()
    })
  }
  look()
  return () => {
    cancel()
  }
}
