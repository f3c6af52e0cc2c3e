/** Memory that belongs to the pages of a browser alone, from Linux' own account of each process. */
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright'

/** Megabytes of all renderers, letters' frames among them, after a collection; undefined where nobody keeps count. */
export async function privateMemory(browser: Browser, page: Page): Promise<number | undefined> {
  await collect(page)
  // What was let go is given back to the system a little later.
  await page.waitForTimeout(5_000)
  await collect(page)
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const renderers = processInfo.filter(({ type }) => type === 'renderer')
  const known = await Promise.all(renderers.map(({ id }) => privateOf(id)))
  const sizes = known.filter((size) => size !== undefined)
  return sizes.length === 0 ? undefined : sizes.reduce((sum, size) => sum + size, 0) / 1e6
}

async function collect(page: Page): Promise<void> {
  for (const target of [page, ...page.frames().slice(1)]) {
    try {
      const session = await page.context().newCDPSession(target)
      // Twice: what the first one finalises is let go by the second.
      await session.send('HeapProfiler.collectGarbage')
      await session.send('HeapProfiler.collectGarbage')
      await session.detach()
    } catch {
      // A frame in the page's own process has no session of its own: it is collected with the page.
    }
  }
}

async function privateOf(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${String(pid)}/smaps_rollup`, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const kilobytes = [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB/gm)].map(([, size]) => Number(size))
  return kilobytes.reduce((sum, size) => sum + size, 0) * 1024
}
