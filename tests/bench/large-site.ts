/** The demo server with ten years of mail, 200,000 conversations in its Inbox, and a page that has it open. */
import type { Page } from 'playwright'
import { serve, type DemoSite } from '../../demo/http/serve.ts'
import { freshContext, waitForReady } from './browser.ts'
import { BEHIND_PROXY, clickDemo, TRIP_MS, type BenchContext } from './context.ts'
import { slowProxy, type Exchange } from './slow-proxy.ts'

/** Messages of the account: what is not in its Inbox comes on top of the 200,000. */
export const LARGE = 201_800

export interface OpenSite {
  readonly page: Page
  readonly log: Exchange[]
  readonly server: DemoSite['server']
  readonly close: () => Promise<void>
}

/** Signed in, older mail kept as far as it is by default, and nothing left to do. */
export async function openSite(bench: BenchContext, messages = LARGE): Promise<OpenSite> {
  const site = await serve({ ...BEHIND_PROXY, messages })
  const proxy = await slowProxy(site.url, TRIP_MS)
  const context = await freshContext(bench.browser)
  const close = async (): Promise<void> => {
    await context.close()
    await proxy.close()
    await site.close()
  }
  try {
    const page = await context.newPage()
    await page.goto(proxy.url)
    await clickDemo(page)
    await waitForKept(page)
    return { page, log: proxy.log, server: site.server, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Whatever is kept of older mail is here. */
export async function waitForKept(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset['backfill'] === '100', undefined, {
    timeout: 300_000,
  })
  await waitForReady(page, 3000)
}
