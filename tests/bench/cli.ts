/**
 * `npm run bench -- --json FILE [--only NAME…]`: the table of the issue, measured in Chromium on the built app beside
 * the yardstick pages in the same run. Exits 1 when a figure misses its bar, 2 when it could not run at all.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildApp } from '../../src/build/build-app.ts'
import { launch } from './browser.ts'
import type { BenchContext } from './context.ts'
import type { Figure } from './figure.ts'
import { ACT_FIGURES, actFigures } from './figures/act.ts'
import { ACT_CYRUS_FIGURES, actCyrusFigures } from './figures/act-cyrus.ts'
import { ACT_MANY_FIGURES, actManyFigures } from './figures/act-many.ts'
import { BACK_FIGURES, backFigures } from './figures/back.ts'
import { bundleFigures } from './figures/bundle.ts'
import { firstFigures } from './figures/first.ts'
import { firstLargeFigures } from './figures/first-large.ts'
import { FLAT_FIGURES, flatFigures } from './figures/flat.ts'
import { GIANT_FIGURES, giantFigures } from './figures/giants.ts'
import { IMAGE_FIGURES, imageFigures } from './figures/image.ts'
import { LARGE_FIGURES, largeFigures } from './figures/large.ts'
import { OPEN_LETTER_FIGURES, openLetterFigures } from './figures/letters.ts'
import { LIGHTHOUSE_FIGURES, lighthouseFigures } from './figures/lighthouse.ts'
import { offlineFigures } from './figures/offline.ts'
import { openFigures } from './figures/open.ts'
import { storeFigures } from './figures/store.ts'
import { warmFigures } from './figures/warm.ts'
import { weakFigures } from './figures/weak.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    only: { type: 'string', multiple: true },
    runs: { type: 'string', default: '5' },
    'no-build': { type: 'boolean' },
    'record-floors': { type: 'boolean' },
    verbose: { type: 'boolean' },
  },
})

const floorsFile = join(import.meta.dirname, 'recorded-floors.json')
const only = [...(values.only ?? []), ...positionals]
const wanted = (name: string): boolean => only.length === 0 || only.includes(name)
const groups: readonly { names: readonly string[]; run: (bench: BenchContext) => Promise<Figure[]> }[] = [
  { names: ['js.rows', 'js.ready', 'trips.first', 'delta.requests', 'delta.bytes'], run: bundleFigures },
  { names: ['rows.first'], run: firstFigures },
  { names: ['first.large', 'sync.all'], run: (bench) => firstLargeFigures(bench, wanted) },
  { names: ['rows.warm'], run: warmFigures },
  { names: ['weak.cold', 'weak.shell'], run: weakFigures },
  { names: BACK_FIGURES, run: (bench) => backFigures(bench, wanted) },
  { names: ['open.cached', 'open.cached.slow', 'mailbox.cached'], run: (bench) => openFigures(bench, wanted) },
  { names: FLAT_FIGURES, run: (bench) => flatFigures(bench, wanted) },
  { names: LARGE_FIGURES, run: (bench) => largeFigures(bench, wanted) },
  { names: ACT_FIGURES, run: (bench) => actFigures(bench, wanted) },
  { names: ACT_MANY_FIGURES, run: actManyFigures },
  { names: ACT_CYRUS_FIGURES, run: (bench) => actCyrusFigures(bench, wanted) },
  { names: GIANT_FIGURES, run: (bench) => giantFigures(bench, wanted) },
  { names: ['offline.cold'], run: offlineFigures },
  { names: ['store.header', 'store.body'], run: (bench) => storeFigures(bench, wanted) },
  { names: OPEN_LETTER_FIGURES, run: (bench) => openLetterFigures(bench, wanted) },
  { names: IMAGE_FIGURES, run: imageFigures },
  { names: LIGHTHOUSE_FIGURES, run: lighthouseFigures },
]

try {
  const known = groups.flatMap(({ names }) => names)
  const unknown = only.filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new Error(`no figure is called ${unknown.join(', ')}; there are ${known.join(', ')}`)
  if (!values['no-build']) await buildApp()
  process.exitCode = (await measure()) ? 0 : 1
} catch (error) {
  console.error(`The bench could not run: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 2
}

async function measure(): Promise<boolean> {
  const browser = await launch()
  const version = browser.version()
  const recordedFloors = existsSync(floorsFile)
    ? (JSON.parse(readFileSync(floorsFile, 'utf8')) as Record<string, number>)
    : {}
  const bench: BenchContext = {
    browser,
    runs: Number(values.runs),
    recordedFloors,
    seenFloors: {},
    say: (text) => {
      if (values.verbose) console.log(text)
    },
  }
  const figures: Figure[] = []
  try {
    for (const { names, run } of groups) {
      if (!names.some(wanted)) continue
      for (const figure of (await run(bench)).filter(({ name }) => wanted(name))) {
        figures.push(figure)
        print(figure)
      }
    }
  } finally {
    await browser.close()
  }
  const machine = `${cpus()[0]?.model ?? 'unknown'}, ${String(cpus().length)} cores, ${String(Math.round(totalmem() / 2 ** 30))} GiB, Node ${process.version}, Chromium ${version}`
  if (values['record-floors'])
    writeFileSync(floorsFile, `${JSON.stringify({ ...recordedFloors, ...bench.seenFloors }, null, 2)}\n`)
  if (values.json) writeFileSync(values.json, JSON.stringify({ machine, commit: commit(), figures }, null, 2))
  return figures.every(({ ok }) => ok)
}

function print(figure: Figure): void {
  const over = figure.floor === null ? '' : ` (floor ${String(figure.floor)} ms)`
  console.log(
    `${figure.ok ? 'ok  ' : 'MISS'} ${figure.name}: ${String(figure.value)} ${figure.unit}, must be at most ${String(figure.must)}${over}; median ${String(figure.median)}, p95 ${String(figure.p95)}, n ${String(figure.n)}${figure.note ? `; ${figure.note}` : ''}`,
  )
}

function commit(): string {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
}
