/** rows.warm: from navigation to inbox rows out of the replica, beside 50 rows from a bare IndexedDB cursor. */
import { serve } from '../../../demo/http/serve.ts'
import { freshContext, markAfter, throttle, waitForReady } from '../browser.ts'
import { BEHIND_PROXY, clickDemo, THROTTLE, TRIP_MS, type BenchContext } from '../context.ts'
import { floorSite } from '../floor-site.ts'
import { median, ratio, type Figure } from '../figure.ts'
import { slowProxy } from '../slow-proxy.ts'
import { workerCpu } from '../worker-cpu.ts'

const ROWS = 2000

export async function warmFigures(bench: BenchContext): Promise<Figure[]> {
  const floor = await floorSite('warm')
  const site = await serve({ ...BEHIND_PROXY, messages: ROWS })
  const slowFloor = await slowProxy(floor.url, TRIP_MS)
  const slowSite = await slowProxy(site.url, TRIP_MS)
  const context = await freshContext(bench.browser)
  try {
    const page = await context.newPage()
    await page.goto(`${slowFloor.url}?seed=${String(ROWS)}`)
    await page.waitForFunction(() => document.title === 'seeded')
    const app = await context.newPage()
    await app.goto(slowSite.url)
    await clickDemo(app)
    await waitForReady(app, 3000)
    const address = app.url()
    const floors: number[] = []
    const values: number[] = []
    let workerMs: number | undefined = 0
    // In turn, so that whatever else the machine does falls on both alike.
    for (let run = 0; run < bench.runs; run++) {
      floors.push(await timeNavigation(page, slowFloor.url, 'floor:rows'))
      values.push(await timeNavigation(app, address, 'postern:rows'))
      // A navigation ends the worker of the one before, and its count with it.
      const ms = await workerCpu(bench.browser)
      workerMs = ms === undefined || workerMs === undefined ? undefined : workerMs + ms / bench.runs
    }
    bench.seenFloors['rows.warm'] = median(floors)
    const note =
      workerMs === undefined
        ? 'worker time not known on this system'
        : `worker ${String(Math.round(workerMs))} ms of processor in each start and the 1.5 s after it`
    return [ratio('rows.warm', values, floors, 2.0, bench.recordedFloors['rows.warm'], note)]
  } finally {
    await context.close()
    await slowSite.close()
    await slowFloor.close()
    await site.close()
    floor.close()
  }
}

export async function timeNavigation(
  page: Awaited<ReturnType<Awaited<ReturnType<typeof freshContext>>['newPage']>>,
  url: string,
  mark: string,
): Promise<number> {
  await page.goto('about:blank')
  const stop = await throttle(page, THROTTLE)
  await page.goto(url, { waitUntil: 'commit' })
  const time = await markAfter(page, mark, 0)
  await stop()
  // The engine's work of this start must not fall into the next run.
  await page.waitForTimeout(1500)
  return time
}
