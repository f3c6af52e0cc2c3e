/** The app as an application of Stalwart: under a path, with nothing but its own `<meta>` policy. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, rows, test, waitForReady } from './fixtures.ts'

test.use({ demo: { messages: 60, application: '/webmail' } })

test('under a path of Stalwart’s it signs in, opens a letter and finds its places again', async ({ page, site }) => {
  await page.goto(`${site.url}webmail/`)
  expect(await page.evaluate(() => document.baseURI)).toBe(`${site.url}webmail/`)
  await page.getByRole('button', { name: 'Try the demo' }).click()
  await expect(rows(page).first()).toBeVisible()
  await rows(page).first().click()
  await expect(page.locator('iframe[title]:visible').first().contentFrame().locator('body')).not.toBeEmpty()
  await expect(page).toHaveURL(/\/webmail\/in\/[^/]+\/[^/]+\/[^/]+$/)
  const heading = page.locator('main h1')
  await expect(heading).toHaveText(/\S/)
  const subject = (await heading.textContent()) ?? ''
  await waitForReady(page)

  // a reload at a place: Stalwart answers with the page, whose files are told from its base
  await page.reload()
  await expect(heading).toHaveText(subject)
  await page.goBack()
  await expect(page).toHaveURL(/\/webmail\/(?:in\/[^/]+\/[^/]+)?$/)
  await expect(rows(page).first()).toBeVisible()
})

test('it opens from the device when the host is away', async ({ page, site }) => {
  await page.goto(`${site.url}webmail/`)
  await page.getByRole('button', { name: 'Try the demo' }).click()
  await expect(rows(page).first()).toBeVisible()
  await waitForReady(page)
  const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope)
  expect(scope).toBe(`${site.url}webmail/`)
  await site.close()
  await page.goto(`${site.url}webmail/`)
  await expect(rows(page).first()).toBeVisible()
  await rows(page).first().click()
  await expect(page.locator('main h1')).toHaveText(/\S/)
  await expect(page.locator('html')).toHaveAttribute('data-sync', 'offline')
})

test('inside a page from elsewhere it refuses to start', async ({ page, site, breaches }) => {
  const elsewhere = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html').end(`<iframe src="${site.url}webmail/" width="800" height="700">`)
  })
  await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening))
  try {
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    const outside = `http://127.0.0.1:${String((elsewhere.address() as AddressInfo).port)}/`
    await page.goto(outside)
    const frame = page.frameLocator('iframe')
    await expect(frame.getByRole('alert')).toContainText('opened inside another page')
    await expect(frame.getByRole('link', { name: 'Open in a new window' })).toHaveAttribute(
      'href',
      `${site.url}webmail/`,
    )
    await expect(frame.getByLabel('Password')).toHaveCount(0)
    // neither the worker nor the settings were asked for
    expect(asked.filter((path) => /sync\.worker|config\.json|^\/jmap/.test(path))).toEqual([])
    expect(breaches.splice(0)).toEqual([`request to ${outside}`])
  } finally {
    elsewhere.close()
  }
})
