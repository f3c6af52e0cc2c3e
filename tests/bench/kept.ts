/** What a page has kept on the device, looked at in its database. */
import type { Page } from 'playwright'

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
export function whenKept(page: Page, store: 'emails' | 'bodies', count: number): Promise<number> {
  return page.evaluate(
    async ([name, wanted, patience]) => {
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
      const deadline = performance.now() + patience
      for (;;) {
        const kept = await asked(db.transaction(name).objectStore(name).count())
        if (kept >= wanted) break
        if (performance.now() > deadline) throw new Error(`only ${String(kept)} of ${String(wanted)} ${name} are kept`)
        await new Promise((resolve) => setTimeout(resolve, 250))
      }
      db.close()
      return performance.now()
    },
    [store, count, PATIENCE_MS] as const,
  )
}

/** How many rows a store holds now. */
export function countOf(page: Page, store: 'emails' | 'bodies'): Promise<number> {
  return page.evaluate(async (name) => {
    const names = (await indexedDB.databases()).map((one) => one.name ?? '')
    return new Promise<number>((resolve, reject) => {
      const opening = indexedDB.open(names.find((one) => one.startsWith('postern/')) ?? '')
      opening.onerror = () => {
        reject(new Error(String(opening.error)))
      }
      opening.onsuccess = () => {
        const request = opening.result.transaction(name).objectStore(name).count()
        request.onsuccess = () => {
          resolve(request.result)
          opening.result.close()
        }
      }
    })
  }, store)
}
