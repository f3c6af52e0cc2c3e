/**
 * `node tests/soak/cli.ts [--minutes N] [--rate N] [--no-build] [--json FILE] [--graph FILE.svg]`: the built app in
 * Chromium while others change the mailbox all the time, and the reader walks through it (R27). At the end the list must be
 * the server's, the heaps must not have grown, the database must be no larger than its mail, and one event stream be open.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { chromium, type Page } from 'playwright'
import { serve, type DemoSite } from '../../demo/http/serve.ts'
import { seededRandom } from '../../demo/server/seeded-random.ts'
import { buildApp } from '../../src/build/build-app.ts'
import { CHROMIUM_ARGS, findChromium } from '../support/chromium.ts'
import { heapsOf } from '../support/heaps.ts'
import { keptRows } from '../support/kept-database.ts'
import { graph, type Sample } from './graph.ts'
import { Storm } from './storm.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    rate: { type: 'string', default: '10' },
    'no-build': { type: 'boolean', default: false },
    json: { type: 'string' },
    graph: { type: 'string' },
    counts: { type: 'string' },
  },
})

/** R27: what a day may add, after a collection. */
const MAY_GROW = 50e6
const SAMPLES = 60

const executablePath = findChromium()
if (!executablePath) {
  console.error('The soak could not run: no Chromium here; set CHROMIUM to its path.')
  process.exit(2)
}
if (!values['no-build']) await buildApp()
const site = await serve({ messages: 2000 })
const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS })
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await begin(page)
  const samples = await soak(page)
  const faults = [...errors, ...judge(samples), ...(await differences(page)), ...(await leftovers(page))]
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify({ samples, faults }, null, 2))
  if (values.graph !== undefined) writeFileSync(values.graph, graph(samples))
  for (const fault of faults) console.log(`FAILED  ${fault}`)
  console.log(summary(samples))
  if (values.counts !== undefined) {
    const failed = faults.length > 0 ? 1 : 0
    writeFileSync(values.counts, JSON.stringify({ passed: 1 - failed, failed, skipped: 0 }))
  }
  process.exitCode = faults.length > 0 ? 1 : 0
} finally {
  await browser.close()
  await site.close()
}

async function begin(page: Page): Promise<void> {
  await page.goto(site.url)
  await page.getByRole('button', { name: 'Try the demo' }).click()
  await page.locator('[data-view=messages] [role=listitem]:not([aria-busy=true])').first().waitFor()
  await ready(page)
}

async function ready(page: Page): Promise<void> {
  await page.locator('html[data-sync=ready]').waitFor({ timeout: 120_000 })
}

/** Changes at the rate that was asked for; meanwhile conversations are opened, one after the other. */
async function soak(page: Page): Promise<Sample[]> {
  const storm = new Storm(accountOf(site), seededRandom(27))
  const heaps = await heapsOf(page)
  const seconds = Number(values.minutes) * 60
  const started = performance.now()
  const elapsed = (): number => (performance.now() - started) / 1000
  const raging = setInterval(
    () => {
      storm.act()
    },
    1000 / Number(values.rate),
  )
  const samples: Sample[] = []
  try {
    for (let next = 0; elapsed() < seconds; next += seconds / SAMPLES) {
      while (elapsed() < next) await walk(page)
      const storage = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0)
      samples.push({ seconds: elapsed(), ...(await heaps()), storage, streams: site.server.streams.size })
    }
  } finally {
    clearInterval(raging)
  }
  return samples
}

async function walk(page: Page): Promise<void> {
  await page.keyboard.press(Math.random() < 0.7 ? 'j' : 'k')
  await page.waitForTimeout(250)
}

function judge(samples: readonly Sample[]): string[] {
  const [early, late] = [samples.slice(SAMPLES / 10, SAMPLES / 5), samples.slice(-SAMPLES / 10)]
  const mean = (of: readonly Sample[], name: 'page' | 'workers'): number =>
    of.reduce((sum, sample) => sum + sample[name], 0) / Math.max(1, of.length)
  const faults: string[] = []
  for (const name of ['page', 'workers'] as const) {
    const grown = mean(late, name) - mean(early, name)
    if (grown > MAY_GROW) faults.push(`the heap of the ${name} has grown by ${mega(grown)}`)
  }
  const streams = samples.at(-1)?.streams ?? 0
  if (streams !== 1) faults.push(`${String(streams)} event streams are open, must be 1`)
  return faults
}

/** Once all is quiet: the list and its counts are the server's. */
async function differences(page: Page): Promise<string[]> {
  const account = accountOf(site)
  const inbox = account.mailboxByRole('inbox')
  const threads = new Set([...(inbox?.emails ?? [])].map((email) => email.thread.id)).size
  const total = page.locator('[data-view=messages] [role=listitem]').first()
  const deadline = performance.now() + 60_000
  let shown: string | null = null
  while (performance.now() < deadline) {
    await ready(page)
    shown = await total.getAttribute('aria-setsize')
    if (shown === String(threads)) return []
    await page.waitForTimeout(500)
  }
  return [`the list says ${String(shown)} conversations, the server has ${String(threads)}`]
}

/** Rows of mail that is gone: the mailbox has kept its size, so must the database. */
async function leftovers(page: Page): Promise<string[]> {
  const { emails, bodies } = await keptRows(page)
  const most = accountOf(site).emails.size
  return Object.entries({ emails, bodies })
    .filter(([, count]) => count > most)
    .map(([store, count]) => `${String(count)} rows in ${store}, the server has ${String(most)} messages`)
}

function accountOf(demo: DemoSite): ReturnType<DemoSite['server']['accountOf']> {
  return demo.server.accountOf('mara@lindqvist.example')
}

function summary(samples: readonly Sample[]): string {
  const [first, last] = [samples[SAMPLES / 10] ?? samples[0], samples.at(-1)]
  if (!first || !last) return 'nothing was measured'
  const change = (name: 'page' | 'workers' | 'storage'): string => `${name} ${mega(first[name])} to ${mega(last[name])}`
  return `${values.minutes} min at ${values.rate} changes/s: ${change('page')}, ${change('workers')}, ${change('storage')}`
}

function mega(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
