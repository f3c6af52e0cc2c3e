/**
 * Each layer of the pipeline by itself against the hostile mails, in Chromium: `node tests/hostile/layers/cli.ts
 * [--corpus DIR] [--category NAME[,NAME]] [--first] [--json FILE]`. Exits 1 when a layer let something through, 2 when it
 * could not run.
 */
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readCorpus } from '../corpus.ts'
import { LayerBench, layers, readLayerMail, type LayerFault } from './drive-layers.ts'

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      corpus: { type: 'string', default: join(import.meta.dirname, '../../fixtures/hostile') },
      category: { type: 'string' },
      first: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  })
  const corpus = resolve(values.corpus)
  const categories = values.category?.split(',')
  const mails = (await readCorpus(corpus)).filter(({ category }) => categories?.includes(category) ?? true)
  if (mails.length === 0) throw new Error(`no mail of ${values.category ?? 'any category'}`)
  const bench = await LayerBench.open()
  if (bench === undefined) throw new Error('no Chromium here; set CHROMIUM to its path')
  const faults: LayerFault[] = []
  const started = performance.now()
  try {
    for (const through of [layers.slice(0, -1), layers.slice(-1)]) {
      for (const mail of mails) {
        if (values.first && faults.length > 0) break
        faults.push(...(await bench.drive(await readLayerMail(corpus, mail), through)))
      }
    }
  } finally {
    await bench.close()
  }
  if (values.json !== undefined) await writeFile(values.json, JSON.stringify({ mails: mails.length, faults }, null, 2))
  for (const { layer, file, what } of faults.slice(0, 50)) console.log(`${layer} ${file}: ${what}`)
  console.log(`${mails.length} mails, ${faults.length} faults, ${Math.round((performance.now() - started) / 1000)} s`)
  return faults.length === 0 ? 0 : 1
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error)
    process.exit(2)
  },
)
