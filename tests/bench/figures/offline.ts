/** offline.cold: a cold start with neither server nor network, 100,000 messages kept, the processor throttled. */
import { serve } from '../../../demo/http/serve.ts'
import { freshContext, waitForReady } from '../browser.ts'
import { BEHIND_PROXY, clickDemo, THROTTLE, type BenchContext } from '../context.ts'
import { absolute, type Figure } from '../figure.ts'
import { keepEverything, whenKept } from '../kept.ts'
import { timeNavigation } from './warm.ts'

const KEPT = 100_000

export async function offlineFigures(bench: BenchContext): Promise<Figure[]> {
  const site = await serve({ ...BEHIND_PROXY, messages: KEPT })
  const context = await freshContext(bench.browser)
  try {
    const page = await context.newPage()
    await page.goto(site.url)
    await clickDemo(page)
    await waitForReady(page)
    const address = page.url()
    await keepEverything(page, site.url)
    // A share of the mail is in other accounts of the demo.
    await whenKept(page, 'emails', site.server.accountOf('mara@lindqvist.example').emails.size)
    // So that a start finds the whole shell.
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await page.close()
    await context.setOffline(true)
    const values: number[] = []
    for (let run = 0; run < bench.runs; run++) {
      // A page of its own each time: nothing of the one before is warm but the disk.
      const cold = await context.newPage()
      values.push(await timeNavigation(cold, address, 'postern:rows'))
      await cold.close()
    }
    return [absolute('offline.cold', 'ms', values, 1500, `processor ${String(THROTTLE)}x slower`)]
  } finally {
    await context.close()
    await site.close()
  }
}
