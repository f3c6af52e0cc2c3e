/**
 * weak.cold and weak.shell: first rows over a line of 400 ms and 40 kB/s that resets connections and stalls. Both count
 * all that a person waits for: from the address to the sign-in form, and from the press on it to the rows; no mail is on
 * the device. `cold` has nothing of the app either, `shell` has what the service worker keeps.
 */
import type { Page } from 'playwright'
import { serve } from '../../../demo/http/serve.ts'
import { faultProxy, GOOD_LINE, WEAK_LINE, type FaultProxy } from '../../support/fault-proxy.ts'
import { freshContext, markAfter } from '../browser.ts'
import { BEHIND_PROXY, clickDemo, type BenchContext } from '../context.ts'
import { absolute, type Figure } from '../figure.ts'

const PATIENCE_MS = 60_000

export async function weakFigures(bench: BenchContext): Promise<Figure[]> {
  const cold: number[] = []
  const shell: number[] = []
  for (let run = 0; run < bench.runs; run++) {
    const site = await serve({ ...BEHIND_PROXY, messages: 2000 })
    // Each run meets other faults, each time the same.
    const proxy = await faultProxy(site.url, WEAK_LINE, run + 1)
    try {
      cold.push(await timeStart(bench, proxy, false))
      shell.push(await timeStart(bench, proxy, true))
      bench.say(
        `weak, run ${String(run + 1)}: ${String(cold.at(-1))} ms cold, ${String(shell.at(-1))} ms with the shell`,
      )
    } finally {
      await proxy.close()
      await site.close()
    }
  }
  return [absolute('weak.cold', 'ms', cold, 9000), absolute('weak.shell', 'ms', shell, 3000)]
}

async function timeStart({ browser }: BenchContext, proxy: FaultProxy, hasShell: boolean): Promise<number> {
  const context = await freshContext(browser)
  try {
    const page = await context.newPage()
    if (hasShell) {
      proxy.line = GOOD_LINE
      await page.goto(proxy.url)
      await keepShell(page)
      await page.goto('about:blank')
    }
    proxy.line = WEAK_LINE
    // A connection that is reset while the page loads is what a reader meets by loading again.
    const before = performance.now()
    await page.goto(proxy.url, { waitUntil: 'commit', timeout: PATIENCE_MS })
    const usable = await markAfter(page, 'postern:usable', 0, PATIENCE_MS)
    const toUsable = performance.now() - before
    const click = await clickDemo(page)
    const rows = await markAfter(page, 'postern:rows', click, PATIENCE_MS)
    return Math.round(Math.max(toUsable, usable) + rows - click)
  } finally {
    await context.close()
  }
}

/** Until the worker keeps the shell and has the page in its charge. */
async function keepShell(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (!navigator.serviceWorker.controller)
      await new Promise((resolve) => {
        navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true })
      })
  })
}
