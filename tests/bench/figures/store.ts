/**
 * store.header: what `navigator.storage.estimate()` grows by for each header that is kept, over 20,000 of them.
 * store.body: what the kept bodies of 2,000 letters take, over the bytes of their text.
 */
import type { Page } from 'playwright'
import { serve, type DemoSite } from '../../../demo/http/serve.ts'
import { freshContext, waitForReady } from '../browser.ts'
import { BEHIND_PROXY, clickDemo, type BenchContext } from '../context.ts'
import { absolute, type Figure } from '../figure.ts'
import { countOf, keepEverything, whenKept } from '../kept.ts'
import { waitForKept } from '../large-site.ts'

const HEADERS = 20_000
const LETTERS = 2_000
/** LevelDB writes its log into tables after a while, and the estimate follows. */
const SETTLE_MS = 5_000

export async function storeFigures(bench: BenchContext, wanted: (name: string) => boolean): Promise<Figure[]> {
  return [
    ...(wanted('store.header') ? [await headerFigure(bench)] : []),
    ...(wanted('store.body') ? [await bodyFigure(bench)] : []),
  ]
}

async function headerFigure(bench: BenchContext): Promise<Figure> {
  return withPage(bench, HEADERS, async (page, site) => {
    const before = { bytes: await usage(page), count: await countOf(page, 'emails') }
    await keepEverything(page, site.url)
    const total = site.server.accountOf('mara@lindqvist.example').emails.size
    await whenKept(page, 'emails', total)
    await page.waitForTimeout(SETTLE_MS)
    const each = ((await usage(page)) - before.bytes) / (total - before.count)
    return absolute('store.header', 'B', [each], 900, `${String(total - before.count)} headers`)
  })
}

async function bodyFigure(bench: BenchContext): Promise<Figure> {
  return withPage(bench, LETTERS, async (page, site) => {
    await keepEverything(page, site.url)
    await whenKept(page, 'emails', site.server.accountOf('mara@lindqvist.example').emails.size)
    const before = { bytes: await usage(page), ...(await texts(page)) }
    await waitForKept(page)
    await page.waitForTimeout(SETTLE_MS)
    const after = { bytes: await usage(page), ...(await texts(page)) }
    const files = after.files - before.files
    const share = (after.bytes - before.bytes - files) / (after.text - before.text)
    return absolute('store.body', 'x', [share], 1.3, `${String(after.count - before.count)} letters, files not counted`)
  })
}

async function withPage(
  bench: BenchContext,
  messages: number,
  measure: (page: Page, site: DemoSite) => Promise<Figure>,
): Promise<Figure> {
  const site = await serve({ ...BEHIND_PROXY, messages })
  const context = await freshContext(bench.browser)
  try {
    const page = await context.newPage()
    await page.goto(site.url)
    await clickDemo(page)
    await waitForReady(page)
    return await measure(page, site)
  } finally {
    await context.close()
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

interface Texts {
  readonly count: number
  /** Bytes of UTF-8. */
  readonly text: number
  readonly files: number
}

function texts(page: Page): Promise<Texts> {
  return page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result)
        }
        request.onerror = () => {
          reject(new Error(String(request.error)))
        }
      })
    const names = (await indexedDB.databases()).map((one) => one.name ?? '')
    const db = await asked(indexedDB.open(names.find((one) => one.startsWith('postern/')) ?? ''))
    const tx = db.transaction(['bodies', 'fileUses'])
    const bodies = (await asked(tx.objectStore('bodies').getAll())) as {
      bodyValues: Record<string, { value: string }>
    }[]
    const uses = (await asked(tx.objectStore('fileUses').getAll())) as { bytes: number }[]
    db.close()
    const encoder = new TextEncoder()
    const values = bodies.flatMap(({ bodyValues }) => Object.values(bodyValues))
    return {
      count: bodies.length,
      text: values.reduce((sum, { value }) => sum + encoder.encode(value).length, 0),
      files: uses.reduce((sum, { bytes }) => sum + bytes, 0),
    }
  })
}
