/** A bad network: requests lost on the way there or back, delayed, executed twice, answers overtaking one another. */
import { JmapError } from '../../src/jmap/errors.ts'
import type { Invocation } from '../../src/jmap/types.ts'
import type { Fault } from '../support/in-process-client.ts'
import type { Dice } from './dice.ts'

export class Network {
  /** Nothing goes through while this is true. */
  isDown = false
  /** 0: perfect. */
  badness: number
  readonly #dice: Dice
  #hold = 0

  constructor(dice: Dice, badness: number) {
    this.#dice = dice
    this.badness = badness
  }

  /** The answer to the next window takes this long, whatever else happens meanwhile. */
  holdNextWindow(ms: number): void {
    this.#hold = ms
  }

  fault(calls: readonly Invocation[]): Fault {
    if (this.#hold > 0 && !this.isDown && calls.some(([, args]) => args['collapseThreads'] === true)) {
      const delayAfter = this.#hold
      this.#hold = 0
      return { delayAfter }
    }
    const fault = this.#roll()
    // A stolen tab's write that reaches the server after its successor's undoes it: no client can tell (no ifInState on
    // patches, B6.4), so writes are not held up on their way there.
    return calls.some(([name]) => name === 'Email/set') ? { ...fault, delayBefore: 0 } : fault
  }

  #roll(): Fault {
    if (this.isDown) return { lose: 'before' }
    if (!this.#dice.chance(this.badness)) return this.#dice.chance(0.5) ? {} : { delayBefore: 20, delayAfter: 20 }
    return this.#dice.weighted<() => Fault>([
      [3, () => ({ lose: 'before' })],
      [3, () => ({ lose: 'after', delayAfter: this.#dice.below(300) })],
      [2, () => ({ repeat: true })],
      [4, () => ({ delayBefore: this.#dice.below(1500) })],
      [6, () => ({ delayAfter: this.#dice.below(4000) })],
      [1, () => ({ fail: new JmapError('busy', 'busy', { status: 503, retryAfterMs: 700 }) })],
      [1, () => ({ fail: new JmapError('protocol', 'a captive portal') })],
    ])()
  }
}
