/** `npm run test:malformed`: opens every mail of `../shared/corpus/malformed` in the built app. */
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildApp } from '../../src/build/build-app.ts'
import { malformedCorpus } from './corpus.ts'
import { mostMs, openEveryLetter } from './run.ts'

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      corpus: { type: 'string', default: malformedCorpus },
      'no-build': { type: 'boolean', default: false },
      counts: { type: 'string' },
      json: { type: 'string' },
    },
  })
  if (!values['no-build']) await buildApp()
  const report = await openEveryLetter(resolve(values.corpus))
  if (values.json !== undefined) await writeFile(values.json, JSON.stringify(report, null, 2) + '\n')
  for (const { file, what } of report.failures.slice(0, 100)) console.log(`${file}: ${what}`)
  const isSlow = report.p95 >= mostMs
  const bad = new Set(report.failures.map(({ file }) => file)).size
  if (values.counts !== undefined) {
    const counts = { passed: Math.max(0, report.mails - bad), failed: bad + (isSlow ? 1 : 0), skipped: 0 }
    await writeFile(values.counts, JSON.stringify(counts))
  }
  const shows = Object.entries(report.shows).map(([what, files]) => `${files.length} ${what}`)
  console.log(`${report.shown} of ${report.mails} mails opened: ${shows.join(', ')}; ${bad} with faults.`)
  console.log(`p95 of opening ${report.p95} ms, must be under ${mostMs}; slowest ${report.slowest} ms`)
  return bad > 0 || isSlow ? 1 : 0
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  },
)
