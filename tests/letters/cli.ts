/**
 * `npm run bench:letters -- --engines chromium,firefox,webkit [--only newsletters|large|NAME…] [--json FILE] [--pictures DIR] [--no-build]`:
 * newsletters and large letters in the built app, engine by engine. Exits 1 when a figure misses its bar, 2 when it could
 * not run at all.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildApp } from '../../src/build/build-app.ts'
import { encodePng } from '../../src/build/png.ts'
import type { Figure } from '../bench/figure.ts'
import { whyNoWebKit } from '../engines/webkit.ts'
import { whyNoFirefox, type Engine } from '../hostile/engines.ts'
import { whyNoChromium } from '../support/chromium.ts'
import type { Pixels } from './png-pixels.ts'
import type { Fidelity } from './fidelity.ts'
import { letterFigures } from './figures.ts'

const { values } = parseArgs({
  options: {
    engines: { type: 'string', default: 'chromium,firefox,webkit' },
    only: { type: 'string', multiple: true, default: [] },
    json: { type: 'string' },
    pictures: { type: 'string' },
    'no-build': { type: 'boolean', default: false },
  },
})
const whyNot: Readonly<Record<Engine, () => string | undefined>> = {
  chromium: whyNoChromium,
  firefox: whyNoFirefox,
  webkit: whyNoWebKit,
}

try {
  process.exitCode = (await measure(values.engines.split(',').map(toEngine))) ? 0 : 1
} catch (error) {
  console.error(`The figures could not be taken: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 2
}

async function measure(engines: readonly Engine[]): Promise<boolean> {
  if (!values['no-build']) await buildApp()
  const taken: Record<string, readonly Figure[]> = {}
  for (const engine of engines) {
    const wanted = (name: string): boolean =>
      values.only.length === 0 || values.only.some((one) => name === one || name.startsWith(`${one}.`))
    const figures = await letterFigures(engine, wanted, (letters) => letters.forEach((letter) => tell(engine, letter)))
    for (const { name, ok, value, unit, must, p95, n, note } of figures) {
      const more = `p95 ${String(p95)}, n ${String(n)}${note ? `; ${note}` : ''}`
      console.log(
        `${ok ? 'ok  ' : 'MISS'} ${engine} ${name}: ${String(value)} ${unit}, at most ${String(must)}; ${more}`,
      )
    }
    taken[engine] = figures
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(taken, null, 2)}\n`)
  return Object.values(taken).every((figures) => figures.every(({ ok }) => ok))
}

function toEngine(name: string): Engine {
  if (!Object.hasOwn(whyNot, name)) throw new Error(`there is no engine ${name}`)
  const why = whyNot[name as Engine]()
  if (why !== undefined) throw new Error(why)
  return name as Engine
}

function tell(engine: Engine, { name, differs, boxesOutside, wordsLost, width, height, pictures }: Fidelity): void {
  const share = `${(differs * 100).toFixed(2)} % of ${String(width)}x${String(height)} differ`
  console.log(`${engine} ${name}: ${share}, ${String(boxesOutside)} outside, ${String(wordsLost.length)} words lost`)
  if (values.pictures === undefined) return
  mkdirSync(values.pictures, { recursive: true })
  for (const which of ['ours', 'raw'] as const) {
    writeFileSync(join(values.pictures, `${engine}-${name}-${which}.png`), toPng(pictures[which]))
  }
}

function toPng({ width, height, rgb }: Pixels): Buffer {
  const rgba = new Uint8Array(width * height * 4).fill(255)
  for (let pixel = 0; pixel < width * height; pixel++) rgba.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4)
  return encodePng(width, height, rgba)
}
