/** The list: sparse, any position at once, no jump when mail arrives, the keyboard. */
import { deliver, expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'

test.describe('with 12,000 messages', () => {
  test.use({ demo: { messages: 12_000 } })

  test('any position is reached at once by the scroll bar, and its rows are fetched', async ({ page, site }) => {
    await signInToDemo(page, site)
    await page.getByRole('treeitem', { name: /^Archive/ }).click()
    await expect(rows(page).first()).toBeVisible()
    const list = page.locator('[data-view=messages]')
    const size = Number(await rows(page).first().getAttribute('aria-setsize'))
    expect(size).toBeGreaterThan(1000)
    await list.evaluate((element) => {
      let scroller: Element | null = element
      while (scroller && scroller.scrollHeight <= scroller.clientHeight + 10) scroller = scroller.parentElement
      scroller?.scrollTo(0, scroller.scrollHeight * 0.9)
    })
    await expect
      .poll(async () => Number(await rows(page).first().getAttribute('aria-posinset')))
      .toBeGreaterThan(size * 0.8)
    await expect(page.locator('[data-view=messages] [aria-busy=true]')).toHaveCount(0)
    const positions = await rows(page).evaluateAll((all) => all.map((row) => Number(row.getAttribute('aria-posinset'))))
    expect(positions).toEqual(positions.toSorted((a, b) => a - b))
    expect(new Set(positions).size).toBe(positions.length)
  })
})

test('new mail appears above without moving what is read', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const list = page.locator('[data-view=messages]')
  await list.hover()
  await page.mouse.wheel(0, 1200)
  await page.waitForTimeout(300)
  const seen = rows(page).nth(6)
  const id = await seen.getAttribute('data-email-id')
  const row = page.locator(`[role=listitem][data-email-id="${String(id)}"]`)
  const before = await row.boundingBox()
  const unread = await page
    .getByRole('treeitem', { name: /^Inbox/ })
    .first()
    .textContent()
  deliver(site, 'Arrived while scrolled down')
  await expect
    .poll(() =>
      page
        .getByRole('treeitem', { name: /^Inbox/ })
        .first()
        .textContent(),
    )
    .not.toBe(unread)
  await waitForReady(page)
  const after = await row.boundingBox()
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThanOrEqual(1)
})

test('by keyboard alone: down the list, open, next, fold, back to the row', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await rows(page).first().getByRole('link').focus()
  await page.keyboard.press('j')
  await expect(rows(page).nth(1).getByRole('link')).toBeFocused()
  await page.keyboard.press('k')
  await page.keyboard.press('ArrowDown')
  await expect(rows(page).nth(1).getByRole('link')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  const first = page.url()
  await page.keyboard.press('j')
  await expect(page).not.toHaveURL(first)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await page.keyboard.press('u')
  await expect(rows(page).nth(2).getByRole('link')).toBeFocused()
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await expect(page.locator('[role=treeitem][data-role=sent]')).toHaveAttribute('aria-current', 'page')
})

test('opening marks as read at the server; Shift U makes it unread again', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const row = page.locator('[data-view=messages] [role=listitem][data-unread]').first()
  const id = String(await row.getAttribute('data-email-id'))
  await row.getByRole('link').click()
  const same = page.locator(`[role=listitem][data-email-id="${id}"]`)
  await expect(same).not.toHaveAttribute('data-unread', /.*/)
  await expect(page.locator('html')).toHaveAttribute('data-outbox', '0')
  await page.keyboard.press('Shift+U')
  await expect(same).toHaveAttribute('data-unread', /.*/)
  await expect(page.locator('html')).toHaveAttribute('data-outbox', '0')
})

test('a mailbox that was left is back as it was, with what came meanwhile', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const list = page.locator('[data-view=messages]')
  await list.hover()
  await page.mouse.wheel(0, 1200)
  await page.waitForTimeout(300)
  const id = await rows(page).nth(6).getAttribute('data-email-id')
  const row = list.locator(`[role=listitem][data-email-id="${String(id)}"]`)
  const before = await row.boundingBox()

  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await expect(page.getByRole('region', { name: /^Archive/ })).toBeVisible()
  await expect(rows(page).first()).toBeVisible()
  // One list for eye, ear and keys, whatever waits behind it.
  await expect(list).toHaveCount(1)
  await expect(row).toHaveCount(0)
  expect(
    await page
      .getByRole('list')
      .filter({ has: page.locator('[aria-posinset]') })
      .count(),
  ).toBe(1)
  deliver(site, 'Arrived while elsewhere')
  await page.waitForTimeout(300)
  await waitForReady(page)

  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await expect(row).toBeVisible()
  const after = await row.boundingBox()
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThanOrEqual(1)
  await page.keyboard.press('Home')
  await list.evaluate((element) => element.parentElement?.scrollTo(0, 0))
  await expect(page.getByText('Arrived while elsewhere').first()).toBeVisible()
})
