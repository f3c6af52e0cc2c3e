/** Keys that the reader chose: in effect at once, in every tab, shown where keys are shown, and taken back. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

test.use({ demo: { messages: 60 } })

const archive = 'Archive the conversation'
const keysPage = (page: Page, site: DemoSite): Promise<unknown> => page.goto(`${site.url}settings/keys`)
const rowOf = (page: Page, name: string): Locator => page.getByRole('listitem').filter({ hasText: name })

async function askFor(page: Page, name: string): Promise<Locator> {
  await page.getByRole('button', { name: `Change the key for ${name}` }).click()
  const dialog = page.getByRole('dialog', { name: `Key for ${name}` })
  await expect(dialog.getByRole('textbox', { name: 'New key' })).toBeFocused()
  return dialog
}

async function focusFirst(page: Page): Promise<string | null> {
  const first = rows(page).first()
  await first.getByRole('link').focus()
  return first.getAttribute('data-email-id')
}

const stands = (page: Page, id: string | null): Locator => page.locator(`[role=listitem][data-email-id="${id ?? ''}"]`)

test('another key for E: used in another tab at once, shown by ? and by menus, and reset', async ({
  context,
  page,
  site,
}) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const second = await context.newPage()
  await second.goto(page.url())
  await expect(rows(second).first()).toBeVisible()
  await keysPage(page, site)
  const dialog = await askFor(page, archive)
  await page.keyboard.press('y')
  await expect(dialog.getByRole('status')).toHaveText('Y is free.')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(rowOf(page, archive).locator('kbd')).toHaveText('Y')
  await expect(page.getByRole('button', { name: `Change the key for ${archive}` })).toBeFocused()

  const id = await focusFirst(second)
  await second.keyboard.press('e')
  await second.keyboard.press('Shift+F10')
  const item = second.getByRole('menuitem', { name: 'Archive' })
  await expect(item).toHaveAttribute('aria-keyshortcuts', 'Y')
  await second.keyboard.press('Escape')
  await expect(stands(second, id)).toHaveCount(1)
  await second.keyboard.press('y')
  await expect(stands(second, id)).toHaveCount(0)
  await second.keyboard.press('?')
  const help = second.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(rowOf(second, archive).locator('kbd')).toHaveText('Y')
  await second.keyboard.press('Escape')
  await expect(help).toHaveCount(0)

  await page.reload()
  await page.getByRole('button', { name: `Reset the key for ${archive}` }).click()
  await expect(rowOf(page, archive).locator('kbd')).toHaveText('E')
  const next = await focusFirst(second)
  await second.keyboard.press('y')
  await second.keyboard.press('e')
  await expect(stands(second, next)).toHaveCount(0)
})

test('a key that is taken is said with what has it, and can be taken; all can be reset', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await keysPage(page, site)
  const dialog = await askFor(page, archive)
  const said = dialog.getByRole('status')
  await page.keyboard.press('Control+b')
  await expect(said).toHaveText('Ctrl B is free.')
  await page.keyboard.press('g')
  await expect(said).toContainText('G gets in the way of the key for')
  await page.keyboard.press('Control+c')
  await expect(said).toHaveText('Ctrl C belongs to the browser or the system. Choose another key.')
  await page.keyboard.press('s')
  await expect(said).toContainText('S is the key for “Flag, or remove the flag”. Choose another key, or take it')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: 'Take it' }).click()
  await expect(rowOf(page, archive).locator('kbd')).toHaveText('S')
  await expect(rowOf(page, 'Flag, or remove').locator('kbd')).toHaveText('none')

  await page.goto(site.url)
  await expect(rows(page).first()).toBeVisible()
  const id = await focusFirst(page)
  await page.keyboard.press('s')
  await expect(stands(page, id)).toHaveCount(0)

  await keysPage(page, site)
  await page.getByRole('button', { name: 'Reset all keys' }).click()
  await expect(rowOf(page, archive).locator('kbd')).toHaveText('E')
  await expect(rowOf(page, 'Flag, or remove').locator('kbd')).toHaveText('S')
})

test('two keys one after the other, for what had one, and one for what had two', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await keysPage(page, site)
  await askFor(page, archive)
  await page.keyboard.press('g')
  await page.keyboard.press('e')
  await page.keyboard.press('Enter')
  await expect(rowOf(page, archive).locator('kbd')).toHaveText('G E')
  await askFor(page, 'Sent')
  await page.keyboard.press('e')
  await page.keyboard.press('Enter')
  await expect(rowOf(page, 'Sent').locator('kbd')).toHaveText('E')

  await page.goto(site.url)
  await expect(rows(page).first()).toBeVisible()
  const id = await focusFirst(page)
  await page.keyboard.press('g')
  await page.keyboard.press('e')
  await expect(stands(page, id)).toHaveCount(0)
  await page.keyboard.press('e')
  await expect(page.getByRole('heading', { level: 1, name: /^Sent/ })).toBeVisible()
})
