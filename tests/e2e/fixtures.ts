/**
 * What every browser test stands on: the built app in front of a demo server of its own, and a page on which any breach
 * of the content policy, any request to a foreign origin and any uncaught error fails the test.
 */
import { test as base, expect, type BrowserContext, type Locator, type Page } from '@playwright/test'
import { serve, type DemoOptions, type DemoSite } from '../../demo/http/serve.ts'
import { oneLineLetter } from '../support/one-line-letter.ts'
import { expectNone, watchBreaches } from './breaches.ts'

interface Fixtures {
  /** Options of the demo server; set with `test.use({ demo: {…} })`. */
  readonly demo: DemoOptions
  readonly site: DemoSite
  /** What went wrong on any page of the context; empty at the end or the test fails. */
  readonly breaches: string[]
}

export const test = base.extend<Fixtures>({
  demo: [{ messages: 300 }, { option: true }],
  site: async ({ demo }, use) => {
    const site = await serve(demo)
    await use(site)
    await site.close()
  },
  breaches: [
    async ({ context, site }, use) => {
      const breaches = await watchBreaches(context, site.url)
      await use(breaches)
      expectNone(breaches)
    },
    { auto: true },
  ],
})

export { expect }

/** Signs in on the demo account with one click and waits for rows. */
export async function signInToDemo(page: Page, site: DemoSite): Promise<void> {
  await page.goto(site.url)
  await page.getByRole('button', { name: 'Try the demo' }).click()
  await expect(rows(page).first()).toBeVisible()
  // Playwright hears of a new address by itself, on a busy machine after the rows: tests go on from where the page is.
  await expect(page).not.toHaveURL(site.url)
}

/** Rows of the open list whose Email is here. */
export function rows(page: Page): ReturnType<Page['locator']> {
  return page.locator('[data-view=messages] [role=listitem]:not([aria-busy=true])')
}

/** Ticks rows one after the other: the bar that comes with the first of them moves what is below. */
export async function tick(page: Page, ...chosen: readonly Locator[]): Promise<void> {
  for (const [at, row] of chosen.entries()) {
    await row.getByRole('checkbox').setChecked(true, { force: true })
    await expect(page.getByRole('toolbar', { name: `${String(at + 1)} selected` })).toBeVisible()
  }
}

/** Waits until no pull, re-ask or body prefetch is pending. */
export async function waitForReady(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-sync', 'ready', { timeout: 30_000 })
}

/**
 * The network goes, until what is returned is called. Chromium says so to the page; requests of workers do not always
 * meet it, and one that the sync worker makes after some seconds to look would bring the page back: the server lets
 * nothing through either. It goes only once what acts without it is here, which comes soon after the reader first stirs.
 */
export async function goOffline(context: BrowserContext, site: DemoSite): Promise<() => Promise<void>> {
  for (const page of context.pages()) {
    await page.keyboard.press('Shift')
    await Promise.all(['act-parts', 'pending-overlay', 'tree-overlay', 'all-done'].map((part) => arrival(page, part)))
  }
  const mend = site.server.faults.add({ match: {}, do: { kind: 'dropBefore' } })
  await context.setOffline(true)
  return async () => {
    mend()
    await context.setOffline(false)
  }
}

/** A part is here once what it stands on is, too: importing it again waits for all of that. */
async function arrival(page: Page, part: string): Promise<void> {
  const url = await page.waitForFunction((start) => {
    const all = performance.getEntriesByType('resource').map(({ name }) => name)
    return all.find((name) => name.includes(start))
  }, `/${part}-`)
  await page.evaluate(`import(${JSON.stringify(await url.jsonValue())}).then(() => undefined)`)
}

/** A new mail comes in by SMTP, with one line of text. */
export function deliver(site: DemoSite, subject: string): void {
  const raw = oneLineLetter({
    subject,
    messageId: `${String(Date.now())}${String(Math.random()).slice(2)}@remote.example`,
  })
  site.server.accountOf('mara@lindqvist.example').deliver(raw)
}

/** Chooses from the menu of the last open letter. */
export async function chooseOfLetter(page: Page, item: string): Promise<void> {
  await page
    .getByRole('button', { name: /^More for the message from/ })
    .last()
    .click()
  await page.getByRole('menuitem', { name: item }).click()
}
