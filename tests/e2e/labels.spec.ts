/** Labels: seen in rows and letters. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

const owner = 'mara@lindqvist.example'

async function start(page: Page, site: DemoSite): Promise<void> {
  await signInToDemo(page, site)
  await waitForReady(page)
}

const idOf = async (row: Locator): Promise<string> => (await row.getAttribute('data-email-id')) ?? ''

/** By another client, at the server. */
function set(site: DemoSite, id: string, ...keywords: string[]): void {
  site.server.accountOf(owner).setKeywords(id, Object.fromEntries(keywords.map((keyword) => [keyword, true])))
}

test('labels that other clients set show in rows and letters, two and how many more, and are spoken', async ({
  page,
  site,
}) => {
  await start(page, site)
  const row = rows(page).first()
  set(site, await idOf(row), '$label1', '$flagged', '$mailflagbit2', 'invoices', 'nonjunk')
  await expect(row.locator('.label')).toHaveText(['Important', 'Blue flag'])
  await expect(row.locator('.more')).toHaveText('+1')
  await expect(row.getByRole('link')).toHaveAccessibleName(/, Important, Blue flag, invoices$/)
  await row.getByRole('link').click()
  const labels = page.getByRole('main').getByRole('list', { name: 'Labels' }).first()
  // of the whole conversation, below its subject; then those of the letter that has them
  await expect(labels.getByRole('listitem')).toHaveText(['Important', 'Blue flag', 'invoices'])
  await expect(page.getByRole('article').getByRole('list', { name: 'Labels' }).getByText('invoices')).toBeVisible()
})
