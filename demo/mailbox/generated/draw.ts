import { seededRandom } from '../../server/seeded-random.ts'
import type { Random } from '../../../src/platform/random.ts'

/** Choices from a seed: the same seed makes the same choices in the same order. */
export class Draw {
  readonly #random: Random

  constructor(seed: number) {
    this.#random = seededRandom(seed)
  }

  /** From `least` to `most`, both possible. */
  int(least: number, most: number): number {
    return least + Math.floor(this.#random.next() * (most - least + 1))
  }

  /** In [0, 1). */
  share(): number {
    return this.#random.next()
  }

  chance(probability: number): boolean {
    return this.#random.next() < probability
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.int(0, list.length - 1)]
    if (item === undefined) throw new Error('There is nothing to pick from.')
    return item
  }

  /** Some different items, in the order of the list. */
  some<T>(list: readonly T[], count: number): T[] {
    const left = list.map((_item, index) => index)
    while (left.length > count) left.splice(this.int(0, left.length - 1), 1)
    return left.map((index) => list[index]).filter((item) => item !== undefined)
  }
}

/** Another seed for each number, far from its neighbours. */
export function subSeed(seed: number, ...numbers: readonly number[]): number {
  return numbers.reduce(
    (mixed, number) => (Math.imul(mixed ^ (number + 0x9e3779b9), 0x85ebca6b) ^ (mixed >>> 13)) >>> 0,
    seed >>> 0,
  )
}
