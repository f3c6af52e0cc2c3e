/** What happens in one seed, as data: each step has its own dice, so that others can be left out and it stays the same. */
import { seededRandom } from '../../demo/server/seeded-random.ts'
import { Dice } from '../converge/dice.ts'

export type StepKind =
  /** Other clients and senders, straight at the server. */
  | 'others'
  | 'wait'
  | 'act'
  /** On all that a mailbox shows, or to take that back. */
  | 'sweep'
  /** Makes, changes or deletes a mailbox. */
  | 'manage'
  /** Snoozes or mutes a conversation, or takes that back. */
  | 'file'
  /** Chooses an account setting. */
  | 'choose'
  | 'discard'
  /** What the server refused is sent again. */
  | 'retry'
  | 'look'
  | 'fetch'
  /** Several things at once, on the same messages. */
  | 'collide'
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
  [2, 'sweep'],
  [4, 'manage'],
  [4, 'file'],
  [3, 'discard'],
  [2, 'retry'],
  [3, 'look'],
  [4, 'fetch'],
  [2.5, 'collide'],
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

/** Of these each seed leaves some out: what one of them mends (a sweep, a new leader) shows where it does not happen. */
const OPTIONAL: ReadonlySet<StepKind> = new Set([
  'discard',
  'retry',
  'sweep',
  'manage',
  'file',
  'look',
  'fetch',
  'collide',
  'fault',
  'closeTab',
  'crash',
  'freeze',
  'powerCut',
  'networkDown',
  'diskFull',
  'lockOut',
  'streamLost',
  'forget',
  'refresh',
])
const LEFT_OUT = 0.3

export function scheduleOf(seed: number): Step[] {
  const random = seededRandom(seed * 7 + 3)
  const dice = new Dice(random)
  const count = STEPS + dice.below(40)
  const weights = WEIGHTS.filter(([, kind]) => !OPTIONAL.has(kind) || !dice.chance(LEFT_OUT))
  const steps = Array.from({ length: count }, () => ({
    kind: dice.weighted(weights),
    roll: Math.floor(random.next() * 2 ** 32),
  }))
  return seed % 6 === 4 ? withChoices(steps, seed) : steps
}

/** Where there is a file store, which is in the seeds of one server's manners; every second of them is left as it is. */
function withChoices(steps: readonly Step[], seed: number): Step[] {
  const random = seededRandom(seed * 11 + 5)
  const dice = new Dice(random)
  return steps.flatMap((step): Step[] => {
    const choice: Step = { kind: 'choose', roll: Math.floor(random.next() * 2 ** 32) }
    return dice.chance(0.08) ? [choice, step] : [step]
  })
}

export function diceOf(step: Step): Dice {
  return new Dice(seededRandom(step.roll))
}
