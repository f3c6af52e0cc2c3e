/** Each setting takes effect as it is chosen, in this tab and in the next one, and is still there after a reload. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { BrowserContext, Page } from '@playwright/test'

async function openSettings(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeFocused()
}

async function choose(page: Page, group: string, choice: string): Promise<void> {
  await page.getByRole('radiogroup', { name: group }).getByRole('radio', { name: choice }).check()
}

/** Another tab, on the mail of this one. */
async function secondTab(context: BrowserContext, page: Page): Promise<Page> {
  const second = await context.newPage()
  await second.goto(page.url())
  await expect(rows(second).first()).toBeVisible()
  return second
}

const background = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--surface-0').trim())
const rowHeight = async (page: Page): Promise<number> =>
  (await rows(page).nth(3).locator('.row').boundingBox())?.height ?? 0

test.beforeEach(async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
})

test('theme: the page, the bars of the browser and open letters change, in both tabs', async ({ context, page }) => {
  const second = await secondTab(context, page)
  await second.locator('[role=listitem]', { hasText: 'Grandma' }).first().getByRole('link').click()
  const letter = second.frameLocator('main article iframe').locator('body').last()
  const ink = (): Promise<string> => letter.evaluate((body) => getComputedStyle(body).color)
  await expect(letter).toBeVisible()
  const [light, lightInk] = [await background(second), await ink()]
  await openSettings(page, 'Appearance')
  await choose(page, 'Theme', 'Dark')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  for (const tab of [page, second]) await expect.poll(() => background(tab)).not.toBe(light)
  await expect.poll(ink).not.toBe(lightInk)
  const bars = (tab: Page): Promise<(string | null)[]> =>
    tab.locator('meta[name=theme-color]').evaluateAll((all) => all.map((meta) => meta.getAttribute('content')))
  const surface = await page.evaluate(() =>
    getComputedStyle(document.documentElement).getPropertyValue('--surface-1').trim(),
  )
  for (const tab of [page, second]) await expect.poll(() => bars(tab)).toEqual([surface, surface])
  await page.reload()
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked()
  expect(await background(page)).not.toBe(light)
})

test('density: rows of two lines in both tabs, the list where it was, also after a reload', async ({
  context,
  page,
}) => {
  const second = await secondTab(context, page)
  expect(await rowHeight(second)).toBeGreaterThan(70)
  await openSettings(page, 'Appearance')
  await choose(page, 'Density', 'Compact')
  await expect.poll(() => rowHeight(second)).toBeLessThan(56)
  await page.keyboard.press('Escape')
  await expect(rows(page).first()).toBeVisible()
  await expect.poll(() => rowHeight(page)).toBeLessThan(56)
  await page.reload()
  await expect(rows(page).first()).toBeVisible()
  await expect.poll(() => rowHeight(page)).toBeLessThan(56)
})

test('reading pane: below the list, then in its place with rows of one line', async ({ context, page }) => {
  const second = await secondTab(context, page)
  await openSettings(page, 'Appearance')
  await choose(page, 'Reading pane', 'Below it')
  const boxOf = async (pane: string): Promise<{ x: number; y: number; height: number }> =>
    (await second.locator(`[data-pane=${pane}]`).boundingBox()) ?? { x: 0, y: 0, height: 0 }
  await expect.poll(async () => (await boxOf('reader')).y).toBeGreaterThan(170)
  expect((await boxOf('reader')).x).toBe((await boxOf('list')).x)
  await choose(page, 'Reading pane', 'In its place')
  await expect(second.locator('[data-pane=reader]')).toHaveCount(0)
  await expect.poll(() => rowHeight(second)).toBe(38)
  await rows(second).first().getByRole('link').focus()
  await second.keyboard.press('Enter')
  await expect(second.locator('main h1')).toBeFocused()
  await expect(second.locator('[data-pane=list]')).toHaveCount(0)
  await second.keyboard.press('Escape')
  await expect(rows(second).first().getByRole('link')).toBeFocused()
  await page.keyboard.press('Escape')
  // A page that is loaded anew while it goes back stays where it was.
  await expect(rows(page).first()).toBeVisible()
  await page.reload()
  await expect.poll(() => rowHeight(page)).toBe(38)
})

