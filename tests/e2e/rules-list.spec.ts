/** Design §5a, List and Window. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Page } from '@playwright/test'

const list = (page: Page) => page.locator('[data-view=messages]')
const position = (page: Page): Promise<number> =>
  page.evaluate(() => Number(document.activeElement?.closest('[role=listitem]')?.getAttribute('aria-posinset') ?? 0))

async function scrollTo(page: Page, y: number): Promise<void> {
  await list(page).evaluate((box, top) => box.parentElement?.scrollTo(0, top), y)
}

test.describe('List', () => {
  test('List: one Tab stop; from the active row Tab goes to its checkbox, then out', async ({ page, site }) => {
    await signInToDemo(page, site)
    await waitForReady(page)
    const stops = list(page).locator('[tabindex="0"], a:not([tabindex]), button:not([tabindex])')
    await expect(stops).toHaveCount(2)
    await rows(page).nth(2).getByRole('link').focus()
    await expect(stops).toHaveCount(2)
    await page.keyboard.press('Tab')
    const box = rows(page)
      .nth(2)
      .getByRole('checkbox', { name: /^Select, .+, .+/ })
    await expect(box).toBeFocused()
    await page.keyboard.press('Tab')
    expect(await list(page).evaluate((node) => node.contains(document.activeElement))).toBe(false)
    await page.keyboard.press('Shift+Tab')
    await expect(box).toBeFocused()
    await page.keyboard.press('Shift+Tab')
    await expect(rows(page).nth(2).getByRole('link')).toBeFocused()
    await page.keyboard.press('Shift+Tab')
    expect(await list(page).evaluate((node) => node.contains(document.activeElement))).toBe(false)
  })

  test('List: arrows, J, K, Home, End and the Page keys move the focus only', async ({ page, site }) => {
    await signInToDemo(page, site)
    await waitForReady(page)
    const url = page.url()
    const size = Number(await rows(page).first().getAttribute('aria-setsize'))
    await rows(page).first().getByRole('link').focus()
    for (const [key, at] of [
      ['ArrowDown', 2],
      ['j', 3],
      ['k', 2],
      ['ArrowUp', 1],
      ['End', size],
      ['Home', 1],
    ] as const) {
      await page.keyboard.press(key)
      await expect.poll(() => position(page), { message: key }).toBe(at)
    }
    await page.keyboard.press('PageDown')
    await expect.poll(() => position(page)).toBeGreaterThan(3)
    await page.keyboard.press('PageUp')
    await expect.poll(() => position(page)).toBe(1)
    await expect(page).toHaveURL(url)
    await expect(list(page).locator('[aria-current]')).toHaveCount(0)
    await expect(list(page).locator('input:checked')).toHaveCount(0)
  })

  test('List: the focused row is never unmounted or recycled, and DOM order stays screen order', async ({
    page,
    site,
  }) => {
    await signInToDemo(page, site)
    await waitForReady(page)
    const link = rows(page).nth(1).getByRole('link')
    await link.focus()
    const node = await link.elementHandle({ timeout: 10_000 })
    const sentence = await link.textContent()
    for (const y of [2000, 6000, 0, 8000]) {
      await scrollTo(page, y)
      await page.waitForTimeout(150)
      expect(await node.evaluate((element) => element === document.activeElement)).toBe(true)
      expect(await node.textContent()).toBe(sentence)
      const order = await list(page)
        .locator('[role=listitem]')
        .evaluateAll((all) =>
          all.map((item) => [Number(item.getAttribute('aria-posinset')), item.getBoundingClientRect().top]),
        )
      expect(order).toEqual(order.toSorted(([, a = 0], [, b = 0]) => a - b))
      expect(order).toEqual(order.toSorted(([a = 0], [b = 0]) => a - b))
    }
    await page.keyboard.press('ArrowDown')
    expect(await position(page)).toBe(3)
  })

  test('List: selection is the checkbox', async ({ page, site }) => {
    await signInToDemo(page, site)
    await waitForReady(page)
    await rows(page).nth(1).getByRole('link').focus()
    await page.keyboard.press('Tab')
    const box = rows(page).nth(1).getByRole('checkbox')
    await expect(box).toHaveCSS('opacity', '1')
    await page.keyboard.press('Space')
    await expect(box).toBeChecked()
    await expect(page.locator('[data-view=messages] [aria-selected]')).toHaveCount(0)
    await page.keyboard.press('Escape')
    await expect(box).not.toBeChecked()
  })

  test('Window: before and after the rows stands a real button, seen on focus', async ({ page, site }) => {
    await signInToDemo(page, site)
    await waitForReady(page)
    const size = String(await rows(page).first().getAttribute('aria-setsize'))
    const button = page.getByRole('button', { name: /^Rows \d+ to \d+ of \d+$/ })
    await expect(button).toHaveCount(1)
    await expect(button).toHaveText(new RegExp(`of ${size}$`))
    await rows(page).first().getByRole('checkbox').focus()
    await page.keyboard.press('Tab')
    await expect(button).toBeFocused()
    await expect(button).toHaveCSS('clip-path', 'none')
    const [, from = ''] = /^Rows (\d+)/.exec((await button.textContent()) ?? '') ?? []
    await page.keyboard.press('Enter')
    await expect.poll(() => position(page)).toBe(Number(from))
    // The first row may still reach into the window, under the head of its day: a page further none is left of it.
    for (const _to of ['checkbox', 'button']) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect.poll(() => position(page)).toBeGreaterThan(Number(from))
    await expect(button).toHaveCount(2)
    await expect(button.first()).not.toHaveCSS('clip-path', 'none')
  })

  test('Window: nothing is role=application, and nothing acts on hover only', async ({ page, site }) => {
    await signInToDemo(page, site)
    await waitForReady(page)
    await rows(page).first().getByRole('link').click()
    await expect(page.locator('main article:not([aria-busy=true])').first()).toBeVisible()
    await expect(page.locator('[role=application]')).toHaveCount(0)
    // Menus come with chunks of their own: counted once none is on its way.
    let before = -1
    const isSettled = async (): Promise<boolean> => {
      const was = before
      before = await page.getByRole('button').count()
      return was === before
    }
    await expect.poll(isSettled, { intervals: [600] }).toBe(true)
    await rows(page).nth(3).hover()
    await page.waitForTimeout(200)
    expect(await page.getByRole('button').count()).toBe(before)
  })
})
