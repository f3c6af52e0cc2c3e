/** One seed: a schedule, and a world that goes through it; then quiet, then the invariants. */
import { createHash } from 'node:crypto'
import type { PersonalityName } from '../../demo/server/options.ts'
import { Crashed } from './life.ts'
import { World } from './world.ts'
import { scheduleOf, type Step } from './steps.ts'

export interface Failure {
  readonly seed: number
  /** As in reliability.md §4.1; `crash` is an error that nobody expected. */
  readonly invariant: string
  readonly what: string
  readonly schedule: readonly string[]
}

export interface SeedResult {
  readonly seed: number
  readonly steps: number
  /** Of all that was asked and answered, when, and of all that happened. */
  readonly hash: string
  readonly failure?: Failure
}

export const PERSONALITIES: readonly PersonalityName[] = ['plain', 'stalwart', 'cyrus']

export async function runSeed(seed: number, steps: readonly Step[] = scheduleOf(seed)): Promise<SeedResult> {
  const trace = createHash('sha256')
  const like = PERSONALITIES[seed % PERSONALITIES.length] ?? 'plain'
  const world = await World.create(seed, like, (line) => trace.update(`${line}\n`))
  const onError = (error: unknown): void => {
    // Its own doing: of several reads that a tab died over, all but the first are awaited by nobody.
    if (!(error instanceof Crashed)) world.breach('crash', stackOf(error))
  }
  process.on('unhandledRejection', onError)
  try {
    await world.run(steps)
  } catch (error) {
    world.breach('crash', stackOf(error))
  } finally {
    process.off('unhandledRejection', onError)
    world.close()
  }
  const [first] = world.breaches
  const result = { seed, steps: steps.length, hash: trace.digest('hex').slice(0, 16) }
  if (!first) return result
  return { ...result, failure: { seed, ...first, what: `${like}: ${first.what}`, schedule: world.schedule } }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error)
}
