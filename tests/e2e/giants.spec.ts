/** Mail far out of the ordinary is usable, and little of it stands in the page. That nothing freezes is in the bench. */
import { giants, giantSubjects } from '../../demo/mailbox/generated/giants.ts'
import { expect, rows, test, waitForReady } from './fixtures.ts'
import type { Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

test.use({ demo: { messages: 300, giants: true, like: 'stalwart' } })

const letters = '#reader article[data-email-id]'

// A server of so much takes a while to start, to answer and to end.
test.slow()

async function start(page: Page, site: DemoSite): Promise<void> {
  await page.goto(site.url)
  await page.getByRole('button', { name: 'Try the demo' }).click()
  await expect(rows(page).first()).toBeVisible({ timeout: 60_000 })
}

async function open(page: Page, subject: string): Promise<void> {
  await rows(page).filter({ hasText: subject }).first().getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible()
  await expect(page.locator(`${letters}:not([aria-busy=true]) [aria-expanded=true]`).first()).toBeVisible({
    timeout: 30_000,
  })
}

test('10,000 mailboxes: the tree is walked from end to end, and 30,000 unread are counted', async ({ page, site }) => {
  await start(page, site)
  const count = await page
    .getByRole('treeitem', { name: /^Inbox/ })
    .first()
    .getAttribute('aria-label')
  expect(Number(count?.replace(/\D/g, ''))).toBeGreaterThan(giants.unread)
  const tree = page.getByRole('tree', { name: 'Folders' })
  const items = tree.getByRole('treeitem')
  const members = tree.getByRole('treeitem', { name: 'Members', exact: true })
  await members.focus()
  // Once the code for long trees is here, only what is around stands in the page.
  await expect.poll(() => items.count()).toBeLessThan(120)
  // They come by portions; where more of them go above the focus, it is not followed.
  const height = (): Promise<number> =>
    tree.evaluate((node) => node.scrollHeight / (node.firstElementChild?.clientHeight ?? Number.NaN))
  const { mailboxes } = site.server.accountOf('mara@lindqvist.example')
  const folders = [...mailboxes.values()].filter(({ role }) => role === null).length
  await expect.poll(async () => Math.round(await height()), { timeout: 60_000 }).toBe(folders)
  await waitForReady(page)
  await page.keyboard.press('End')
  await expect(tree.locator(':focus')).toHaveAttribute('aria-level', /^(?:[2-9]|[1-4]\d)$/)
  await expect(tree.locator(':focus')).toBeInViewport()
  await page.keyboard.press('ArrowUp')
  await expect(tree.locator(':focus')).toBeInViewport()
  await page.keyboard.press('Home')
  await expect(tree.locator(':focus')).toBeInViewport()
  await members.focus()
  await page.keyboard.press('ArrowDown')
  await expect(tree.locator(':focus')).toHaveAttribute('aria-setsize', /^49\d\d$/)
  // The focus stays where it is while the tree is scrolled past it.
  const name = await tree.locator(':focus').getAttribute('aria-label')
  await tree.hover()
  await page.mouse.wheel(0, 100_000)
  await expect(tree.locator(':focus')).not.toBeInViewport()
  await expect(tree.locator(':focus')).toHaveAttribute('aria-label', name ?? '')
  expect(await items.count()).toBeLessThan(120)
})

test('a conversation of 900 letters stands folded, and comes out bit by bit', async ({ page, site }) => {
  await start(page, site)
  await open(page, giantSubjects.read)
  await expect(page.locator(letters)).toHaveCount(1)
  const line = page.locator('[data-folded="899"]')
  // once the rest of it has come
  await expect(line).toContainText('899 earlier messages', { timeout: 60_000 })
  await line.click()
  await expect(page.locator(letters)).toHaveCount(53)
  await expect(page.locator('[data-folded="847"]')).toBeVisible()
  // the first of those that came out is the next one that is read
  await expect(page.locator(`${letters}:focus-within`)).toHaveCount(1)

  await open(page, giantSubjects.unread)
  await expect(page.getByText(/not on this device/)).toHaveCount(0, { timeout: 60_000 })
  const folded = (): Promise<number[]> =>
    page.locator('[data-folded]').evaluateAll((lines) => lines.map((one) => Number(one.getAttribute('data-folded'))))
  const shown = await page.locator(letters).count()
  expect(shown).toBeLessThan(120)
  expect((await folded()).reduce((sum, one) => sum + one, shown)).toBe(giants.letters)
  const most = Math.max(...(await folded()))
  await page.locator(`[data-folded="${String(most)}"]`).click()
  await expect(page.locator(`[data-folded="${String(most - 40)}"]`)).toBeVisible()
  await expect(page.locator(letters)).toHaveCount(shown + 40)
})

test('2,000 recipients are named by the first few, and listed by portions', async ({ page, site }) => {
  await start(page, site)
  await open(page, giantSubjects.recipients)
  const who = page.getByRole('button', { name: /^to you, Ada and 1,998 others/ })
  await who.click()
  const details = page.getByRole('region', { name: 'Details' })
  await expect(details.locator('bdi')).toHaveCount(51)
  for (const [text, shown] of [
    ['Show 150 of 1,950 more', 201],
    ['Show 600 of 1,800 more', 801],
    ['Show 1,200 more', 2_001],
  ] as const) {
    await details.getByRole('button', { name: text }).click()
    await expect(details.locator('bdi')).toHaveCount(shown)
  }
})

test('texts of megabytes are shown as far as they came, and 60 MB of file are listed', async ({ page, site }) => {
  await start(page, site)
  await open(page, giantSubjects.file)
  await expect(page.locator(letters)).toContainText('It is rather large.')
  await expect(page.getByRole('button', { name: /^Download survey.dat, DAT, 60/ })).toBeVisible()
  await open(page, giantSubjects.lines)
  await expect(page.locator(letters)).toContainText('Point 1: write to berth0@association.example')
  // The rest of the first megabyte comes behind.
  await expect(page.locator(`${letters} p`).filter({ hasText: 'Point 5000:' })).toHaveCount(1, { timeout: 30_000 })
  await open(page, giantSubjects.wall)
  await expect(page.locator(`${letters} .plain p`)).not.toHaveCount(1)
  await open(page, giantSubjects.html)
  await expect(page.frameLocator(`${letters} iframe`).getByText('Ada Aas').first()).toBeVisible()
})
