/** What is counted (docs: contract, `test:hostile`); every figure must be 0. */
export const counters = [
  'scripts',
  'http',
  'tcp',
  'dns',
  'navigations',
  'popups',
  'forms',
  'dialogs',
  'overlay',
  'style',
  'errors',
] as const

export type Counter = (typeof counters)[number]
export type Counts = Record<Counter, number>

export function noCounts(): Counts {
  return Object.fromEntries(counters.map((name) => [name, 0])) as Counts
}

export interface Failure {
  readonly file: string
  readonly path: string
  readonly engine: string
  readonly what: string
}
