/** open.cached, open.cached.slow, mailbox.cached: key press to paint, nothing asked of the network. */
import type { Page } from 'playwright'
import { serve } from '../../../demo/http/serve.ts'
import { freshContext, lastKey, markAfter, now, throttle, waitForReady } from '../browser.ts'
import { BEHIND_PROXY, clickDemo, THROTTLE, TRIP_MS, type BenchContext } from '../context.ts'
import { absolute, absoluteP95, type Figure } from '../figure.ts'
import { slowProxy } from '../slow-proxy.ts'
import { besideWorkers } from '../worker-cpu.ts'

const OPENS = 200

export async function openFigures(bench: BenchContext, wanted: (name: string) => boolean): Promise<Figure[]> {
  const site = await serve(BEHIND_PROXY)
  const proxy = await slowProxy(site.url, TRIP_MS)
  const context = await freshContext(bench.browser)
  try {
    const page = await context.newPage()
    await page.goto(proxy.url)
    await clickDemo(page)
    await waitForReady(page, 3000)
    const figures: Figure[] = []
    const perRun = Math.ceil(OPENS / bench.runs)
    if (wanted('open.cached')) figures.push(absoluteP95('open.cached', await openRuns(page, bench.runs, perRun), 60))
    if (wanted('open.cached.slow')) {
      const stop = await throttle(page, THROTTLE)
      const count = perRun * bench.runs
      const { value, note } = await besideWorkers(bench.browser, count, () => openRuns(page, bench.runs, perRun))
      figures.push(absoluteP95('open.cached.slow', value, 100, note))
      await stop()
    }
    if (wanted('mailbox.cached')) {
      const stop = await throttle(page, THROTTLE)
      const count = 2 * (bench.runs + 1)
      const { value, note } = await besideWorkers(bench.browser, count, () => switchRuns(page, bench.runs))
      figures.push(absolute('mailbox.cached', 'ms', value, 50, note))
      await stop()
    }
    return figures
  } finally {
    await context.close()
    await proxy.close()
    await site.close()
  }
}

/** With the focus in the conversation, J opens the next one: its letters were fetched while the one before was read. */
export async function openRuns(page: Page, runs: number, perRun: number): Promise<number[][]> {
  const samples: number[][] = []
  for (let run = 0; run < runs; run++) {
    await startAtTop(page)
    const times: number[] = []
    for (let i = 0; i < perRun; i++) {
      await waitForReady(page)
      const before = await now(page)
      await page.keyboard.press('j')
      const painted = await markAfter(page, 'postern:body', before)
      times.push(painted - (await lastKey(page)))
      await page.waitForTimeout(120)
    }
    samples.push(times)
  }
  return samples
}

async function startAtTop(page: Page): Promise<void> {
  const list = page.locator('[data-view=messages]')
  await list.evaluate((element) => element.parentElement?.scrollTo(0, 0))
  const before = await now(page)
  await page.locator('[data-view=messages] [role=listitem][aria-posinset="1"] a').click()
  await markAfter(page, 'postern:body', before)
}

/** From the Inbox to Archive and back, by the keys G A and G I; the last key counts. */
export async function switchRuns(page: Page, runs: number): Promise<number[]> {
  const times: number[] = []
  await page.keyboard.press('Escape')
  for (let run = 0; run < runs + 1; run++) {
    for (const key of ['a', 'i']) {
      await page.waitForTimeout(400)
      await waitForReady(page)
      const before = await now(page)
      await page.keyboard.press('g')
      await page.keyboard.press(key)
      const painted = await markAfter(page, 'postern:mailbox', before)
      // The first round fetches; the others are the cached switches that are measured.
      if (run > 0) times.push(painted - (await lastKey(page)))
    }
  }
  return times
}
