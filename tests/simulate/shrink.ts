/** The shortest schedule, as far as is looked for, in which the same invariant breaks: steps and faults left out by and by. */
import { runSeed, type Failure } from './run-seed.ts'
import { scheduleOf, type Step } from './steps.ts'

/** One seed takes a fifth of a second. */
const MOST_RUNS = 300

export async function shrink(failure: Failure): Promise<Failure> {
  let best = failure
  // What came after the failure is not part of it.
  let steps = scheduleOf(failure.seed)
  let runs = 0
  const fails = async (shorter: readonly Step[]): Promise<boolean> => {
    runs += 1
    const { failure: found } = await runSeed(failure.seed, shorter)
    if (found?.invariant !== failure.invariant) return false
    best = found
    return true
  }
  if (await fails(steps.slice(0, failure.schedule.length))) steps = steps.slice(0, failure.schedule.length)
  for (let size = Math.ceil(steps.length / 2); size >= 1 && runs < MOST_RUNS;) {
    let isShorter = false
    for (let at = 0; at < steps.length && runs < MOST_RUNS;) {
      const shorter = [...steps.slice(0, at), ...steps.slice(at + size)]
      if (await fails(shorter)) {
        steps = shorter
        isShorter = true
      } else at += size
    }
    if (size === 1 && !isShorter) break
    size = size === 1 ? 1 : Math.floor(size / 2)
  }
  return best
}
