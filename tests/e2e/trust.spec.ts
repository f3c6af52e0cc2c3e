/** Who a letter is really from, and where its links lead, in the built app: the forged, the honest, and a phone. */
import { forged, writesTo } from '../screens/letters.ts'
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

async function open(page: Page, site: DemoSite, mail: string | null, subject: string): Promise<Locator> {
  await signInToDemo(page, site)
  await waitForReady(page)
  if (mail !== null) site.server.accountOf('mara@lindqvist.example').deliver(mail)
  await rows(page).getByRole('link').filter({ hasText: subject }).first().click()
  await expect(page.locator('main article[aria-busy=true]')).toHaveCount(0)
  return page.locator('main article').last()
}

test('a forged letter is called so, opens no link, and is called so offline, too', async ({ page, site, context }) => {
  const letter = await open(page, site, forged(), 'Your account is closed')
  await expect(letter).toHaveAccessibleName(/^Warning: Your bank/)
  await expect(letter.getByText('it probably is not')).toBeVisible()
  const link = letter.frameLocator('iframe').getByRole('link')
  await link.click()
  const asked = page.getByRole('dialog', { name: 'Open this link?' })
  await expect(asked).toContainText('its links are closed')
  await expect(asked.locator('[data-link-host]')).toHaveText('remote.example')
  await expect(asked.getByRole('button', { name: 'Open it' })).toHaveCount(0)
  await asked.getByRole('button', { name: 'Cancel' }).click()

  await page.evaluate(() => navigator.serviceWorker.ready)
  await context.setOffline(true)
  await page.reload()
  await expect(page.getByRole('article', { name: /^Warning: Your bank/ })).toBeVisible()
  await context.setOffline(false)
})

test('an honest one has a seal, and says in sentences why', async ({ page, site }) => {
  const letter = await open(page, site, null, 'The Slow Letter')
  await expect(letter.getByText('Really from slowletter.example')).toBeAttached()
  await letter.locator('[data-details]').click()
  const sentences = page.getByRole('list', { name: 'Who it is from' }).getByRole('listitem')
  await expect(sentences.nth(0)).toContainText('all agree.')
  await expect(sentences.filter({ hasText: 'Encrypted on the way to your server (TLS 1.3).' })).toBeVisible()
})

test.describe('on touch', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } })

  test('a link says where it leads before it opens, and mailto whom it writes to', async ({ page, site }) => {
    const letter = await open(page, site, writesTo(), 'Who to ask')
    await letter.frameLocator('iframe').getByRole('link', { name: 'Write to us' }).tap()
    const sheet = page.getByRole('dialog', { name: 'Write to' })
    const hosts = sheet.locator('[data-link-host]')
    await expect(hosts).toHaveText(['office@tidewater.example', 'crane@tidewater.example', 'log@remote.example'])
    await sheet.getByRole('button', { name: 'Cancel' }).tap()
    await expect(sheet).toHaveCount(0)
    await letter.frameLocator('iframe').getByRole('link', { name: 'The plan' }).tap()
    await expect(page.getByRole('dialog').locator('[data-link-host]')).toHaveText('remote.example')
  })
})
