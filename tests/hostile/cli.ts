/** `npm run test:hostile`: hostile mails through the built pipeline, counting what gets out. */
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildApp, builtDirectory } from '../../src/build/build-app.ts'
import { counters } from './counts.ts'
import type { Engine } from './engines.ts'
import { runHostile, type Route } from './run.ts'

const known: readonly string[] = ['chromium', 'firefox', 'webkit']

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      corpus: { type: 'string', default: join(import.meta.dirname, '../fixtures/hostile') },
      engines: { type: 'string', default: 'chromium' },
      routes: { type: 'string', default: 'pipeline,app' },
      app: { type: 'string' },
      json: { type: 'string' },
    },
  })
  const engines = values.engines.split(',')
  const unknown = engines.find((engine) => !known.includes(engine))
  if (unknown !== undefined) throw new Error(`--engines knows ${known.join(', ')}, and not "${unknown}".`)
  const routes = values.routes.split(',')
  if (routes.includes('app') && values.app === undefined) await buildApp()
  const report = await runHostile({
    corpus: resolve(values.corpus),
    engines: engines as Engine[],
    routes: routes as Route[],
    appDirectory: resolve(values.app ?? builtDirectory),
    log: (line) => console.log(line),
  })
  if (values.json !== undefined) await writeFile(values.json, JSON.stringify(report, null, 2) + '\n')
  for (const { file, engine, path, what } of report.failures.slice(0, 50))
    console.log(`${file} ${path} ${engine}: ${what}`)
  for (const line of report.incomplete) console.log(`incomplete: ${line}`)
  console.log(counters.map((name) => `${name} ${report.counts[name]}`).join(', '))
  if (counters.some((name) => report.counts[name] > 0)) return 1
  return report.incomplete.length > 0 ? 2 : 0
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  },
)
