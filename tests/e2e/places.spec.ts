/** URLs, back and forward, cold links. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'

test('a conversation is a history entry; back returns to the row that was opened', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const inbox = page.url()
  const third = rows(page).nth(2).getByRole('link')
  await third.click()
  await expect(page).not.toHaveURL(inbox)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(inbox)
  await expect(third).toBeFocused()
  await page.goForward()
  await expect(page.locator('main article').first()).toBeVisible()
})

test('a link to a conversation opens it cold, in a new tab, also by message', async ({ context, page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await rows(page).first().getByRole('link').click()
  await expect(page.locator('main article').first()).toBeVisible()
  const thread = page.url()
  const ids = await page
    .locator('main article[data-email-id]')
    .evaluateAll((all) => all.map((element) => element.getAttribute('data-email-id')))
  const cold = await context.newPage()
  await cold.goto(`${thread}/${String(ids[0])}`)
  await expect(cold.locator(`article[data-email-id="${String(ids[0])}"] [aria-expanded=true]`).first()).toBeVisible()
})

test('a link opened while nobody is signed in is kept until the sign-in', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await rows(page).nth(1).getByRole('link').click()
  await expect(page.locator('main article').first()).toBeVisible()
  const thread = page.url()
  await page.evaluate(async () => {
    localStorage.clear()
    for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
  })
  await page.goto('about:blank')
  await page.goto(thread)
  await page.getByRole('button', { name: 'Try the demo' }).click()
  await expect(page).toHaveURL(thread)
  await expect(page.locator('main article').first()).toBeVisible()
})

test('no path begins with a segment that Stalwart keeps for itself', async ({ page, site }) => {
  await signInToDemo(page, site)
  await rows(page).first().getByRole('link').click()
  await expect(page.locator('main article').first()).toBeVisible()
  const reserved = [
    'jmap',
    'dav',
    '.well-known',
    'auth',
    'api',
    'mail',
    'calendar',
    'autodiscover',
    'robots.txt',
    'healthz',
    'metrics',
    'logo',
    'form',
    'login',
    'device',
    'account',
    'admin',
  ]
  expect(reserved).not.toContain(new URL(page.url()).pathname.split('/')[1])
})

test('back leads on after a reload with something open over the page', async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await signInToDemo(page, site)
  await waitForReady(page)
  const inbox = page.url()
  await rows(page).first().getByRole('link').click()
  await expect(page.locator('main article').first()).toBeVisible()
  const layers = () => page.evaluate(() => (history.state as { over?: number } | null)?.over ?? 0)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  expect(await layers()).toBe(1)
  await page.reload()
  await expect.poll(layers).toBe(0)
  await expect(page.locator('main article').first()).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(inbox)
})