test('letters as keys: off, no letter acts, in either tab; the keys that are none still do', async ({
  context,
  page,
}) => {
  const second = await secondTab(context, page)
  const link = (tab: Page, nth: number): ReturnType<Page['locator']> => rows(tab).nth(nth).getByRole('link')
  await openSettings(page, 'Shortcuts')
  await page.getByRole('switch', { name: 'Letters as keys' }).click()
  await expect(page.getByRole('switch', { name: 'Letters as keys' })).not.toBeChecked()
  await page.keyboard.press('Escape')
  for (const tab of [page, second]) {
    await link(tab, 0).focus()
    for (const key of ['j', 'Shift+I', 'x', 'g', 't', '[']) await tab.keyboard.press(key)
    await expect(link(tab, 0)).toBeFocused()
    await expect(tab.getByRole('navigation', { name: 'Mailboxes' })).toBeVisible()
    await tab.keyboard.press('ArrowDown')
    await expect(link(tab, 1)).toBeFocused()
  }
  await page.reload()
  await link(page, 0).focus()
  await page.keyboard.press('j')
  await expect(link(page, 0)).toBeFocused()
  await openSettings(page, 'Shortcuts')
  await page.getByRole('switch', { name: 'Letters as keys' }).click()
  await page.keyboard.press('Escape')
  await link(page, 0).focus()
  await page.keyboard.press('j')
  await expect(link(page, 1)).toBeFocused()
})

test('read delay: never leaves a letter unread, at once marks it, even the one in view', async ({ context, page }) => {
  const second = await secondTab(context, page)
  await openSettings(page, 'Reading')
  await choose(page, 'Mark as read', 'Never')
  const unread = second.locator('[data-view=messages] [role=listitem][data-unread]').first()
  const id = await unread.getAttribute('data-thread-id')
  await unread.getByRole('link').click()
  await expect(second.locator('main article:not([aria-busy=true])').first()).toBeVisible()
  await second.waitForTimeout(1500)
  const row = second.locator(`[role=listitem][data-thread-id="${id ?? ''}"]`)
  await expect(row).toHaveAttribute('data-unread', '')
  await choose(page, 'Mark as read', 'At once')
  await expect(row).not.toHaveAttribute('data-unread', '')
  await page.reload()
  await expect(page.getByRole('radio', { name: 'At once' })).toBeChecked()
})

test('signing out leaves no choice of the account behind, and keeps those of the device', async ({ page }) => {
  await openSettings(page, 'Reading')
  await choose(page, 'Mark as read', 'Never')
  await page.getByRole('link', { name: 'Appearance' }).click()
  await choose(page, 'Theme', 'Dark')
  const keys = (): Promise<string[]> =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('postern:settings')))
  expect(await keys()).toHaveLength(2)
  // Else it is asked about first.
  await expect(page.locator('html')).toHaveAttribute('data-outbox', '0')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /Mara Lindqvist/ }).click()
  await page.getByRole('button', { name: /^Sign out/ }).click()
  await expect(page.locator('input[autocomplete=username]')).toBeVisible()
  expect(await keys()).toEqual(['postern:settings'])
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('settings open from the account menu, leave by Esc to where the reader was, and answer a cold link', async ({
  page,
  site,
}) => {
  await page.locator('[role=listitem]', { hasText: 'Grandma' }).first().getByRole('link').click()
  await expect(page.locator('main article').first()).toBeVisible()
  const before = page.url()
  await page.getByRole('button', { name: /Mara Lindqvist/ }).click()
  await page.getByRole('button', { name: 'Settings' }).first().click()
  await page.getByRole('link', { name: 'About and licences' }).click()
  await expect(page).toHaveTitle('About and licences - Settings - lindqvist.example')
  const svelte = page.locator('details', { hasText: /^\s*svelte/ })
  await svelte.locator('summary').click()
  await expect(svelte.getByText('Permission is hereby granted')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(before)
  await expect(page.locator('main article').first()).toBeVisible()
  await page.goto(`${site.url}settings/about`)
  await expect(page.getByRole('heading', { level: 1, name: 'About and licences' })).toBeFocused()
  await page.getByRole('button', { name: 'Back to the mail' }).click()
  await expect(rows(page).first()).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })
  test('a list of pages, then the page, each a level that goes back', async ({ page }) => {
    await page.getByRole('button', { name: 'Mailboxes' }).click()
    await page.getByRole('button', { name: 'Settings' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeFocused()
    await page.getByRole('link', { name: 'Appearance' }).click()
    await choose(page, 'Density', 'Compact')
    await page.goBack()
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    await page.getByRole('button', { name: 'Back to the mail' }).click()
    await expect.poll(() => rowHeight(page)).toBe(60)
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })
})
