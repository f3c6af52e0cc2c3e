import { deliver, expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'

test('two tabs share one event stream, and the other takes over when the leader closes', async ({
  context,
  page,
  site,
}) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const streams = (): number =>
    site.server.log.entries.filter(({ path }) => path.startsWith('/jmap/eventsource')).length
  const before = streams()
  const second = await context.newPage()
  await second.goto(page.url())
  await expect(rows(second).first()).toBeVisible()
  await waitForReady(second)
  expect(streams()).toBe(before)
  await page.close()
  await second.bringToFront()
  await expect.poll(streams, { timeout: 10_000 }).toBe(before + 1)
  deliver(site, 'Arrived after the hand-over')
  await expect(second.getByText('Arrived after the hand-over').first()).toBeVisible()
})

test('a follower gets bodies and new mail through the leader', async ({ context, page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const second = await context.newPage()
  await second.goto(page.url())
  await expect(rows(second).first()).toBeVisible()
  deliver(site, 'For both tabs')
  await expect(page.getByText('For both tabs').first()).toBeVisible()
  await expect(second.getByText('For both tabs').first()).toBeVisible()
  await second.locator('[role=listitem]', { hasText: 'For both tabs' }).first().getByRole('link').click()
  await expect(second.locator('main article:not([aria-busy=true])').first()).toContainText('One line of text.')
})

test('signing out in one tab leaves nothing, in either tab, within five seconds', async ({ context, page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const second = await context.newPage()
  await second.goto(page.url())
  await expect(rows(second).first()).toBeVisible()
  await page.bringToFront()
  await page.getByRole('button', { name: /Mara Lindqvist/ }).click()
  await page.getByRole('button', { name: /^Sign out/ }).click()
  await expect(page.locator('input[autocomplete=username]')).toBeVisible({ timeout: 5000 })
  await expect(second.locator('input[autocomplete=username]')).toBeVisible({ timeout: 5000 })
  await expect
    .poll(
      () =>
        page.evaluate(async () =>
          (await indexedDB.databases()).map(({ name }) => name).filter((name) => name?.startsWith('postern/')),
        ),
      { timeout: 5000 },
    )
    .toEqual([])
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('mara')
})
