/** rows.warm: from navigation to inbox rows out of the replica, beside 50 rows from a bare IndexedDB cursor. */
import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { serve } from '../../../demo/http/serve.ts'
import { freshContext, markAfter, throttle, waitForReady } from '../browser.ts'
import { BEHIND_PROXY, clickDemo, THROTTLE, TRIP_MS, type BenchContext } from '../context.ts'
import { median, ratio, type Figure } from '../figure.ts'
import { slowProxy } from '../slow-proxy.ts'

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' }

/** The yardstick pages, unchanged. */
export async function serveFloor(name: 'warm' | 'ask', port = 0): Promise<{ url: string; close: () => void }> {
  const root = join(import.meta.dirname, '../floor', name)
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://floor').pathname)
    const file = join(root, path.endsWith('/') ? 'index.html' : path)
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream')
    createReadStream(file)
      .on('error', () => response.writeHead(404).end())
      .pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

const ROWS = 2000

export async function warmFigures(bench: BenchContext): Promise<Figure[]> {
  const floor = await serveFloor('warm')
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
    // In turn, so that whatever else the machine does falls on both alike.
    for (let run = 0; run < bench.runs; run++) {
      floors.push(await timeNavigation(page, slowFloor.url, 'floor:rows'))
      values.push(await timeNavigation(app, address, 'postern:rows'))
    }
    bench.seenFloors['rows.warm'] = median(floors)
    return [ratio('rows.warm', values, floors, 2.0, bench.recordedFloors['rows.warm'])]
  } finally {
    await context.close()
    await slowSite.close()
    await slowFloor.close()
    await site.close()
    floor.close()
  }
}

async function timeNavigation(
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
