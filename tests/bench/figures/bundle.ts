/** js.rows, js.ready, trips.first, delta.*: counted, not timed, from what passes the proxy. */
import type { Browser } from 'playwright'
import { serve } from '../../../demo/http/serve.ts'
import { freshContext, markAfter, waitForReady } from '../browser.ts'
import { BEHIND_PROXY, clickDemo, isScript, onOurClock, TRIP_MS, type BenchContext } from '../context.ts'
import { absolute, type Figure } from '../figure.ts'
import { deliver, postsSince, pullsOf } from '../new-mail.ts'
import { slowProxy, type Exchange } from '../slow-proxy.ts'

const kB = (log: readonly Exchange[]): number => log.reduce((sum, { received }) => sum + received, 0) / 1000

export async function bundleFigures({ browser, say }: BenchContext): Promise<Figure[]> {
  const site = await serve(BEHIND_PROXY)
  const proxy = await slowProxy(site.url, TRIP_MS)
  const context = await freshContext(browser)
  try {
    const page = await context.newPage()
    await page.goto(proxy.url)
    await clickDemo(page)
    const rowsAt = await onOurClock(page, await markAfter(page, 'postern:rows', 0))
    await waitForReady(page, 5000)
    const scripts = proxy.log.filter(isScript)
    const early = scripts.filter(({ start }) => start <= rowsAt)
    say(`scripts until rows: ${early.map(({ path, received }) => `${path} ${String(received)}`).join(', ')}`)
    return [
      absolute('js.rows', 'kB', [kB(early)], 60),
      absolute('js.ready', 'kB', [kB(scripts)], 110),
      await tripsFigure(browser),
      ...(await deltaFigures(page, proxy.log, () => site.server)),
    ]
  } finally {
    await context.close()
    await proxy.close()
    await site.close()
  }
}

/** Long enough that no amount of work in between passes for a trip. */
const LONG_TRIP_MS = 1500

/**
 * How many round trips the rows wait for, after the password was accepted: counted by making a trip so long that the
 * time to the rows is a number of trips. Requests that run beside, and that no row needs, do not count.
 */
async function tripsFigure(browser: Browser): Promise<Figure> {
  const site = await serve(BEHIND_PROXY)
  const proxy = await slowProxy(site.url, LONG_TRIP_MS)
  const context = await freshContext(browser)
  try {
    const page = await context.newPage()
    await page.goto(proxy.url)
    await clickDemo(page)
    const rowsAt = await onOurClock(page, await markAfter(page, 'postern:rows', 0, 30_000))
    const accepted = proxy.log.find(({ path }) => path.startsWith('/api/auth'))?.end ?? Number.NaN
    return absolute('trips.first', 'round trips', [Math.floor((rowsAt - accepted) / LONG_TRIP_MS)], 3)
  } finally {
    await context.close()
    await proxy.close()
    await site.close()
  }
}

/** One new mail: the pull is one request; the re-ask after 2 s and the body prefetch are counted apart. */
async function deltaFigures(
  page: Awaited<ReturnType<Awaited<ReturnType<typeof freshContext>>['newPage']>>,
  log: readonly Exchange[],
  server: () => Awaited<ReturnType<typeof serve>>['server'],
): Promise<Figure[]> {
  const since = performance.now()
  const subject = `Delta ${String(Date.now())}`
  deliver(server(), subject)
  await page.getByText(subject).first().waitFor({ timeout: 15_000 })
  await waitForReady(page, 5000)
  const posts = postsSince(log, since)
  const pulls = pullsOf(log, since)
  const bytes = pulls.reduce((sum, { sent, received }) => sum + sent + received, 0)
  const others = posts.length - pulls.length
  return [
    absolute('delta.requests', 'requests', [pulls.length], 1, `${String(others)} more for the re-ask and the body`),
    absolute('delta.bytes', 'kB', [bytes / 1000], 8),
  ]
}
