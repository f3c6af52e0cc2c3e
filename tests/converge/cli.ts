/**
 * `npm run converge -- --seeds N --from S --like P --json FILE`: the pull against random changes. Prints and writes
 * `{seeds, steps, failures: [{seed, what, schedule}]}`; exits 1 on any failure, 2 with a sentence if it could not run.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { PersonalityName } from '../../demo/server/options.ts'
import { PERSONALITIES, runSeed, type SeedResult } from './run-seed.ts'

interface Options {
  readonly seeds: number
  readonly from: number
  readonly like: PersonalityName | undefined
  readonly json: string | undefined
  /** Stop at the first failure: enough for a planted bug. */
  readonly first: boolean
}

class Usage extends Error {}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '200' },
      from: { type: 'string', default: '1' },
      like: { type: 'string' },
      json: { type: 'string' },
      first: { type: 'boolean', default: false },
    },
  })
  const like = PERSONALITIES.find((name) => name === values.like)
  if (values.like !== undefined && !like) throw new Usage(`--like is one of ${PERSONALITIES.join(', ')}.`)
  return {
    seeds: whole(values.seeds, 'seeds'),
    from: whole(values.from, 'from'),
    like,
    json: values.json,
    first: values.first,
  }
}

function whole(text: string, name: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Usage(`--${name} takes a whole number, not "${text}".`)
  return Number(text)
}

async function run(options: Options): Promise<boolean> {
  const failures: NonNullable<SeedResult['failure']>[] = []
  let steps = 0
  let seeds = 0
  for (let seed = options.from; seed < options.from + options.seeds; seed += 1) {
    const result = await runSeed(seed, options.like)
    seeds += 1
    steps += result.steps
    if (!result.failure) continue
    failures.push(result.failure)
    console.error(`seed ${seed}: ${result.failure.what}`)
    if (options.first) break
  }
  if (options.json !== undefined)
    writeFileSync(options.json, `${JSON.stringify({ seeds, steps, failures }, null, 2)}\n`)
  console.log(`converge: ${seeds} seeds, ${steps} steps, ${failures.length} failed`)
  return failures.length === 0
}

try {
  process.exitCode = (await run(readOptions())) ? 0 : 1
} catch (error) {
  console.error(`converge could not run: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 2
}
