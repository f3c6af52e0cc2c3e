/** What is kept on this device: pictures and files of letters that nobody has opened yet, and the page that says so. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { DemoSite } from '../../demo/http/serve.ts'
import type { Page } from '@playwright/test'

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

function deliverPicture(site: DemoSite): void {
  const raw = [
    'From: Ada <ada@remote.example>',
    'To: Mara Lindqvist <mara@lindqvist.example>',
    'Subject: A picture for the train',
    'Message-ID: <picture@remote.example>',
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/related; boundary=b',
    '',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>Look: <img src="cid:one" alt="A dot"></p>',
    '--b',
    'Content-Type: image/png',
    'Content-Id: <one>',
    'Content-Disposition: inline',
    'Content-Transfer-Encoding: base64',
    '',
    PIXEL,
    '--b--',
    '',
  ].join('\r\n')
  site.server.accountOf('mara@lindqvist.example').deliver(raw)
}

const isAllKept = (page: Page): Promise<void> =>
  expect(page.locator('html')).toHaveAttribute('data-backfill', '100', { timeout: 60_000 })

test('a letter that was never opened is read without the server, with its picture', async ({ page, site }) => {
  test.slow()
  deliverPicture(site)
  await signInToDemo(page, site)
  await waitForReady(page)
  await isAllKept(page)
  site.server.faults.add({ match: {}, do: { kind: 'dropBefore' } })
  await page.reload()
  await rows(page).filter({ hasText: 'A picture for the train' }).getByRole('link').click()
  const picture = page.frameLocator('main article iframe').getByRole('img', { name: 'A dot' })
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1)
})

test('what is kept is counted, and goes when the reader says so, in every tab', async ({ context, page, site }) => {
  test.slow()
  await signInToDemo(page, site)
  await waitForReady(page)
  await isAllKept(page)
  const second = await context.newPage()
  await second.goto(page.url())
  await expect(rows(second).first()).toBeVisible()
  for (const tab of [page, second]) {
    await tab.getByRole('button', { name: 'Settings' }).click()
    await tab.getByRole('link', { name: 'Offline and storage' }).click()
    await expect(tab.getByText('All of it is here')).toBeVisible()
    await expect(tab.getByText(/^\d+ letters, /)).toBeVisible()
  }
  const choice = (tab: Page, name: string): ReturnType<Page['locator']> =>
    tab.getByRole('radiogroup', { name: 'Keep for offline' }).getByRole('radio', { name })
  await expect(choice(second, 'Last 90 days')).toBeChecked()
  await page.getByRole('button', { name: 'Remove kept mail' }).click()
  for (const tab of [page, second]) {
    await expect(choice(tab, 'Nothing')).toBeChecked()
    // The demo's two drafts stay.
    await expect(tab.getByText(/^2 letters, /)).toBeVisible()
  }
  await choice(second, 'Everything').check()
  await expect(choice(page, 'Everything')).toBeChecked()
  for (const tab of [page, second]) await expect(tab.getByText(/^\d\d+ letters, /)).toBeVisible({ timeout: 60_000 })
})

test('storage removed under the open page: it says so, and the next load begins anew', async ({
  context,
  page,
  site,
}) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Storage.clearDataForOrigin', { origin: new URL(site.url).origin, storageTypes: 'indexeddb' })
  await expect(page.getByRole('heading', { name: 'This page has to be loaded again' })).toBeVisible()
  await page.getByRole('button', { name: 'Load again' }).click()
  await expect(page.getByRole('button', { name: 'Try the demo' })).toBeVisible()
})
