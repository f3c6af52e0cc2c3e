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
/** LevelDB writes its log into tables after a while, and the estimate follows. */
const SETTLE_MS = 5_000

export async function storeFigures(_bench: BenchContext, wanted: (name: string) => boolean): Promise<Figure[]> {
  return [
    ...(wanted('store.header') ? [await headerFigure()] : []),
    ...(wanted('store.body') ? [await bodyFigure()] : []),
  ]
}

async function headerFigure(): Promise<Figure> {
  return withPage(HEADERS, async (page, site) => {
    const before = { bytes: await usage(page), count: (await keptRows(page)).emails }
    await keepEverything(page, site.url)
    const total = site.server.accountOf('mara@lindqvist.example').emails.size
    await whenKept(page, 'emails', total)
    await page.waitForTimeout(SETTLE_MS)
    const each = ((await usage(page)) - before.bytes) / (total - before.count)
    return absolute('store.header', 'B', [each], 900, `${String(total - before.count)} headers`)
  })
}

async function bodyFigure(): Promise<Figure> {
  return withPage(LETTERS, async (page, site) => {
    await keepEverything(page, site.url)
    await whenKept(page, 'emails', site.server.accountOf('mara@lindqvist.example').emails.size)
    const before = { bytes: await usage(page), ...(await keptRows(page, true)) }
    await waitForKept(page)
    await page.waitForTimeout(SETTLE_MS)
    const after = { bytes: await usage(page), ...(await keptRows(page, true)) }
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

async function withPage(messages: number, measure: (page: Page, site: DemoSite) => Promise<Figure>): Promise<Figure> {
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

async function usage(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { usageDetails, usage: all = 0 } = (await navigator.storage.estimate()) as StorageEstimate & {
      usageDetails?: { indexedDB?: number }
    }
    return usageDetails?.indexedDB ?? all
  })
}
