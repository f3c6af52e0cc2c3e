/** Bad networks between the page and its server: a portal in its place, no answer at all, connections that are cut. */
import type { Page } from '@playwright/test'
import { serve, type DemoSite } from '../../demo/http/serve.ts'
import { faultProxy, GOOD_LINE, type FaultProxy } from '../support/fault-proxy.ts'
import { deliver, expect, rows, signInToDemo, test as base, waitForReady } from './fixtures.ts'

/** `site` is reached through `line`. */
const test = base.extend<{ behind: DemoSite; line: FaultProxy }>({
  behind: async ({ demo }, use) => {
    const behind = await serve({ ...demo, like: 'stalwart', config: { rewriteToOrigin: true } })
    await use(behind)
    await behind.close()
  },
  line: async ({ behind }, use) => {
    const line = await faultProxy(behind.url, GOOD_LINE)
    await use(line)
    await line.close()
  },
  site: async ({ behind, line }, use) => use({ ...behind, url: line.url }),
})

/** What a browser says by itself when it joins another network. */
function changeNetwork(page: Page, line: FaultProxy, mode: FaultProxy['mode']): Promise<boolean> {
  line.mode = mode
  line.cut()
  return page.evaluate(() => dispatchEvent(new Event('online')))
}

test('R21: whatever a network answers in the server’s place, it says how old the mail is, and its end brings the new', async ({
  page,
  site,
  line,
}) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  for (const mode of ['down', 'portal', 'redirect'] as const) {
    await changeNetwork(page, line, mode)
    await expect(page.getByText(/Offline, mail as of \d/).first(), mode).toBeVisible()
    deliver(site, `Came while the network was ${mode}`)
    await changeNetwork(page, line, 'pass')
    await expect(
      rows(page)
        .filter({ hasText: `network was ${mode}` })
        .first(),
    ).toBeVisible()
  }
  await waitForReady(page)
})

test('R21: where a network cuts every connection, mail still arrives by itself', async ({ page, site, line }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  for (const subject of ['After the first cut', 'After the second cut']) {
    // The stream is among them.
    await expect.poll(() => site.server.streams.size).toBeGreaterThan(0)
    line.cut()
    deliver(site, subject)
    await expect(rows(page).filter({ hasText: subject }).first()).toBeVisible()
  }
})
