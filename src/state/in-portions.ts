/** Much work in many tasks, so that the page is never long without an answer. */
import type { Clock } from '../platform/clock.ts'

const atOnce = 5
const everyMs = 60

/** Does it to the first few at once, and to the others a few at a time; the returned function ends it. */
export function inPortions<T>(clock: Clock, items: readonly T[], act: (item: T) => void): () => void {
  items.slice(0, atOnce).forEach(act)
  if (items.length <= atOnce) return () => undefined
  let stop = clock.after(everyMs, () => (stop = inPortions(clock, items.slice(atOnce), act)))
  return () => stop()
}
