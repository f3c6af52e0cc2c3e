import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'

test('20 cached conversations are read after a reload while the mail server is gone', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  site.server.faults.add({ match: {}, do: { kind: 'dropBefore' } })
  await page.reload()
  await expect(rows(page).first()).toBeVisible()
  const opened = new Set<string>()
  await rows(page).first().getByRole('link').click()
  for (let i = 0; i < 20; i++) {
    const article = page
      .locator('main article:not([aria-busy=true])')
      .filter({ has: page.locator('[aria-expanded=true]') })
      .first()
    await expect(article).toBeVisible()
    const text = await article.innerText()
    expect(text.length).toBeGreaterThan(10)
    opened.add(page.url())
    await page.keyboard.press('j')
    if (i < 19) await expect.poll(() => opened.has(page.url())).toBe(false)
  }
  expect(opened.size).toBe(20)
})

test('offline is said with the age of the mail, and coming back too', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const mend = site.server.faults.add({ match: {}, do: { kind: 'dropBefore' } })
  const tryNow = async (): Promise<void> => {
    const button = page.getByRole('button', { name: 'Try now' })
    if (!(await button.isVisible()))
      await page
        .getByRole('button', { name: /up to date|offline/i })
        .first()
        .click()
    await button.click()
  }
  await tryNow()
  await expect(page.locator('html')).toHaveAttribute('data-sync', 'offline')
  await expect(page.getByText(/Offline, mail as of/).first()).toBeVisible()
  mend()
  await tryNow()
  await waitForReady(page)
})

test('marking read works offline and reaches the server later, once', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const mend = site.server.faults.add({ match: {}, do: { kind: 'dropBefore' } })
  const unread = page.locator('[data-view=messages] [role=listitem][data-unread]').first()
  const id = await unread.getAttribute('data-email-id')
  await unread.getByRole('link').click()
  await expect(page.locator(`[role=listitem][data-email-id="${String(id)}"]`)).not.toHaveAttribute(
    'data-unread',
    /.*/,
    { timeout: 15_000 },
  )
  await expect(page.locator('html')).not.toHaveAttribute('data-outbox', '0')
  await page.reload()
  await expect(page.locator(`[role=listitem][data-email-id="${String(id)}"]`)).not.toHaveAttribute('data-unread', /.*/)
  mend()
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-outbox', '0', { timeout: 20_000 })
  await waitForReady(page)
})
