/**
 * `node tests/engines/press-cli.ts --engine firefox|webkit [--no-build]`: links of letters are pointed at, pressed, dragged
 * and focused in the built app by real input, and nobody may be contacted before the reader has said so (ADR 0019). In
 * Chromium `tests/e2e/press.spec.ts` proves it. Exits 1 if it is not so, 2 if the engine is missing.
 */
import { parseArgs } from 'node:util'
import { serve } from '../../demo/http/serve.ts'
import { buildApp } from '../../src/build/build-app.ts'
import { whyNoFirefox } from '../hostile/engines.ts'
import { whyNoPorts } from '../hostile/start-engine.ts'
import { pressedLetters } from '../hostile/press-links.ts'
import { pressInEngine } from './press-links.ts'
import { whyNoWebKit } from './webkit.ts'

const { values } = parseArgs({
  options: { engine: { type: 'string' }, 'no-build': { type: 'boolean', default: false } },
})
const engine = values.engine === 'webkit' ? 'webkit' : 'firefox'
const why = engine === 'webkit' ? whyNoWebKit() : (whyNoFirefox() ?? whyNoPorts())
if (why !== undefined) {
  console.log(why)
  process.exit(2)
}
if (!values['no-build']) await buildApp()
const site = await serve({ messages: 0 })
for (const mail of pressedLetters) site.server.accountOf('mara@lindqvist.example').deliver(mail)
try {
  const made = await pressInEngine(engine, site.url)
  console.log(`${engine}: nobody was contacted by ${made.join(', ')}`)
} catch (error) {
  console.log(`${engine}: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
} finally {
  await site.close()
}
