/**
 * weak.cold and weak.shell: from the address to the first rows of somebody who is signed in, over a line of 400 ms and
 * 40 kB/s that resets connections and stalls. No mail is on the device: the rows come over the line, too. `cold` has
 * nothing of the app either, `shell` has what the service worker keeps.
 */
import type { Page } from 'playwright'
import { serve } from '../../../demo/http/serve.ts'
import { faultProxy, GOOD_LINE, WEAK_LINE, type FaultProxy } from '../../support/fault-proxy.ts'
import { freshContext, markAfter, waitForReady } from '../browser.ts'
import { BEHIND_PROXY, clickDemo, type BenchContext } from '../context.ts'
import { absolute, type Figure } from '../figure.ts'

const PATIENCE_MS = 60_000

export async function weakFigures(bench: BenchContext): Promise<Figure[]> {
  const cold: number[] = []
  const shell: number[] = []
  for (let run = 0; run < bench.runs; run++) {
    const site = await serve({ ...BEHIND_PROXY, messages: 2000 })
    // Each run meets other faults, each time the same.
    const proxy = await faultProxy(site.url, GOOD_LINE, run + 1)
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
  proxy.line = GOOD_LINE
  const context = await freshContext(browser)
  try {
    const page = await context.newPage()
    await page.goto(proxy.url)
    await clickDemo(page)
    await waitForReady(page)
    if (hasShell) await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    // A file of the same origin, where nothing of the app runs.
    await page.goto(`${proxy.url}robots.txt`)
    await forget(page, hasShell)
    await page.goto('about:blank')
    proxy.line = WEAK_LINE
    await page.goto(proxy.url, { waitUntil: 'commit', timeout: PATIENCE_MS })
    return Math.round(await markAfter(page, 'postern:rows', 0, PATIENCE_MS))
  } finally {
    await context.close()
  }
}

/** The mail, and without the shell all that a browser has of the app; the sign-in stays. */
async function forget(page: Page, keepsShell: boolean): Promise<void> {
  await page.evaluate(async (keeps) => {
    for (const { name } of await indexedDB.databases())
      if (name?.startsWith('postern/'))
        await new Promise((resolve, reject) => {
          const request = indexedDB.deleteDatabase(name)
          request.onsuccess = resolve
          request.onerror = () => reject(new Error('the mail could not be deleted'))
        })
    if (keeps) return
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister()
    for (const name of await caches.keys()) await caches.delete(name)
  }, keepsShell)
  const session = await page.context().newCDPSession(page)
  if (!keepsShell) await session.send('Network.clearBrowserCache')
  await session.detach()
}
