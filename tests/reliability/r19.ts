import type { Check } from './check.ts'
import { atSpecs } from './specs.ts'

/** How often it upgrades: each time with tabs of its own. */
const RUNS = 50

export const R19: Check = {
  name: 'R19',
  about: `a new schema under five open tabs, ${String(RUNS)} times`,
  inBrowser: () =>
    atSpecs('R19', ['storage'], { times: RUNS, noted: [{ name: 'ms to rows after the reload', must: 5_000 }] }),
}
