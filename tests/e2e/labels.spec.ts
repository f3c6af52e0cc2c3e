/** Labels: seen in rows and letters, put on and taken off by L, at once, undoable, and at the server. */
import { expect, rows, signInToDemo, test, tick, waitForReady } from './fixtures.ts'
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

function keywordsOf(site: DemoSite, id: string): string[] {
  return [...site.server.accountOf(owner).living(id).keywords].filter((keyword) => keyword !== '$seen').sort()
}

const picker = (page: Page): Locator => page.getByRole('dialog', { name: /^Labels of / })
const field = (page: Page): Locator => picker(page).getByRole('combobox', { name: 'Find or create a label' })

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

test('L asks for labels, puts one on at once and says so; Z takes it off, Shift Z puts it on again', async ({
  page,
  site,
}) => {
  await start(page, site)
  await page.keyboard.press('j')
  const row = rows(page).first()
  const id = await idOf(row)
  await page.keyboard.press('l')
  await expect(picker(page)).toHaveAccessibleName('Labels of 1 conversation')
  await expect(field(page)).toBeFocused()
  await field(page).fill('wor')
  await expect(picker(page).getByRole('option')).toHaveText([/Work/, /Create “wor”/])
  await page.keyboard.press('Enter')
  await expect(picker(page)).toHaveCount(0)
  await expect(row.locator('.label')).toHaveText(['Work'])
  await expect(row.getByRole('link')).toBeFocused()
  await expect(page.getByText('1 conversation labelled Work').first()).toBeVisible()
  await expect.poll(() => keywordsOf(site, id)).toContain('$label2')
  await page.keyboard.press('z')
  await expect(row.locator('.label')).toHaveCount(0)
  await expect.poll(() => keywordsOf(site, id)).not.toContain('$label2')
  await page.keyboard.press('Z')
  await expect(row.locator('.label')).toHaveText(['Work'])
  await expect.poll(() => keywordsOf(site, id)).toContain('$label2')
})

test('several at once on what is ticked, one of them new, offline too; Esc changes nothing', async ({ page, site }) => {
  await start(page, site)
  const both = [rows(page).nth(0), rows(page).nth(1)]
  const ids = await Promise.all(both.map(idOf))
  await tick(page, ...both)
  await page.keyboard.press('l')
  await field(page).press('Space')
  await expect(picker(page).getByRole('option', { name: 'Important' })).toBeChecked()
  await page.keyboard.press('Escape')
  await expect(picker(page)).toHaveCount(0)
  const mend = site.server.faults.add({ match: {}, do: { kind: 'dropBefore' } })
  await page.keyboard.press('l')
  await field(page).press('Space')
  await field(page).fill('To pay')
  await page.keyboard.press('Enter')
  for (const row of both) await expect(row.locator('.label')).toHaveText(['Important', 'To pay'])
  await expect(page.getByText('2 conversations: labels changed').first()).toBeVisible()
  expect(ids.flatMap((id) => keywordsOf(site, id))).not.toContain('to_pay')
  mend()
  for (const id of ids)
    await expect
      .poll(() => keywordsOf(site, id), { timeout: 30_000 })
      .toEqual(expect.arrayContaining(['$label1', 'to_pay']))
})

test('in a conversation L takes off what any letter of it has', async ({ page, site }) => {
  await start(page, site)
  const row = rows(page).first()
  const id = await idOf(row)
  set(site, id, 'invoices')
  await expect(row.locator('.label')).toHaveText(['invoices'])
  await row.getByRole('link').click()
  await expect(page.getByRole('main').getByText('invoices').first()).toBeVisible()
  await page.keyboard.press('l')
  await expect(picker(page)).toHaveAccessibleName('Labels of this conversation')
  await expect(picker(page).getByRole('option', { name: 'invoices' })).toBeChecked()
  await picker(page).getByRole('option', { name: 'invoices' }).click()
  await picker(page).getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByRole('main').getByText('invoices')).toHaveCount(0)
  await expect(page.getByText('Conversation: invoices taken off').first()).toBeVisible()
  await expect.poll(() => keywordsOf(site, id)).not.toContain('invoices')
})

test('settings name, colour and hide a label, where it shows at once and after a reload; and take that back', async ({
  page,
  site,
}) => {
  await start(page, site)
  const row = rows(page).first()
  set(site, await idOf(row), '$label1', 'invoices')
  await expect(row.locator('.label')).toHaveText(['Important', 'invoices'])
  const dot = row.locator('.dot').first()
  const ink = (): Promise<string> => dot.evaluate((node) => getComputedStyle(node).backgroundColor)
  const before = await ink()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Labels' }).click()
  const entry = (name: string): Locator =>
    page.locator('details', { has: page.locator('summary').getByText(name, { exact: true }) })
  await entry('Important').locator('summary').click()
  const named = entry('Important').getByRole('textbox', { name: 'Name' })
  await named.fill('INVOICES')
  await named.press('Enter')
  await expect(named).toHaveAccessibleDescription('Another label is called “INVOICES” already.')
  await named.fill('To answer')
  await named.press('Enter')
  await expect(entry('To answer').getByText('Keyword on the server: $label1')).toBeVisible()
  await entry('To answer').getByRole('radio', { name: 'Teal' }).check()
  await entry('invoices').locator('summary').click()
  await entry('invoices').getByRole('switch', { name: 'Show it on mail' }).click()
  await expect(entry('invoices').locator('summary').getByText('Hidden')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(row.locator('.label')).toHaveText(['To answer'])
  await expect.poll(ink).not.toBe(before)
  await page.reload()
  await expect(row.locator('.label')).toHaveText(['To answer'])
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Labels' }).click()
  await entry('To answer').locator('summary').click()
  await entry('To answer').getByRole('button', { name: 'As it was: name and colour of To answer' }).click()
  await entry('invoices').locator('summary').click()
  await entry('invoices').getByRole('switch', { name: 'Show it on mail' }).click()
  await page.keyboard.press('Escape')
  await expect(row.locator('.label')).toHaveText(['Important', 'invoices'])
  await expect.poll(ink).toBe(before)
})

test('what another program marked as deleted is struck, and said to be; or hidden, in every tab at once', async ({
  context,
  page,
  site,
}) => {
  await start(page, site)
  // of one message: of several all have to be
  const row = rows(page)
    .filter({ hasNot: page.locator('.count') })
    .first()
  const subject = row.locator('.subject')
  const line = (): Promise<string> => subject.evaluate((node) => getComputedStyle(node).textDecorationLine)
  expect(await line()).toBe('none')
  set(site, await idOf(row), '$deleted')
  await expect(row.getByRole('link')).toHaveAccessibleName(/, marked as deleted$/)
  await expect.poll(line).toBe('line-through')

  const id = await idOf(row)
  const second = await context.newPage()
  await second.goto(page.url())
  const hidden = (tab: Page): Locator => rows(tab).and(tab.locator(`[data-email-id="${id}"]`))
  await expect(hidden(second)).toBeVisible()
  const count = Number(await rows(page).first().getAttribute('aria-setsize'))
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Reading' }).click()
  await page.getByRole('switch', { name: 'Hide what is marked as deleted' }).click()
  await page.keyboard.press('Escape')
  for (const tab of [page, second]) {
    await expect(rows(tab).first()).toHaveAttribute('aria-setsize', String(count - 1))
    await expect(hidden(tab)).toHaveCount(0)
  }
  site.server.accountOf(owner).setKeywords(id, { $deleted: false })
  await expect(hidden(page)).toBeVisible()
  await expect(rows(page).first()).toHaveAttribute('aria-setsize', String(count))
})
