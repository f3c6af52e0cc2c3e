/** Keeps all of an account on the device, and waits for it. */
import type { Page } from 'playwright'
import { keptRows } from '../support/kept-database.ts'

const PATIENCE_MS = 600_000

/** Chooses "Everything" on the page about storage, and goes back to the list. */
export async function keepEverything(page: Page, url: string): Promise<void> {
  await page.goto(new URL('settings', url).href)
  await page.getByRole('link', { name: 'Offline and storage' }).click()
  await page.getByRole('radio', { name: 'Everything' }).check()
  // By the app: a page that is left at once takes its worker with it, before the choice is heard.
  await page.keyboard.press('Escape')
  await page.locator('[data-view=messages] [role=listitem]:not([aria-busy=true])').first().waitFor()
}

/** The page's clock when so many rows are in a store, looked at four times a second. */
export async function whenKept(page: Page, store: 'emails' | 'bodies', count: number): Promise<number> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const { [store]: kept, now } = await keptRows(page)
    if (kept >= count) return now
    if (performance.now() > deadline) throw new Error(`only ${String(kept)} of ${String(count)} ${store} are kept`)
    await page.waitForTimeout(250)
  }
}
