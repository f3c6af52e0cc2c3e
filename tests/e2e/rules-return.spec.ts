/** Design §5a, "Opening" and "List": where the focus is when something arrives, and when what was opened is closed. */
import { deliver, expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'

const menuButton = (page: Page): Locator => page.getByRole('button', { name: /^More for the message from/ }).last()

/** Opens by key, closes by Esc, and asks that the focus is back on what opened it. */
async function expectReturn(page: Page, opener: Locator, opened: Locator): Promise<void> {
  await opener.focus()
  await page.keyboard.press('Enter')
  await expect(opened).toBeVisible()
  await expect(opener).not.toBeFocused()
  await page.keyboard.press('Escape')
  await expect(opened).toHaveCount(0)
  await expect(opener).toBeFocused()
}

test('Opening: arriving mail moves neither focus nor scroll', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  for (const scrolled of [0, 1_200]) {
    await page.locator('[data-view=messages]').evaluate((box, top) => box.parentElement?.scrollTo(0, top), scrolled)
    await page.waitForTimeout(200)
    const id = await page.evaluate(() => {
      const shown = [...document.querySelectorAll<HTMLElement>('[data-view=messages] [role=listitem]')].find(
        (row) => row.getBoundingClientRect().top > 250,
      )
      shown?.querySelector('a')?.focus({ preventScroll: true })
      return shown?.dataset['emailId'] ?? ''
    })
    const row = page.locator(`[role=listitem][data-email-id="${id}"]`)
    const size = Number(await row.getAttribute('aria-setsize'))
    const top = (await row.boundingBox())?.y ?? -1
    await row.evaluate((element) => Object.assign(element, { isSame: true }))
    deliver(site, `Arrives at ${String(scrolled)}`)
    await expect(row).toHaveAttribute('aria-setsize', String(size + 1))
    await waitForReady(page)
    await expect(row.getByRole('link')).toBeFocused()
    expect(await row.evaluate((element) => 'isSame' in element)).toBe(true)
    // With the first rows in view they make room; scrolled, what is read stays where it is.
    if (scrolled > 0) expect(Math.abs(((await row.boundingBox())?.y ?? -1) - top)).toBeLessThanOrEqual(1)
  }
})

test('Opening: closed dialogs and menus return the focus to what opened them', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const filter = page.getByRole('button', { name: 'Filter and sort' })
  await expectReturn(page, filter, page.getByRole('menu', { name: 'Filter and sort' }))
  const account = page.getByRole('button', { name: /^Account / })
  await expectReturn(page, account, page.getByRole('dialog', { name: /^Account/ }))
  const line = page.getByRole('button', { name: /^Up to date/ })
  await expectReturn(page, line, page.getByRole('dialog', { name: 'Connection' }))
  await rows(page).first().getByRole('link').focus()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(rows(page).first().getByRole('link')).toBeFocused()
  await rows(page).filter({ hasText: 'صور' }).first().getByRole('link').click()
  await expect(page.locator('main article[aria-busy=true]')).toHaveCount(0)
  await expectReturn(page, menuButton(page), page.getByRole('menu'))
  await expectReturn(page, page.getByRole('button', { name: 'More for this conversation' }), page.getByRole('menu'))
  const picture = page.getByRole('button', { name: /^Show .*JPG/i }).first()
  await expectReturn(page, picture, page.getByRole('dialog'))
  await menuButton(page).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'View source' }).press('Enter')
  await expect(page.locator('[data-source]')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('[data-source]')).toHaveCount(0)
  await expect(menuButton(page)).toBeFocused()
})

for (const [form, width] of [
  ['drawer', 820],
  ['sheet', 390],
] as const) {
  test(`Opening: the closed ${form} of mailboxes returns the focus to its button`, async ({ page, site }) => {
    await page.setViewportSize({ width, height: 844 })
    await signInToDemo(page, site)
    await waitForReady(page)
    await expectReturn(
      page,
      page.getByRole('button', { name: 'Mailboxes' }),
      page.getByRole('dialog', { name: 'Mailboxes' }),
    )
  })
}

test.describe('of a list that the server counts', () => {
  test.use({ demo: { messages: 4_000 } })

  test('List: aria-setsize is -1 while the total is unknown', async ({ page, site }) => {
    await signInToDemo(page, site)
    const inbox = page.url()
    // At the server: once a service worker holds the page, Playwright's routes do not see what its worker asks.
    const mend = site.server.faults.add({ match: { method: 'Email/query' }, do: { kind: 'hold' } })
    await page.goto(`${inbox}?filter=unread`)
    await expect(rows(page).first()).toHaveAttribute('aria-setsize', '-1')
    mend()
    await expect(rows(page).first()).toHaveAttribute('aria-setsize', /^[1-9]\d*$/)
  })
})
