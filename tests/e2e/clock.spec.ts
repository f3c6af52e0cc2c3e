/** R22: a device whose clock is wrong keeps the server's order, and learns from its host which day it is. */
import type { Page } from '@playwright/test'
import { deliver, expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'

const YEAR = 365 * 86_400_000

function idsShown(page: Page): Promise<(string | null)[]> {
  return rows(page).evaluateAll((items) => items.slice(0, 8).map((item) => item.getAttribute('data-email-id')))
}

for (const [what, wrong] of [
  ['ahead', YEAR],
  ['behind', -YEAR],
] as const)
  test(`R22: on a device a year ${what} the order is the server's, and today is today again`, async ({
    page,
    site,
  }) => {
    await page.clock.install({ time: Date.now() + wrong })
    await signInToDemo(page, site)
    await waitForReady(page)
    const today = page.locator('[data-view=messages]').getByText('Today', { exact: true })
    await expect(today).toHaveCount(0)
    const before = await idsShown(page)

    // What looks after the page comes 15 s after its start and asks its host; rows say their days anew each minute.
    await expect
      .poll(async () => {
        await page.clock.fastForward(61_000)
        return today.count()
      })
      .toBe(1)
    expect(await idsShown(page)).toEqual(before)

    deliver(site, 'Just now by the server')
    await expect(rows(page).first()).toContainText('Just now by the server')
    await rows(page).first().getByRole('link').click()
    await expect(page.locator('main article:not([aria-busy=true])').first()).toBeVisible()
  })
