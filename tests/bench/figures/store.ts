/**
 * store.header: what `navigator.storage.estimate()` grows by for each header that is kept, over 20,000 of them.
 * store.body: what the kept bodies of 2,000 letters take, over the bytes of their text.
 */
import type { Page } from 'playwright'
import { serve, type DemoSite } from '../../../demo/http/serve.ts'
import { keptRows } from '../../support/kept-database.ts'
import { contextOnDisk, waitForReady } from '../browser.ts'
import { BEHIND_PROXY, clickDemo, type BenchContext } from '../context.ts'
import { absolute, type Figure } from '../figure.ts'
import { keepEverything, whenKept } from '../kept.ts'
import { waitForKept } from '../large-site.ts'

const HEADERS = 20_000
const LETTERS = 2_000
/**
 * LevelDB writes its log into tables after a while, and has both until then: twice the room, in the estimate too. So the
 * least of what it says in this time counts, with whatever letters came meanwhile.
 */
const SETTLE_MS = 15_000
const LOOK_MS = 500
const RUNS = 3

export async function storeFigures({ runs }: BenchContext, wanted: (name: string) => boolean): Promise<Figure[]> {
  return [
    ...(wanted('store.header') ? [await headerFigure(Math.min(RUNS, runs))] : []),
    ...(wanted('store.body') ? [await bodyFigure()] : []),
  ]
}

async function headerFigure(runs: number): Promise<Figure> {
  const values: number[] = []
  for (let run = 0; run < runs; run++) values.push(await withPage(HEADERS, bytesOfHeader))
  return absolute('store.header', 'B', values, 900, `of ${String(HEADERS)}`)
}

async function bytesOfHeader(page: Page, site: DemoSite): Promise<number> {
  const before = { bytes: await usage(page), count: (await keptRows(page)).emails }
  await keepEverything(page, site.url)
  const total = site.server.accountOf('mara@lindqvist.example').emails.size
  await whenKept(page, 'emails', total)
  return ((await settledUsage(page)) - before.bytes) / (total - before.count)
}

async function bodyFigure(): Promise<Figure> {
  return withPage(LETTERS, async (page, site) => {
    await keepEverything(page, site.url)
    await whenKept(page, 'emails', site.server.accountOf('mara@lindqvist.example').emails.size)
    const before = { bytes: await usage(page), ...(await keptRows(page, true)) }
    await waitForKept(page)
    const after = { bytes: await settledUsage(page), ...(await keptRows(page, true)) }
    const files = after.files - before.files
    const share = (after.bytes - before.bytes - files) / (after.text - before.text)
    return absolute(
      'store.body',
      'x',
      [share],
      1.3,
      `${String(after.bodies - before.bodies)} letters, files not counted`,
    )
  })
}

async function withPage<T>(messages: number, measure: (page: Page, site: DemoSite) => Promise<T>): Promise<T> {
  const site = await serve({ ...BEHIND_PROXY, messages })
  const { context, remove } = await contextOnDisk()
  try {
    const page = await context.newPage()
    await page.goto(site.url)
    await clickDemo(page)
    await waitForReady(page)
    return await measure(page, site)
  } finally {
    await remove()
    await site.close()
  }
}

async function settledUsage(page: Page): Promise<number> {
  let least = Infinity
  for (let ms = 0; ms < SETTLE_MS; ms += LOOK_MS) {
    least = Math.min(least, await usage(page))
    await page.waitForTimeout(LOOK_MS)
  }
  return least
}

async function usage(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { usageDetails, usage: all = 0 } = (await navigator.storage.estimate()) as StorageEstimate & {
      usageDetails?: { indexedDB?: number }
    }
    return usageDetails?.indexedDB ?? all
  })
}
