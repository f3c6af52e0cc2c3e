/** What the figures share: a browser, the number of runs, the floors recorded on this machine. */
import type { Browser, Page } from 'playwright'
import type { DemoOptions } from '../../demo/http/serve.ts'
import type { Exchange } from './slow-proxy.ts'

export interface BenchContext {
  readonly browser: Browser
  readonly runs: number
  readonly recordedFloors: Readonly<Record<string, number>>
  /** Floors seen in this run, to be recorded with `--record-floors`. */
  readonly seenFloors: Record<string, number>
  readonly say: (text: string) => void
}

/** The demo server names its own origin; the page reaches it through the proxy's. */
export const BEHIND_PROXY: DemoOptions = { like: 'stalwart', config: { rewriteToOrigin: true } }

export const TRIP_MS = 40
export const THROTTLE = 4

/** Signs in on the demo account and answers the page's clock at the click. */
export async function clickDemo(page: Page): Promise<number> {
  const button = page.getByRole('button', { name: 'Try the demo' })
  await button.waitFor()
  await page.evaluate(() => {
    addEventListener('click', (event) => performance.mark('bench:click', { startTime: event.timeStamp }), {
      capture: true,
      once: true,
    })
  })
  await button.click()
  return page.evaluate(() => performance.getEntriesByName('bench:click').at(-1)?.startTime ?? Number.NaN)
}

/** Epoch milliseconds on this process's clock of a moment on the page's clock: both run on one machine. */
export async function onOurClock(page: Page, pageTime: number): Promise<number> {
  const origin = await page.evaluate(() => performance.timeOrigin)
  return origin + pageTime - performance.timeOrigin
}

export const isScript = (exchange: Exchange): boolean => /javascript/.test(exchange.contentType)
