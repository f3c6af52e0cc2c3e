/** The first archive in an account without an Archive mailbox, as Stalwart's accounts begin. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { DemoSite } from '../../demo/http/serve.ts'

type Account = ReturnType<DemoSite['server']['accountOf']>

const accountOf = (site: DemoSite): Account => site.server.accountOf('mara@lindqvist.example')
const placesOf = (site: DemoSite, id: string): string[] => [...accountOf(site).living(id).mailboxIds]

test.beforeEach(async ({ page, site }) => {
  const account = accountOf(site)
  const old = account.mailboxByRole('archive')
  if (old) account.updateMailbox(old.id, { role: null, name: 'Old mail' })
  await signInToDemo(page, site)
  await waitForReady(page)
  await page.keyboard.press('j')
  await expect(page.locator('[data-view=messages] a:focus')).toBeVisible()
})

test('makes the mailbox: in the tree and open at once, offline too; its address becomes the server’s, and Z undoes it', async ({
  page,
  site,
}) => {
  const id = (await rows(page).first().getAttribute('data-email-id')) ?? ''
  const archive = page.getByRole('treeitem', { name: /^Archive/ })
  await expect(archive).toHaveCount(0)
  const mend = site.server.faults.add({ match: {}, do: { kind: 'dropBefore' } })
  await page.keyboard.press('e')
  await expect(archive).toBeVisible()
  // the toast, and the page's voice
  await expect(page.getByRole('status').filter({ hasText: 'archived' }).first()).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await expect(page).toHaveURL(/~archive/)
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toHaveAttribute('data-email-id', id)
  mend()
  await expect
    .poll(() => placesOf(site, id).includes(accountOf(site).mailboxByRole('archive')?.id ?? ''), { timeout: 30_000 })
    .toBe(true)
  await expect(page).not.toHaveURL(/~archive/)
  await expect(rows(page)).toHaveAttribute('data-email-id', id)
  await expect(archive).toHaveAttribute('aria-current', 'page')
  await expect(archive).toHaveCount(1)
  await page.keyboard.press('z')
  await expect(rows(page)).toHaveCount(0)
  await expect.poll(() => placesOf(site, id)).toEqual([accountOf(site).mailboxByRole('inbox')?.id])
})

test('taken back before it was sent, makes nothing', async ({ page, site }) => {
  const id = (await rows(page).first().getAttribute('data-email-id')) ?? ''
  const mend = site.server.faults.add({ match: {}, do: { kind: 'dropBefore' } })
  await page.keyboard.press('e')
  await expect(page.getByRole('treeitem', { name: /^Archive/ })).toBeVisible()
  await page.keyboard.press('z')
  await expect(rows(page).first()).toHaveAttribute('data-email-id', id)
  await expect(page.getByRole('treeitem', { name: /^Archive/ })).toHaveCount(0)
  mend()
  await expect(page.locator('html')).toHaveAttribute('data-outbox', '0', { timeout: 30_000 })
  expect(accountOf(site).mailboxByRole('archive')).toBeUndefined()
})
