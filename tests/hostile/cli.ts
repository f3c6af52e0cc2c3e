/** `npm run test:hostile`: hostile mails through the built app in real engines, counting what gets out. */
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildApp, builtDirectory } from '../../src/build/build-app.ts'
import { counters } from './counts.ts'
import type { Engine } from './engines.ts'
import type { HostileReport, Route } from './report.ts'
import { runHostile } from './run.ts'
import { linesOf } from './tables.ts'

const known: readonly string[] = ['chromium', 'firefox', 'webkit']

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      corpus: { type: 'string', default: join(import.meta.dirname, '../fixtures/hostile') },
      engines: { type: 'string', default: known.join(',') },
      routes: { type: 'string', default: 'pipeline,app' },
      // every path for every mail, not only for those that ask
      whole: { type: 'boolean', default: false },
      sample: { type: 'string' },
      only: { type: 'string' },
      app: { type: 'string' },
      'no-build': { type: 'boolean', default: false },
      json: { type: 'string' },
      counts: { type: 'string' },
    },
  })
  const engines = values.engines.split(',')
  const unknown = engines.find((engine) => !known.includes(engine))
  if (unknown !== undefined) throw new Error(`--engines knows ${known.join(', ')}, and not "${unknown}".`)
  const routes = values.routes.split(',')
  if (routes.includes('app') && values.app === undefined && !values['no-build']) await buildApp()
  const report = await runHostile({
    corpus: resolve(values.corpus),
    engines: engines as Engine[],
    routes: routes as Route[],
    appDirectory: resolve(values.app ?? builtDirectory),
    isWhole: values.whole,
    ...(values.sample === undefined ? {} : { sample: Number(values.sample) }),
    ...(values.only === undefined ? {} : { only: values.only }),
    log: (line) => console.log(line),
  })
  if (values.json !== undefined) await writeFile(values.json, JSON.stringify(report, null, 2) + '\n')
  for (const line of linesOf(report)) console.log(line)
  const isBad = counters.some((name) => report.counts[name] > 0)
  if (values.counts !== undefined) await writeFile(values.counts, JSON.stringify(countsOf(report)))
  if (isBad) return 1
  return report.incomplete.length > 0 ? 2 : 0
}

/** One passed or failed test for each mail and engine. */
function countsOf(report: HostileReport): { passed: number; failed: number; skipped: number } {
  const bad = new Set(report.failures.map(({ file, engine }) => `${file} ${engine}`)).size
  const failed = bad + report.incomplete.length
  return { passed: Math.max(0, report.mails * report.engines.length - bad), failed, skipped: 0 }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error)
    process.exit(2)
  },
)
