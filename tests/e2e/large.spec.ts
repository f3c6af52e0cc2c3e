/** An Inbox of ten years, most of it not on this device: both ends, and a day years ago. That of 200,000 is in the bench. */
import { deliver, expect, goOffline, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Page } from '@playwright/test'

test.use({ timezoneId: 'UTC', demo: { messages: 21_000 } })

const focused = '[data-view=messages] [role=listitem]:focus-within'

/** By keyboard alone, from the list's button. */
async function goTo(page: Page, day: string): Promise<void> {
  await page.getByRole('button', { name: 'Filter and sort' }).focus()
  await page.keyboard.press('Enter')
  const menu = page.getByRole('menu', { name: 'Filter and sort' })
  await expect(menu.locator(':focus')).toBeVisible()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.getByLabel('The first mail on or before').fill(day)
  await page.keyboard.press('Enter')
}

/** Closed, and out of the page: the browser tells of the one before the other. */
async function dismiss(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(page.locator('dialog')).toHaveCount(0)
}

test('End, Page Up and Home lead to rows that are fetched, with the focus on them', async ({ page, site }) => {
  const total = site.server.accountOf('mara@lindqvist.example').mailboxByRole('inbox')?.totalThreads ?? 0
  expect(total).toBeGreaterThan(19_000)
  await signInToDemo(page, site)
  await rows(page).first().getByRole('link').focus()
  await page.keyboard.press('End')
  await expect(page.locator(`${focused}[aria-posinset="${String(total)}"]`)).toBeVisible()
  await page.keyboard.press('PageUp')
  await expect(page.locator(`${focused}:not([aria-posinset="${String(total)}"])`)).toBeVisible()
  await page.keyboard.press('Home')
  await expect(page.locator(`${focused}[aria-posinset="1"]`)).toBeVisible()
})

test('a date years ago leads to the first row of its day, which stays where it is while mail arrives above', async ({
  page,
  site,
}) => {
  await signInToDemo(page, site)
  const day = new Date(Date.now() - 2_000 * 86_400_000).toISOString().slice(0, 10)
  await goTo(page, day)
  await expect(page.locator(focused)).toBeVisible()
  await expect.poll(() => page.locator(`${focused} time`).getAttribute('datetime')).toMatch(new RegExp(`^${day}`))
  const position = Number(await page.locator(focused).getAttribute('aria-posinset'))
  expect(position).toBeGreaterThan(5_000)
  // It is the first one of its day: the row above is a later day's.
  const above = page.locator(`[data-view=messages] [role=listitem][aria-posinset="${String(position - 1)}"] time`)
  await expect.poll(() => above.getAttribute('datetime')).not.toMatch(new RegExp(`^${day}`))
  // Mail that arrives above does not move what is read.
  const row = page.locator(focused)
  const top = (await row.boundingBox())?.y
  deliver(site, 'Arrived far above')
  await expect(row).toHaveAttribute('aria-posinset', String(position + 1))
  expect((await row.boundingBox())?.y).toBe(top)
})

test('a stretch by Shift takes all rows between its ends, though most of them were never on this device', async ({
  page,
  site,
}) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await rows(page)
    .first()
    .getByRole('link')
    .click({ modifiers: ['ControlOrMeta'] })
  await page.locator('[data-view=messages]').evaluate((box) => box.parentElement?.scrollBy({ top: 90_000 }))
  await page.waitForTimeout(1_000)
  const end = rows(page).nth(8)
  const position = Number(await end.getAttribute('aria-posinset'))
  expect(position).toBeGreaterThan(1_000)
  await end.getByRole('link').click({ modifiers: ['Shift'] })
  await expect(page.getByRole('toolbar', { name: `${position.toLocaleString('en-GB')} selected` })).toBeVisible()
})

test('a day that is here needs no server; one that is not says so, offline and where nothing is that old', async ({
  page,
  site,
  context,
}) => {
  await signInToDemo(page, site)
  await goTo(page, '1990-01-01')
  await expect(page.getByText('There is no mail from that day or before it.')).toBeVisible()
  await dismiss(page)
  await expect(page.locator('html')).toHaveAttribute('data-sync', 'ready', { timeout: 30_000 })
  await goOffline(context, site)
  await expect(page.locator('html')).toHaveAttribute('data-sync', 'offline', { timeout: 30_000 })
  await goTo(page, new Date(Date.now() - 2_000 * 86_400_000).toISOString().slice(0, 10))
  await expect(page.getByText('Mail from that day is not on this device.')).toBeVisible()
  await dismiss(page)
  const near = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10)
  await goTo(page, near)
  await expect(page.locator('dialog')).toHaveCount(0)
  await expect.poll(() => page.locator(`${focused} time`).getAttribute('datetime')).toMatch(/^\d{4}/)
  const shown = await page.locator(`${focused} time`).getAttribute('datetime')
  expect(Date.parse(shown ?? '')).toBeLessThan(Date.parse(near) + 86_400_000)
})
