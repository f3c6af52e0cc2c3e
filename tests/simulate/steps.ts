/** What happens in one seed, as data: each step has its own dice, so that others can be left out and it stays the same. */
import { seededRandom } from '../../demo/server/seeded-random.ts'
import { Dice } from '../converge/dice.ts'

export type StepKind =
  /** Other clients and senders, straight at the server. */
  | 'others'
  | 'wait'
  | 'act'
  | 'discard'
  | 'look'
  | 'fetch'
  /** The next request meets one. */
  | 'fault'
  | 'openTab'
  | 'closeTab'
  /** At one of its next awaits. */
  | 'crash'
  | 'freeze'
  | 'thaw'
  /** Every tab dies, and what was not flushed is gone. */
  | 'powerCut'
  | 'networkDown'
  | 'networkUp'
  | 'diskFull'
  | 'diskFree'
  | 'lockOut'
  | 'signIn'
  | 'streamLost'
  | 'forget'
  | 'refresh'

export interface Step {
  readonly kind: StepKind
  readonly roll: number
}

const WEIGHTS: readonly (readonly [weight: number, kind: StepKind])[] = [
  [18, 'others'],
  [26, 'wait'],
  [24, 'act'],
  [3, 'discard'],
  [3, 'look'],
  [4, 'fetch'],
  [16, 'fault'],
  [2, 'openTab'],
  [1.5, 'closeTab'],
  [2.5, 'crash'],
  [1.5, 'freeze'],
  [3, 'thaw'],
  [0.6, 'powerCut'],
  [1.5, 'networkDown'],
  [4, 'networkUp'],
  [0.8, 'diskFull'],
  [3, 'diskFree'],
  [0.7, 'lockOut'],
  [3, 'signIn'],
  [1, 'streamLost'],
  [1, 'forget'],
  [1.5, 'refresh'],
]

const STEPS = 200

export function scheduleOf(seed: number): Step[] {
  const random = seededRandom(seed * 7 + 3)
  const dice = new Dice(random)
  const count = STEPS + dice.below(40)
  return Array.from({ length: count }, () => ({
    kind: dice.weighted(WEIGHTS),
    roll: Math.floor(random.next() * 2 ** 32),
  }))
}

export function diceOf(step: Step): Dice {
  return new Dice(seededRandom(step.roll))
}
