/** What befalls a browser and its line, from a seed: the same seed gives the same schedule. */
import { seededRandom } from '../../demo/server/seeded-random.ts'
import { Dice } from '../converge/dice.ts'
import { FAULTS, type ArmedFault } from './line.ts'

const ACTIONS = [
  [5, 'flag'],
  [4, 'read'],
  [3, 'archive'],
  [2, 'delete'],
  [1, 'junk'],
  [2, 'move'],
  [2, 'label'],
  [4, 'undo'],
  [1, 'redo'],
  [2, 'open'],
] as const
export type ActionName = (typeof ACTIONS)[number][1]

export interface Act {
  readonly kind: 'act'
  readonly tab: number
  readonly action: ActionName
  readonly row: number
  /** How many rows, one after the other. */
  readonly count: number
  /** The next step does not wait until this one is acknowledged. */
  readonly isHasty: boolean
}

export type Step =
  | Act
  | { readonly kind: 'fault'; readonly fault: Readonly<ArmedFault> }
  | { readonly kind: 'cutStreams' }
  | { readonly kind: 'goOffline'; readonly isKnown: boolean }
  | { readonly kind: 'comeBack' }
  | { readonly kind: 'reload' | 'close' | 'crash' | 'freeze'; readonly tab: number }
  | { readonly kind: 'open' }
  | { readonly kind: 'thaw' }
  | { readonly kind: 'killBrowser' }
  | { readonly kind: 'goTo'; readonly tab: number; readonly key: 'g i' | 'g a' }
  | { readonly kind: 'deliver' | 'otherClient'; readonly row: number }
  | { readonly kind: 'deploy' }
  | { readonly kind: 'wait'; readonly ms: number }

export interface Schedule {
  readonly seed: number
  readonly tabs: number
  /** The service worker has all files of the app before anything happens: pages open without a line. */
  readonly isKept: boolean
  /** A later release with a new schema of the database comes, under five tabs, without a service worker. */
  readonly hasUpgrade: boolean
  readonly steps: readonly Step[]
}

export function scheduleOf(seed: number): Schedule {
  const dice = new Dice(seededRandom(seed * 7919))
  const hasUpgrade = dice.chance(0.06)
  const isKept = !hasUpgrade && dice.chance(0.35)
  const tabs = hasUpgrade ? 5 : 1 + dice.below(3)
  const steps = Array.from({ length: 18 + dice.below(14) }, () => anyStep(dice))
  if (hasUpgrade || isKept) steps.splice(5 + dice.below(10), 0, { kind: 'deploy' })
  return { seed, tabs, isKept, hasUpgrade, steps }
}

function anyStep(dice: Dice): Step {
  const tab = dice.below(5)
  return dice.weighted<() => Step>([
    [60, () => anAct(dice, tab)],
    [24, () => ({ kind: 'fault', fault: aFault(dice) })],
    [3, () => ({ kind: 'cutStreams' })],
    [3, () => ({ kind: 'goOffline', isKnown: dice.chance(0.5) })],
    [4, () => ({ kind: 'comeBack' })],
    [4, () => ({ kind: 'reload', tab })],
    [3, () => ({ kind: 'close', tab })],
    [3, () => ({ kind: 'open' })],
    [3, () => ({ kind: 'crash', tab })],
    [3, () => ({ kind: 'killBrowser' })],
    [4, () => ({ kind: 'freeze', tab })],
    [4, () => ({ kind: 'thaw' })],
    [4, () => ({ kind: 'goTo', tab, key: dice.chance(0.5) ? 'g i' : 'g a' })],
    [3, () => ({ kind: 'deliver', row: dice.below(100) })],
    [3, () => ({ kind: 'otherClient', row: dice.below(100) })],
    [3, () => ({ kind: 'wait', ms: 200 + dice.below(1300) })],
  ])()
}

function anAct(dice: Dice, tab: number): Act {
  const action = dice.weighted<ActionName>(ACTIONS)
  const count = action !== 'open' && dice.chance(0.25) ? 2 + dice.below(3) : 1
  return { kind: 'act', tab, action, row: dice.below(8), count, isHasty: dice.chance(0.3) }
}

function aFault(dice: Dice): ArmedFault {
  return {
    kind: dice.pick(FAULTS) ?? 'delay',
    on: dice.chance(0.7) ? 'set' : 'any',
    ms: 200 + dice.below(2500),
    times: dice.chance(0.7) ? 1 : 2 + dice.below(2),
  }
}

/** One line of a schedule that is printed. */
export function stepInWords(step: Step): string {
  const { kind, ...rest } = step
  if (kind === 'fault') {
    const { kind: fault, on, ms, times } = (rest as { fault: ArmedFault }).fault
    return `fault ${fault}${fault === 'delay' ? ` ${String(ms)} ms` : ''} on ${on} x${String(times)}`
  }
  const parts = Object.entries(rest).map(([name, value]) => `${name} ${String(value)}`)
  return [kind, ...parts].join(', ')
}
