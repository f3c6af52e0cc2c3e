/** Account settings are the account's: what one device chooses is there on the next one; and the page says where they are kept. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

const owner = 'mara@lindqvist.example'

async function openSettings(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeFocused()
}

const readDelay = (page: Page, choice: string): Locator =>
  page.getByRole('radiogroup', { name: 'Mark as read' }).getByRole('radio', { name: choice })

/** The file, as the server has it. */
function fileOf(site: DemoSite): string {
  const { side } = site.server.accountOf(owner)
  const node = [...side.fileNodes.values()].find(({ name }) => name === 'settings.json')
  return new TextDecoder().decode(side.uploads.get(node?.blobId ?? '')?.bytes)
}

test.describe('with a file store', () => {
  test.use({ demo: { messages: 60, like: 'stalwart' } })

  test('a choice of one device comes to another, also one made offline, and holds after both start anew', async ({
    page,
    site,
    browser,
  }) => {
    await signInToDemo(page, site)
    const row = rows(page).first()
    const id = (await row.getAttribute('data-email-id')) ?? ''
    site.server.accountOf(owner).setKeywords(id, { invoices: true })
    await expect(row.locator('.label')).toHaveText(['invoices'])
    const context = await browser.newContext()
    const other = await context.newPage()
    await signInToDemo(other, site)
    await expect(rows(other).first().locator('.label')).toHaveText(['invoices'])
    await openSettings(page, 'Reading')
    await expect(page.getByText('Kept on your server, on every device.')).toBeVisible()
    await readDelay(page, 'After 10 s').check()
    await expect.poll(() => fileOf(site)).toContain('readDelay')
    await openSettings(other, 'Reading')
    await expect(readDelay(other, 'After 10 s')).toBeChecked()

    const mend = site.server.faults.add({ match: {}, do: { kind: 'dropBefore' } })
    await page.getByRole('link', { name: 'Labels' }).click()
    await page.locator('summary', { hasText: 'invoices' }).click()
    const field = page.locator('details[open]').getByRole('textbox', { name: 'Name' })
    await field.fill('To pay')
    await field.press('Enter')
    await expect(page.locator('summary', { hasText: 'To pay' })).toBeVisible()
    await expect(page.getByText('Kept on this device until your server is reached')).toBeVisible()
    mend()
    await other.keyboard.press('Escape')
    await expect(rows(other).first().locator('.label')).toHaveText(['To pay'], { timeout: 30_000 })
    await expect(page.getByText('Kept on your server, on every device.')).toBeVisible()

    for (const each of [page, other]) {
      await each.goto(site.url)
      await expect(rows(each).first().locator('.label')).toHaveText(['To pay'])
      await openSettings(each, 'Reading')
      await expect(readDelay(each, 'After 10 s')).toBeChecked()
    }
    await context.close()
  })

  test('what cannot be read is said, and set aside under another name with the next choice', async ({ page, site }) => {
    const account = site.server.accountOf(owner)
    const bytes = new TextEncoder().encode('{ "format": ')
    account.side.uploads.set('broken', { bytes, type: 'application/json' })
    const node = { size: bytes.length, type: null, created: '', modified: '' }
    account.side.fileNodes.set('fold', { ...node, id: 'fold', parentId: null, blobId: null, name: 'Postern' })
    account.side.fileNodes.set('file', {
      ...node,
      id: 'file',
      parentId: 'fold',
      blobId: 'broken',
      name: 'settings.json',
    })
    await signInToDemo(page, site)
    await openSettings(page, 'Reading')
    await expect(page.getByText(/Postern\/settings.json on your server cannot be read/)).toBeVisible()
    expect(fileOf(site)).toBe('{ "format": ')
    await readDelay(page, 'Never').check()
    await expect(page.getByText(/It is still there, as Postern\/settings-unreadable-\d+\.json/)).toBeVisible()
    await expect.poll(() => fileOf(site)).toContain('readDelay')
    expect(account.side.fileNodes.get('file')).toMatchObject({ blobId: 'broken' })
  })
})

test('without a file store they are kept on the device, which is said', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await openSettings(page, 'Labels')
  await expect(page.getByText('Kept on this device: your server has no file store.')).toBeVisible()
  await page.locator('summary', { hasText: 'Work' }).click()
  const field = page.locator('details[open]').getByRole('textbox', { name: 'Name' })
  await field.fill('Office')
  await field.press('Enter')
  await expect(page.locator('summary', { hasText: 'Office' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-outbox', '0')
  await page.reload()
  await expect(page.locator('summary', { hasText: 'Office' })).toBeVisible()
})
