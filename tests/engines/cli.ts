/**
 * `node tests/engines/cli.ts --engine firefox|webkit [--no-build] [--counts FILE]`: the main paths in the built app, at
 * 390x844, in front of a demo server. Exits 1 if one does not work, 2 if the engine is missing.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { serve } from '../../demo/http/serve.ts'
import { buildApp } from '../../src/build/build-app.ts'
import { whyNoFirefox } from '../hostile/engines.ts'
import { openPage } from './driven-page.ts'
import { mainPaths } from './main-paths.ts'
import { whyNoWebKit } from './webkit.ts'

const { values } = parseArgs({
  options: {
    engine: { type: 'string' },
    'no-build': { type: 'boolean', default: false },
    counts: { type: 'string' },
  },
})
const engine = values.engine === 'webkit' ? 'webkit' : 'firefox'
const why = engine === 'webkit' ? whyNoWebKit() : whyNoFirefox()
if (why !== undefined) {
  console.log(why)
  process.exit(2)
}
if (!values['no-build']) await buildApp()
const site = await serve({ messages: 300 })
const page = await openPage(engine, { width: 390, height: 844, isDark: false })
let passed = 0
try {
  for (const path of mainPaths) {
    await path.run({ page, site })
    passed += 1
    console.log(`${engine}: ${path.name}`)
  }
} catch (error) {
  console.log(`${engine}: ${mainPaths[passed]?.name ?? ''}: ${error instanceof Error ? error.message : String(error)}`)
} finally {
  await page.close()
  await site.close()
}
const failed = mainPaths.length - passed
if (values.counts !== undefined) writeFileSync(values.counts, JSON.stringify({ passed, failed, skipped: 0 }))
console.log(`${engine}: ${String(passed)} of ${String(mainPaths.length)} main paths`)
process.exit(failed > 0 ? 1 : 0)
