/**
 * `npm run reliability -- --only R8,R23 --in-process --json FILE`: the checks R8 to R24 of reliability.md §0, each by name
 * with the figures that come out. One line a check; exits 1 when a figure is missed, 2 with a sentence if it could not
 * run. `--in-process` leaves out what only a browser shows.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { whyNoChromium } from '../support/chromium.ts'
import { isReached, sayCheck, type Check, type Figure } from './check.ts'
import { CHECKS } from './checks.ts'

const { values } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'string' }, 'in-process': { type: 'boolean', default: false } },
})

const wanted = values.only?.split(',')
const unknown = wanted?.filter((name) => !CHECKS.some((check) => check.name === name)) ?? []
if (unknown.length > 0) {
  console.error(`No check is called ${unknown.join(', ')}. There are ${CHECKS.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}

const noBrowser = values['in-process'] ? '--in-process' : whyNoChromium()
const told: { name: string; figures: readonly Figure[]; isOk: boolean; seconds: number }[] = []
for (const check of CHECKS.filter(({ name }) => wanted?.includes(name) ?? true)) {
  const start = performance.now()
  const figures = await take(check)
  if (figures.length === 0) continue
  const seconds = Math.round((performance.now() - start) / 100) / 10
  const isOk = figures.every(isReached)
  told.push({ name: check.name, figures, isOk, seconds })
  console.log(`${isOk ? 'ok    ' : 'MISSED'} ${sayCheck(check, figures)}, ${String(seconds)} s`)
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(told, null, 2)}\n`)
const missed = told.filter(({ isOk }) => !isOk).map(({ name }) => name)
console.log(
  `reliability: ${String(told.length - missed.length)} of ${String(told.length)} checks reached${missed.length > 0 ? `, missed ${missed.join(', ')}` : ''}${noBrowser ? `; without a browser: ${noBrowser}` : ''}`,
)
process.exit(missed.length > 0 ? 1 : 0)

async function take(check: Check): Promise<readonly Figure[]> {
  try {
    const own = await check.inProcess?.()
    return [...(own ?? []), ...(noBrowser ? [] : ((await check.inBrowser?.()) ?? []))]
  } catch (error) {
    const note = error instanceof Error ? (error.stack ?? error.message).slice(0, 500) : String(error)
    return [{ what: 'falls', value: 1, must: 0, note }]
  }
}
