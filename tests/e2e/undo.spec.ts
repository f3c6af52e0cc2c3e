/** Flags and marks as steps that can be taken back: by toast and by key, offline, in every tab, and at the server. */
import { expect, goOffline, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

const toast = (page: Page): Locator =>
  page.getByRole('status').filter({ has: page.getByRole('button', { name: 'Undo' }) })
const rowOf = (page: Page, id: string): Locator =>
  page.locator(`[data-view=messages] [role=listitem][data-email-id="${id}"]`)
const isFlagged = async (page: Page, id: string): Promise<void> =>
  expect(rowOf(page, id)).toHaveAttribute('data-flagged', '')
const isNotFlagged = async (page: Page, id: string): Promise<void> =>
  expect(rowOf(page, id)).not.toHaveAttribute('data-flagged')

/** Of the first row that is not flagged, which has the focus then. */
async function focusUnflagged(page: Page): Promise<string> {
  const row = rows(page).and(page.locator(':not([data-flagged])')).first()
  const id = (await row.getAttribute('data-email-id')) ?? ''
  await rowOf(page, id).getByRole('link').focus()
  return id
}

/** The server's word on it. */
function serverFlag(site: DemoSite, id: string): boolean | undefined {
  return site.server.accountOf('mara@lindqvist.example').emails.get(id)?.keywords.has('$flagged')
}

const atServer = (site: DemoSite, id: string, value: boolean): Promise<void> =>
  expect.poll(() => serverFlag(site, id)).toBe(value)

const sent = (page: Page): Promise<void> => expect(page.locator('html')).toHaveAttribute('data-outbox', '0')

test.beforeEach(async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
})

test('S flags, and Flagged and the server follow; the toast takes it back and gives the focus back', async ({
  page,
  site,
}) => {
  const id = await focusUnflagged(page)
  const flagged = page.getByRole('treeitem', { name: /^Flagged/ })
  await expect(flagged).toHaveAccessibleName('Flagged, 1')
  await page.keyboard.press('s')
  await isFlagged(page, id)
  await atServer(site, id, true)
  await expect(toast(page)).toContainText('1 conversation flagged')
  await expect(rowOf(page, id).getByRole('link')).toBeFocused()
  await expect(flagged).toHaveAccessibleName('Flagged, 2')
  await toast(page).getByRole('button', { name: 'Undo' }).focus()
  await page.keyboard.press('Enter')
  await isNotFlagged(page, id)
  await expect(toast(page)).toHaveCount(0)
  await expect(rowOf(page, id).getByRole('link')).toBeFocused()
  await atServer(site, id, false)
  await expect(flagged).toHaveAccessibleName('Flagged, 1')
})

test('the bar of an open conversation flags it, and takes the flag off; on a phone its menu does', async ({
  page,
  site,
}) => {
  // of one message: of several it is the newest that is flagged
  const single = rows(page)
    .and(page.locator(':not([data-flagged])'))
    .filter({ hasNot: page.locator('.count') })
  const id = (await single.first().getAttribute('data-email-id')) ?? ''
  await rowOf(page, id).getByRole('link').click()
  const bar = page.getByRole('toolbar', { name: 'Conversation tools' })
  await bar.getByRole('button', { name: 'Flag', exact: true }).click()
  await isFlagged(page, id)
  await atServer(site, id, true)
  await expect(bar.getByRole('button', { name: 'Remove flag' })).toBeFocused()
  await bar.getByRole('button', { name: 'Remove flag' }).click()
  await isNotFlagged(page, id)
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(bar.getByRole('button', { name: 'Flag', exact: true })).toHaveCount(0)
  await bar.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Flag', exact: true }).click()
  await atServer(site, id, true)
})

test('Z walks back over several steps, Shift Z forth, Ctrl Z too, and a flag outlives a reload', async ({
  page,
  site,
}) => {
  const first = await focusUnflagged(page)
  await page.keyboard.press('s')
  await isFlagged(page, first)
  const second = await focusUnflagged(page)
  await page.keyboard.press('s')
  await isFlagged(page, second)
  await page.keyboard.press('z')
  await isNotFlagged(page, second)
  await isFlagged(page, first)
  await page.keyboard.press('Control+z')
  await isNotFlagged(page, first)
  await page.keyboard.press('z')
  await expect(page.getByText('Nothing to undo')).toBeAttached()
  await page.keyboard.press('Shift+Z')
  await isFlagged(page, first)
  await page.keyboard.press('Control+Shift+z')
  await isFlagged(page, second)
  await atServer(site, second, true)
  await sent(page)
  await page.reload()
  await isFlagged(page, first)
  await isFlagged(page, second)
  expect([serverFlag(site, first), serverFlag(site, second)]).toEqual([true, true])
})

