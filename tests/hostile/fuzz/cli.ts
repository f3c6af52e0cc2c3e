/**
 * `npm run fuzz -- [--minutes N | --seconds N] [--seed N] [--counts FILE]`: markup made by chance through the pipeline, in
 * Chromium. Whatever comes: no layer throws, each hands on what is in its lists alone, no script runs, nothing is asked
 * for. A failure is made as small as can be and told with the seed that brings it back.
 */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { LayerBench } from '../layers/drive-layers.ts'
import { wildHtml } from './wild-html.ts'

/** What a batch shares are the looks into the browser. */
const perBatch = 24

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '60' },
      seconds: { type: 'string' },
      seed: { type: 'string' },
      counts: { type: 'string' },
    },
  })
  const seconds = values.seconds === undefined ? Number(values.minutes) * 60 : Number(values.seconds)
  const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
  if (!Number.isFinite(seconds) || !Number.isInteger(seed))
    throw new Error('--minutes, --seconds and --seed are numbers.')
  const bench = await LayerBench.open()
  if (bench === undefined) throw new Error('no Chromium here; set CHROMIUM to its path')
  let fragments = 0
  try {
    const outcome = await fc.check(
      fc.asyncProperty(fc.array(wildHtml, { minLength: 1, maxLength: perBatch }), async (batch) => {
        fragments += batch.length
        const faults = await bench.driveBatch(batch)
        if (faults.length > 0) throw new Error(faults.slice(0, 10).join('\n'))
      }),
      { seed, numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000, endOnFailure: false },
    )
    if (outcome.failed && outcome.counterexample !== null) {
      console.log(`seed ${seed}, path ${outcome.counterexamplePath}:`)
      for (const html of outcome.counterexample[0]) console.log(JSON.stringify(html))
      console.log(String(outcome.errorInstance))
    }
    const failed = outcome.failed ? 1 : 0
    if (values.counts !== undefined) {
      await writeFile(values.counts, JSON.stringify({ passed: 1 - failed, failed, skipped: 0 }))
    }
    console.log(`fuzz: ${fragments} fragments in ${outcome.numRuns} letters, seed ${seed}, ${failed} failed`)
    return failed
  } finally {
    await bench.close()
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error)
    process.exit(2)
  },
)
