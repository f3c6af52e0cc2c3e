/**
 * Others' payload lists through the pipeline, in Chromium: `node tests/hostile/fuzz/payloads-cli.ts [--counts FILE]`. A
 * list that is not here is said so; where none is, that counts as skipped.
 */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { LayerBench, layers } from '../layers/drive-layers.ts'
import { payloadLists, readPayloads, whyNoPayloads } from './payloads.ts'

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { counts: { type: 'string' } } })
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const bench = await LayerBench.open()
  if (bench === undefined) throw new Error('no Chromium here; set CHROMIUM to its path')
  try {
    for (const list of payloadLists) {
      const missing = whyNoPayloads(list)
      if (missing !== undefined) {
        console.log(`${list}: not run, ${missing}`)
        continue
      }
      const payloads = readPayloads(list)
      const failed = new Set<string>()
      for (const through of [layers.slice(0, -1), layers.slice(-1)]) {
        for (const { title, html } of payloads) {
          const faults = await bench.drive({ file: title, html, text: html, files: [] }, through)
          if (faults.length > 0) failed.add(html)
          for (const { layer, what } of faults) console.log(`${title}: ${layer}: ${what}`)
        }
      }
      counts.failed += failed.size
      counts.passed += payloads.length - failed.size
      console.log(`${list}: ${payloads.length} payloads, ${failed.size} failed`)
    }
  } finally {
    await bench.close()
  }
  if (counts.passed + counts.failed === 0) counts.skipped = 1
  if (values.counts !== undefined) await writeFile(values.counts, JSON.stringify(counts))
  return counts.failed > 0 ? 1 : 0
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error)
    process.exit(2)
  },
)