test('Ctrl Z in a field is the field’s', async ({ page }) => {
  const id = await focusUnflagged(page)
  await page.keyboard.press('s')
  await isFlagged(page, id)
  const field = page.getByRole('search').getByRole('searchbox').or(page.locator('[role=search] input')).first()
  await field.click()
  await field.pressSequentially('abc')
  await page.keyboard.press('Control+z')
  await expect(field).not.toHaveValue('abc')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await isFlagged(page, id)
})

test('what is ticked is flagged together and taken back together, and what was flagged before stays so', async ({
  page,
}) => {
  const already = await focusUnflagged(page)
  await page.keyboard.press('s')
  await isFlagged(page, already)
  const other = await focusUnflagged(page)
  for (const id of [already, other]) {
    await rowOf(page, id).getByRole('checkbox').focus()
    await page.keyboard.press('Space')
  }
  await page.keyboard.press('s')
  await isFlagged(page, other)
  await expect(toast(page)).toContainText('1 conversation flagged')
  await page.keyboard.press('z')
  await isNotFlagged(page, other)
  await isFlagged(page, already)
  await page.keyboard.press('s')
  await isFlagged(page, other)
  await page.getByRole('toolbar').getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Remove flag' }).click()
  await isNotFlagged(page, other)
  await isNotFlagged(page, already)
  await expect(toast(page)).toContainText('2 conversations no longer flagged')
})

test('an opened conversation is flagged, and marked as unread, and both are taken back', async ({ page, site }) => {
  const id = await focusUnflagged(page)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeFocused()
  await expect(rowOf(page, id)).not.toHaveAttribute('data-unread')
  await page.keyboard.press('s')
  await isFlagged(page, id)
  await expect(toast(page)).toContainText('Flagged')
  await page.keyboard.press('Shift+U')
  await expect(rowOf(page, id)).toHaveAttribute('data-unread', '')
  await page.keyboard.press('z')
  await expect(rowOf(page, id)).not.toHaveAttribute('data-unread')
  await page.keyboard.press('z')
  await isNotFlagged(page, id)
  // That the letter was read by itself is no step.
  await page.keyboard.press('z')
  await expect(page.getByText('Nothing to undo')).toBeAttached()
  await atServer(site, id, false)
})

test('offline it is taken back and done again, and the server hears the last word', async ({ context, page, site }) => {
  const id = await focusUnflagged(page)
  const other = await rows(page).and(page.locator(':not([data-flagged])')).nth(1).getAttribute('data-email-id')
  await page.keyboard.press('s')
  await isFlagged(page, id)
  // It shows before it is written, and the outbox is empty until then.
  await atServer(site, id, true)
  await sent(page)
  const comeBack = await goOffline(context, site)
  await page.keyboard.press('z')
  await isNotFlagged(page, id)
  await rowOf(page, other ?? '')
    .getByRole('link')
    .focus()
  await page.keyboard.press('s')
  await isFlagged(page, other ?? '')
  await page.keyboard.press('z')
  await isNotFlagged(page, other ?? '')
  await page.keyboard.press('Shift+Z')
  await isFlagged(page, other ?? '')
  expect([serverFlag(site, id), serverFlag(site, other ?? '')]).toEqual([true, false])
  await comeBack()
  await atServer(site, id, false)
  await atServer(site, other ?? '', true)
  await sent(page)
  await isNotFlagged(page, id)
  await isFlagged(page, other ?? '')
})

test('the other tab sees the flag, and that it was taken back', async ({ context, page, site }) => {
  const second = await context.newPage()
  await second.goto(page.url())
  await expect(rows(second).first()).toBeVisible()
  await page.bringToFront()
  const id = await focusUnflagged(page)
  await page.keyboard.press('s')
  await isFlagged(second, id)
  await page.keyboard.press('z')
  await isNotFlagged(second, id)
  await sent(page)
  expect(serverFlag(site, id)).toBe(false)
})
