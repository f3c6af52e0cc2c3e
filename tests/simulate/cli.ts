/**
 * `npm run simulate -- --seeds N --from S --json FILE`: users, tabs, devices, other clients and faults at random, from
 * seeds. Prints and writes `{seeds, steps, failures: [{seed, invariant, schedule}]}`, each failure with the shortest
 * schedule that was found; exits 1 on any, 2 with a sentence if it could not run. The closing line's hash is the
 * trace's: the same seeds give the same. `--first` ends with the first failure, as it is.
 */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { runSeed, type Failure } from './run-seed.ts'
import { shrink } from './shrink.ts'

/** I10: every so many seeds one is run twice. */
const TWICE_EVERY = 20

interface Options {
  readonly seeds: number
  readonly from: number
  readonly json: string | undefined
  readonly first: boolean
}

class Usage extends Error {}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '100' },
      from: { type: 'string', default: '1' },
      json: { type: 'string' },
      first: { type: 'boolean', default: false },
    },
  })
  return { ...values, json: values.json, seeds: whole(values.seeds, 'seeds'), from: whole(values.from, 'from') }
}

function whole(text: string, name: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Usage(`--${name} takes a whole number, not "${text}".`)
  return Number(text)
}

async function run(options: Options): Promise<boolean> {
  const failures: Failure[] = []
  const trace = createHash('sha256')
  let steps = 0
  let seeds = 0
  for (let seed = options.from; seed < options.from + options.seeds; seed += 1) {
    const result = await runSeed(seed)
    seeds += 1
    steps += result.steps
    trace.update(result.hash)
    const failure = result.failure ?? (await replay(seed, result.hash, options.first))
    if (!failure) continue
    console.error(`seed ${seed}: ${failure.invariant}: ${failure.what}`)
    const shortest = options.first || failure.invariant === 'I10' ? failure : await shrink(failure)
    if (!options.first) console.error(`${shortest.what}\n${shortest.schedule.map((line) => `  ${line}`).join('\n')}`)
    failures.push(shortest)
    if (options.first) break
  }
  if (options.json !== undefined)
    writeFileSync(options.json, `${JSON.stringify({ seeds, steps, failures }, null, 2)}\n`)
  const hash = trace.digest('hex').slice(0, 16)
  console.log(`simulate: ${seeds} seeds, ${steps} steps, ${failures.length} failed, trace ${hash}`)
  return failures.length === 0
}

async function replay(seed: number, hash: string, isHasty: boolean): Promise<Failure | undefined> {
  if (isHasty || seed % TWICE_EVERY !== 0) return undefined
  const again = await runSeed(seed)
  if (again.hash === hash) return undefined
  return { seed, invariant: 'I10', what: `the traces differ: ${hash}, ${again.hash}`, schedule: [] }
}

try {
  process.exitCode = (await run(readOptions())) ? 0 : 1
} catch (error) {
  console.error(`simulate could not run: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 2
}
