/** The network goes and comes back, and something else answers in the server's place. */
import { deliver, expect, goOffline, rows, signInToDemo, test, waitForReady } from './fixtures.ts'

test('mail that came meanwhile is shown by itself with the network’s return', async ({ context, page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const comeBack = await goOffline(context, site)
  await expect(page.locator('html')).toHaveAttribute('data-sync', 'offline')
  await expect(page.getByText(/Offline, mail as of \d/).first()).toBeVisible()
  deliver(site, 'Came while the network was away')
  await comeBack()
  await expect(rows(page).filter({ hasText: 'Came while the network was away' }).first()).toBeVisible({ timeout: 5000 })
  await waitForReady(page)
})

test('a network’s sign-in page in the server’s place is offline, with the age of the mail', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const mend = site.server.faults.add({ match: {}, do: { kind: 'html', status: 200 } })
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect(page.getByText(/Offline, mail as of \d/).first()).toBeVisible()
  await expect(page.getByText(/the sign-in page of this network/).first()).toBeVisible()
  await rows(page).first().getByRole('link').click()
  await expect(page.locator('main article:not([aria-busy=true])').first()).toBeVisible()
  mend()
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await waitForReady(page)
})

test('a gate’s log-in page met by a fetch is named, and its button loads the page from the network', async ({
  page,
  site,
}) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  // The page has registered it by then, and will not do so while it is taken off: soon after its reader begins to act.
  await page.keyboard.press('j')
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  const mend = site.server.faults.add({ match: {}, do: { kind: 'html', status: 200 } })
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await page
    .getByRole('button', { name: /^Offline/ })
    .first()
    .click()
  await expect(page.getByText(/the sign-in page of this network or of a gate/).first()).toBeVisible()
  const loaded = page.waitForResponse((response) => {
    return response.request().isNavigationRequest() && response.frame() === page.mainFrame()
  })
  await page.getByRole('button', { name: 'Load the page again' }).click()
  // The kept shell would never show the gate's page.
  expect((await loaded).fromServiceWorker()).toBe(false)
  mend()
  await expect(rows(page).first()).toBeVisible()
})
