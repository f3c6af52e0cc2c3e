/** Seeded choices. */
import type { Random } from '../../src/platform/random.ts'

export class Dice {
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  chance(probability: number): boolean {
    return this.#random.next() < probability
  }

  /** A whole number in [0, n). */
  below(n: number): number {
    return Math.floor(this.#random.next() * n)
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)]
  }

  weighted<T>(items: readonly (readonly [weight: number, item: T])[]): T {
    let rest = this.#random.next() * items.reduce((sum, [weight]) => sum + weight, 0)
    for (const [weight, item] of items) {
      rest -= weight
      if (rest < 0) return item
    }
    return items[items.length - 1]![1]
  }
}
