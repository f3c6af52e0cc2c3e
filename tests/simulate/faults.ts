/** What may happen to one request between a tab and the server. */
import type { Dice } from '../converge/dice.ts'

export type Fault =
  /** It never arrives. */
  | { readonly kind: 'dropBefore' }
  /** The server acts; the answer is lost, at once or after a while. */
  | { readonly kind: 'dropAfter'; readonly ms: number }
  | { readonly kind: 'delay'; readonly ms: number }
  /** It arrives twice; the second answer is given. */
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: RetryAfter }
  | { readonly kind: 'truncate'; readonly part: number }
  /** A captive portal's page. */
  | { readonly kind: 'html' }
  /** One of its calls fails. */
  | { readonly kind: 'methodError'; readonly type: string; readonly which: number }
  /** Some objects of its /set are refused. */
  | { readonly kind: 'refused'; readonly type: string; readonly part: number; readonly roll: number }

export interface RetryAfter {
  readonly seconds: number
  readonly form: 'seconds' | 'date' | 'garbage'
}

/** A fault that waits for its request. */
export interface Armed {
  readonly fault: Fault
  /** It waits for one that writes, or for a window. */
  readonly waitsFor?: 'set' | 'window'
}

const METHOD_ERRORS = ['serverFail', 'serverUnavailable', 'serverPartialFail', 'cannotCalculateChanges'] as const
const SET_ERRORS = ['serverFail', 'rateLimit', 'forbidden', 'invalidProperties', 'overQuota'] as const

export function someFault(dice: Dice): Armed {
  const isForSet = dice.chance(0.5)
  const fault = dice.weighted<() => Fault>([
    [3, () => ({ kind: 'dropBefore' })],
    [4, () => ({ kind: 'dropAfter', ms: dice.pick([0, 200, 1_500]) ?? 0 })],
    [4, () => ({ kind: 'delay', ms: dice.pick([50, 400, 3_000, 9_000, 70_000]) ?? 50 })],
    [2, () => ({ kind: 'duplicate' })],
    [2, () => ({ kind: 'status', status: dice.pick([429, 503]) ?? 429, retryAfter: someRetryAfter(dice) })],
    [1, () => ({ kind: 'status', status: dice.pick([401, 500, 502]) ?? 500 })],
    [1, () => ({ kind: 'truncate', part: dice.below(100) / 100 })],
    [1, () => ({ kind: 'html' })],
    [3, () => ({ kind: 'methodError', type: dice.pick(METHOD_ERRORS) ?? 'serverFail', which: dice.below(8) })],
    [3, () => ({ kind: 'refused', type: dice.pick(SET_ERRORS) ?? 'forbidden', part: 0.5, roll: dice.below(1e9) })],
  ])()
  return isForSet || fault.kind === 'refused' ? { fault, waitsFor: 'set' } : { fault }
}

function someRetryAfter(dice: Dice): RetryAfter {
  return {
    seconds: dice.pick([1, 3, 8]) ?? 1,
    form: dice.pick(['seconds', 'seconds', 'date', 'garbage'] as const) ?? 'seconds',
  }
}

export function describe({ fault, waitsFor }: Armed): string {
  const { kind, ...rest } = fault
  return `${kind}${waitsFor ? ` of a ${waitsFor}` : ''} ${JSON.stringify(rest)}`
}
