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
