/** Design §5a: letters as keys, opening, F6, the page's title, landmarks, the tree's items, the viewport. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'

const link = (page: Page, n: number): Locator => rows(page).nth(n).getByRole('link')
const heading = (page: Page): Locator => page.getByRole('heading', { level: 1 })
/** Of the reader's own account: shared ones have a tree each. */
const inbox = (page: Page): Locator =>
  page.getByRole('tree', { name: 'Mailboxes' }).getByRole('treeitem', { name: /^Inbox, \d+ unread$/ })
const scrollTop = (page: Page): Promise<number> =>
  page.locator('[data-view=messages]').evaluate((box) => box.parentElement?.scrollTop ?? -1)

test.describe('Letters as keys', () => {
  test('Letters as keys rest with Ctrl, Alt and Meta, while composing and in the tree', async ({ page, site }) => {
    await signInToDemo(page, site)
    await waitForReady(page)
    await link(page, 0).focus()
    for (const key of ['Alt+j', 'Meta+j']) await page.keyboard.press(key)
    await expect(link(page, 0)).toBeFocused()
    const isUsed = await link(page, 0).evaluate((node) =>
      [{ ctrlKey: true }, { isComposing: true }].some(
        (init) =>
          !node.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true, cancelable: true, ...init })),
      ),
    )
    expect(isUsed).toBe(false)
    await expect(link(page, 0)).toBeFocused()
    // Type-ahead wins in the tree: J would be the next conversation, and leads to Junk.
    await inbox(page).focus()
    await page.keyboard.press('j')
    await expect(page.getByRole('treeitem', { name: /^Junk/ })).toBeFocused()
  })
})

test.describe('Opening', () => {
  test('Opening: J and K leave the focus in the list until it is in the conversation', async ({ page, site }) => {
    await signInToDemo(page, site)
    await waitForReady(page)
    await link(page, 1).click()
    await expect(heading(page)).toBeFocused()
    await expect(heading(page)).not.toHaveText('Loading the conversation')
    const opened = await heading(page).textContent()
    await link(page, 1).focus()
    await page.keyboard.press('j')
    await expect(link(page, 2)).toBeFocused()
    await expect(heading(page)).toHaveText(opened ?? '')
    await heading(page).focus()
    await page.keyboard.press('j')
    await expect(heading(page)).not.toHaveText(opened ?? '')
    await expect(heading(page)).toBeFocused()
  })

  test('Opening: Enter and a click focus the heading; back is the same row at the same scroll', async ({
    page,
    site,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await signInToDemo(page, site)
    await waitForReady(page)
    await page.locator('[data-view=messages]').evaluate((box) => box.parentElement?.scrollTo(0, 900))
    await page.waitForTimeout(200)
    const posinset = await page.evaluate(() => {
      const rows = [...document.querySelectorAll('[data-view=messages] [role=listitem]')]
      const shown = rows.find((row) => row.getBoundingClientRect().top > 200)
      shown?.querySelector('a')?.focus({ preventScroll: true })
      return shown?.getAttribute('aria-posinset')
    })
    const top = await scrollTop(page)
    await page.keyboard.press('Enter')
    await expect(heading(page)).toBeFocused()
    await expect(page.locator('[data-view=messages]')).toHaveCount(0)
    await page.keyboard.press('Escape')
    await expect(page.locator(`[role=listitem][aria-posinset="${String(posinset)}"] a`)).toBeFocused()
    expect(Math.abs((await scrollTop(page)) - top)).toBeLessThanOrEqual(1)
    await page.locator(`[role=listitem][aria-posinset="${String(posinset)}"] a`).click()
    await expect(heading(page)).toBeFocused()
    await page.goBack()
    await expect(page.locator(`[role=listitem][aria-posinset="${String(posinset)}"] a`)).toBeFocused()
    expect(Math.abs((await scrollTop(page)) - top)).toBeLessThanOrEqual(1)
  })
})

test('F6 walks the panes and lets go after the last', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await link(page, 0).click()
  await expect(heading(page)).toBeFocused()
  await page.evaluate(() => {
    document.addEventListener('keydown', (event) => {
      if (event.key === 'F6') document.documentElement.dataset['f6'] = String(event.defaultPrevented)
    })
  })
  const released = (): Promise<string | null> => page.locator('html').getAttribute('data-f6')
  await page.keyboard.press('F6')
  expect(await released()).toBe('false')
  await page.keyboard.press('Shift+F6')
  await expect(link(page, 0)).toBeFocused()
  expect(await released()).toBe('true')
  await page.keyboard.press('Shift+F6')
  await expect(inbox(page)).toBeFocused()
  await page.keyboard.press('Shift+F6')
  expect(await released()).toBe('false')
  await page.keyboard.press('F6')
  await page.keyboard.press('F6')
  await expect(heading(page)).toBeFocused()
})

test('document.title names what is open, with what is unread, at each navigation', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await expect(page).toHaveTitle(/^\(\d+\) Inbox - lindqvist\.example$/)
  await link(page, 1).click()
  // Its code may still be on its way: then the heading says so.
  await expect(heading(page)).not.toHaveText('Loading the conversation')
  const subject = String(await heading(page).textContent()).trim()
  // The row names the newest letter, "Re: …"; the heading the first.
  const opened = new RegExp(`^(Re: )?${subject.replace(/[^\w ]/g, '.')} - Inbox - lindqvist\\.example$`)
  await expect(page).toHaveTitle(opened)
  await page.keyboard.press('j')
  await expect(page).not.toHaveTitle(opened)
  await page.keyboard.press('u')
  await expect(page).toHaveTitle(/Inbox - lindqvist\.example$/)
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await expect(page).toHaveTitle('Sent - lindqvist.example')
})

test.describe('Landmarks', () => {
  for (const width of [390, 820, 1440]) {
    test(`Landmarks: one visible main and one h1, at ${String(width)} px`, async ({ page, site }) => {
      await page.setViewportSize({ width, height: 900 })
      const one = async (): Promise<void> => {
        await expect(page.getByRole('main')).toHaveCount(1)
        await expect(heading(page)).toHaveCount(1)
      }
      await page.goto(site.url)
      await expect(page.locator('input[autocomplete=username]')).toBeVisible()
      await one()
      await signInToDemo(page, site)
      await waitForReady(page)
      await one()
      await expect(page.getByRole('region', { name: 'Inbox' })).toBeVisible()
      if (width === 390) await expect(page.getByRole('main').getByRole('region', { name: 'Inbox' })).toBeVisible()
      await link(page, 0).click()
      await expect(page.getByRole('main', { name: 'Conversation' })).toBeVisible()
      await one()
      if (width === 390) await expect(page.getByRole('region', { name: 'Inbox' })).toHaveCount(0)
      await page.goto(new URL('/nothing/here', site.url).href)
      await expect(heading(page)).toBeVisible()
      await one()
    })
  }
})

test('Mailbox tree item: "Inbox, 9 unread"', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await expect(inbox(page)).toHaveAttribute('aria-current', 'page')
})

test('Viewport without maximum-scale or user-scalable', async ({ page, site }) => {
  await page.goto(site.url)
  const content = await page.locator('meta[name=viewport]').getAttribute('content')
  expect(content).toContain('width=device-width')
  expect(content).not.toMatch(/maximum-scale|minimum-scale|user-scalable/)
})
