/** Ids in order, so that tests are exact. */
import type { Random } from '../../platform/random.ts'

export function countingRandom(): Random {
  let count = 0
  return { next: () => 0.5, uuid: () => `id-${++count}` }
}
