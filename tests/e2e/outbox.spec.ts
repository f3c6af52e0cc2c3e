/** What has not reached the server: what it refuses is undone and said once, and all of it is listed, to be decided. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'
import type { EmailId } from '../../src/jmap/types.ts'

const refusal = (page: Page): Locator => page.getByRole('region', { name: 'Refused by the server' })
const unsent = (page: Page): Locator => page.getByRole('dialog', { name: 'Unsent changes' })

/** Marks the first unread conversation as read, from the list. */
async function markRead(page: Page): Promise<Locator> {
  const id = String(await rows(page).and(page.locator('[data-unread]')).first().getAttribute('data-email-id'))
  const row = page.locator(`[data-view=messages] [role=listitem][data-email-id="${id}"]`)
  await row.getByRole('checkbox').focus()
  await page.keyboard.press('Space')
  await page.getByRole('toolbar').getByRole('button', { name: 'Mark as read' }).click()
  return row
}

async function isSeen(site: DemoSite, row: Locator): Promise<boolean> {
  const id = (await row.getAttribute('data-email-id')) as EmailId
  return site.server.accountOf('mara@lindqvist.example').emails.get(id)?.keywords.has('$seen') === true
}

async function refuseChanges(site: DemoSite, type: string): Promise<() => void> {
  return Promise.resolve(site.server.faults.add({ match: { method: 'Email/set' }, do: { kind: 'methodError', type } }))
}

test('what the server refuses is undone and said once, stays listed, and can be tried again', async ({
  page,
  site,
}) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const mend = await refuseChanges(site, 'forbidden')
  const row = await markRead(page)
  await expect(refusal(page)).toHaveText(/Refused: Mark \d+ messages? as read\. The server does not allow this here\./)
  await expect(page.getByRole('status').filter({ hasText: /Refused: Mark/ })).toHaveCount(1)
  await expect(row).toHaveAttribute('data-unread', /.*/)
  expect(await isSeen(site, row)).toBe(false)
  await expect(page.getByRole('button', { name: '1 change refused' })).toBeVisible()
  await refusal(page).getByRole('button', { name: 'Show' }).press('Enter')
  await expect(refusal(page)).toHaveCount(0)
  const item = unsent(page).getByRole('listitem')
  await expect(item).toHaveText(/Mark \d+ messages? as read\s*Since \d.*The server does not allow this here\./)
  mend()
  await item.getByRole('button', { name: /^Try again/ }).press('Enter')
  await expect(unsent(page).getByText('Everything you did has reached the server.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(unsent(page)).toHaveCount(0)
  await expect(row).not.toHaveAttribute('data-unread', /.*/)
  expect(await isSeen(site, row)).toBe(true)
})

test('a refusal outlives the page without being said again, and is discarded', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await refuseChanges(site, 'overQuota')
  const row = await markRead(page)
  await expect(refusal(page)).toHaveText(/There is no room left on the server/)
  await page.reload()
  await expect(rows(page).first()).toBeVisible()
  await waitForReady(page)
  await expect(row).toHaveAttribute('data-unread', /.*/)
  await page.getByRole('button', { name: '1 change refused' }).press('Enter')
  await page.getByRole('button', { name: 'Show unsent changes' }).press('Enter')
  await expect(refusal(page)).toHaveCount(0)
  await unsent(page)
    .getByRole('button', { name: /^Discard: Mark/ })
    .press('Enter')
  await expect(unsent(page).getByRole('status')).toHaveText(/Discarded\. The change is undone on this device/)
  await expect(page.locator('html')).toHaveAttribute('data-outbox', '0')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: /^Up to date/ })).toBeVisible()
  expect(await isSeen(site, row)).toBe(false)
})

test('on a phone what waits for the network is listed with since when, and discarding undoes it', async ({
  page,
  site,
}) => {
  await page.setViewportSize({ width: 390, height: 780 })
  await signInToDemo(page, site)
  await waitForReady(page)
  site.server.faults.add({ match: {}, do: { kind: 'dropBefore' } })
  const row = await markRead(page)
  await expect(row).not.toHaveAttribute('data-unread', /.*/)
  await expect(page.locator('html')).toHaveAttribute('data-sync', 'offline')
  await page
    .getByRole('button', { name: /mailboxes/i })
    .first()
    .click()
  await page.getByRole('button', { name: /^Offline/ }).click()
  await page.getByRole('button', { name: 'Show unsent changes' }).click()
  const item = unsent(page).getByRole('listitem')
  await expect(item).toHaveText(/Mark \d+ messages? as read\s*Since \d.*Waits for the network/)
  await item.getByRole('button', { name: /^Discard/ }).click()
  await expect(unsent(page).getByText('Everything you did has reached the server.')).toBeVisible()
  await page.goBack()
  await expect(unsent(page)).toHaveCount(0)
  await expect(page.locator('html')).toHaveAttribute('data-outbox', '0')
  await page.goBack()
  await expect(row).toHaveAttribute('data-unread', /.*/)
})

test('the sync details name requests and numbers, nothing of the mail, and are copied as text', async ({
  context,
  page,
  site,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await signInToDemo(page, site)
  await waitForReady(page)
  await page.getByRole('button', { name: /^Up to date/ }).press('Enter')
  await page.getByRole('button', { name: 'Sync details' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Sync details' })).toBeFocused()
  await expect(page.getByRole('heading', { name: 'Last requests' })).toBeVisible()
  await page.getByRole('button', { name: 'Copy as text' }).press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1)
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text).toMatch(/Email\/get.*: [\d,]+ ms, 200/)
  expect(text).toContain('This tab: leads')
  expect(text).toMatch(/emails: \d\d\d/)
  expect(text).not.toContain('@')
  expect(text).not.toContain('lindqvist')
})
