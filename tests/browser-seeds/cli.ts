/**
 * `npm run seeds -- --seeds N --from S --server demo|cyrus --json FILE`: the built app in Chromium behind a line with
 * faults, with tabs that freeze, crash and close and a browser that is killed, from seeds. When the faults have stopped no
 * acknowledged change may be lost, every tab must show what the server has, and nothing may wait. Prints and writes
 * `{seeds, steps, rows, faults, failures: [{seed, breaches, trace}]}`; exits 1 on any failure, 2 with a sentence if it
 * could not run. `--minutes M` ends with the seed under way then; the last line says where to go on. `--first` ends with
 * the first failure. `--url U` is a Cyrus that has its `--messages` already, of alice. `--plant NAME` puts a mistake into the page (`plants.ts`).
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { buildApp } from '../../src/build/build-app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { whyNoCyrus } from '../servers/cyrus.ts'
import { PLANTS, type PlantName } from './plants.ts'
import { runSeed, type SeedResult } from './run-seed.ts'
import { cyrusServer, demoServers, type ServerSource } from './servers.ts'

class Usage extends Error {}

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10' },
    from: { type: 'string', default: '1' },
    server: { type: 'string', default: 'demo' },
    messages: { type: 'string', default: '20000' },
    url: { type: 'string' },
    minutes: { type: 'string' },
    json: { type: 'string' },
    plant: { type: 'string' },
    first: { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
})

function whole(name: 'seeds' | 'from' | 'messages' | 'minutes'): number {
  const text = values[name] ?? ''
  if (!/^\d{1,9}$/.test(text)) throw new Usage(`--${name} takes a whole number, not "${text}".`)
  return Number(text)
}

function plantOf(name: string | undefined): PlantName | undefined {
  if (name === undefined) return undefined
  if (!Object.hasOwn(PLANTS, name)) throw new Usage(`--plant takes one of ${Object.keys(PLANTS).join(', ')}.`)
  return name as PlantName
}

function sourceOf(): Promise<ServerSource> {
  if (values.server === 'demo') return Promise.resolve(demoServers())
  if (values.server !== 'cyrus') throw new Usage(`--server takes demo or cyrus, not "${values.server}".`)
  const lacking = whyNoCyrus()
  if (lacking) throw new Usage(lacking)
  return cyrusServer(whole('messages'), values.url)
}

async function run(): Promise<boolean> {
  const lacking = whyNoChromium()
  if (lacking) throw new Usage(lacking)
  const [from, seeds, plant] = [whole('from'), whole('seeds'), plantOf(values.plant)]
  const until = values.minutes === undefined ? Infinity : performance.now() + whole('minutes') * 60_000
  if (!values['no-build']) await buildApp()
  const servers = await sourceOf()
  const results: SeedResult[] = []
  try {
    for (let seed = from; seed < from + seeds && performance.now() < until; seed += 1) {
      const started = performance.now()
      const result = await runSeed(seed, servers, plant)
      results.push(result)
      const took = ((performance.now() - started) / 1000).toFixed(1)
      const { breaches } = result
      console.log(
        `seed ${String(seed)}: ${breaches[0]?.split('\n')[0] ?? 'ok'} (${String(result.rows)} rows, ${took} s)`,
      )
      if (breaches.length > 0 || values.verbose) console.log(result.trace.map((line) => `  ${line}`).join('\n'))
      if (breaches.length === 0) continue
      if (values.first) break
    }
  } finally {
    await servers.close()
  }
  return report(results, from + results.length)
}

function report(results: readonly SeedResult[], next: number): boolean {
  const failures = results.filter(({ breaches }) => breaches.length > 0)
  const sum = (of: (result: SeedResult) => number): number => results.reduce((total, result) => total + of(result), 0)
  const faults: Record<string, number> = {}
  for (const result of results)
    for (const [kind, times] of Object.entries(result.faults)) faults[kind] = (faults[kind] ?? 0) + times
  const figures = { seeds: results.length, steps: sum(({ steps }) => steps), rows: sum(({ rows }) => rows), faults }
  if (values.json !== undefined) {
    const shown = failures.map(({ seed, breaches, trace }) => ({ seed, breaches, trace }))
    writeFileSync(values.json, `${JSON.stringify({ ...figures, failures: shown }, null, 2)}\n`)
  }
  const met = Object.entries(faults).map(([kind, times]) => `${kind} ${String(times)}`)
  console.log(
    `seeds: ${String(figures.seeds)} seeds before ${values.server}, ${String(figures.steps)} steps, ${String(figures.rows)} changes, faults ${met.join(', ')}; ${String(failures.length)} failed; go on by --from ${String(next)}`,
  )
  return failures.length === 0
}

try {
  process.exitCode = (await run()) ? 0 : 1
} catch (error) {
  console.error(`seeds could not run: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 2
}
