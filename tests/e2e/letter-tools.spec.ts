/** What can be done with a letter besides reading it: its menu, its source, its file, paper, and a window of its own. */
import { readFile } from 'node:fs/promises'
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

const row = (page: Page, text: string): Locator => rows(page).getByRole('link').filter({ hasText: text }).first()

async function open(page: Page, site: DemoSite, text: string): Promise<void> {
  await signInToDemo(page, site)
  await waitForReady(page)
  await row(page, text).click()
  await expect(page.locator('main article[aria-busy=true]')).toHaveCount(0)
}

const letterMenu = (page: Page): Locator => page.getByRole('button', { name: /^More for the message from/ }).last()

test('the menu of a letter is walked by key, and gives the focus back', async ({ page, site }) => {
  await open(page, site, 'harbor/relay')
  await letterMenu(page).focus()
  await page.keyboard.press('Enter')
  const menu = page.getByRole('menu')
  await expect(menu).toBeVisible()
  await expect(letterMenu(page)).toHaveAttribute('aria-expanded', 'true')
  const items = menu.getByRole('menuitem')
  await expect(items.first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(items.nth(1)).toBeFocused()
  await page.keyboard.press('End')
  await expect(items.last()).toBeFocused()
  await page.keyboard.press('p')
  await expect(menu.getByRole('menuitem', { name: 'Print this message' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(menu).toHaveCount(0)
  await expect(letterMenu(page)).toBeFocused()
})

test('the source is shown as text, and back closes it', async ({ page, site }) => {
  await open(page, site, 'harbor/relay')
  const path = new URL(page.url()).pathname
  await letterMenu(page).click()
  await page.getByRole('menuitem', { name: 'View source' }).click()
  const source = page.locator('[data-source]')
  await expect(source).toContainText('Content-Type:')
  await expect(source).toContainText('Subject:')
  await page.goBack()
  await expect(source).toHaveCount(0)
  expect(new URL(page.url()).pathname).toBe(path)
  await expect(page.locator('main h1')).toContainText('harbor/relay')
  // Closed by its button it leaves no entry behind: back leads out of the conversation.
  await letterMenu(page).click()
  await page.getByRole('menuitem', { name: 'View source' }).click()
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(source).toHaveCount(0)
  await expect(letterMenu(page)).toBeFocused()
})

test('a letter is saved as the file that came', async ({ page, site }) => {
  await open(page, site, 'harbor/relay')
  const saved = page.waitForEvent('download')
  await letterMenu(page).click()
  await page.getByRole('menuitem', { name: 'Save as .eml' }).click()
  const download = await saved
  expect(download.suggestedFilename()).toMatch(/^[^/\\:]+\.eml$/)
  const bytes = await readFile(await download.path(), 'utf8')
  expect(bytes).toMatch(/^(?:[\w-]+: .*\r?\n)/)
  expect(bytes).toContain('Subject: ')
})

test('a letter is printed whole, quotes open, from isolated frames of its own', async ({ page, site }) => {
  await page.addInitScript(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', '')
  })
  site.server
    .accountOf('mara@lindqvist.example')
    .deliver(
      [
        'From: Nadia Ruiz <nadia@remote.example>',
        'To: Mara Lindqvist <mara@lindqvist.example>',
        'Subject: On paper',
        'Message-ID: <paper@remote.example>',
        `Date: ${new Date().toUTCString()}`,
        'Content-Type: text/html; charset=utf-8',
        '',
        '<p>First line</p><div style="height:2600px">tall</div><p>Last line</p>' +
          '<div class="gmail_quote">On Monday Mara wrote:<blockquote>quoted words</blockquote></div>',
        '',
      ].join('\r\n'),
    )
  await open(page, site, 'On paper')
  await letterMenu(page).click()
  await page.getByRole('menuitem', { name: 'Print this message' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-printed', '')
  const sheet = page.locator('body > [data-print-sheet]')
  const frame = sheet.locator('iframe')
  await expect(frame).toHaveAttribute('sandbox', 'allow-scripts')
  const height = await frame.evaluate((element) => element.clientHeight)
  expect(height).toBeGreaterThan(2600)
  await expect(sheet.frameLocator('iframe').getByText('quoted words')).toHaveCount(1)
  await expect(sheet.frameLocator('iframe').locator('button')).toHaveCount(0)
  await page.emulateMedia({ media: 'print' })
  expect(await page.evaluate(() => getComputedStyle(document.querySelector('#app')!).display)).toBe('none')
  const pdf = (await page.pdf()).toString('latin1')
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0).toBeGreaterThanOrEqual(3)
  // the paper is gone with the print
  await expect(sheet).toHaveCount(0)
})

test('a conversation opens in a window of its own that cannot reach back', async ({ page, site, context }) => {
  await open(page, site, 'harbor/relay')
  const opened = context.waitForEvent('page')
  await page.getByRole('button', { name: 'More for this conversation' }).click()
  await page.getByRole('menuitem', { name: 'Open in its own window' }).click()
  const other = await opened
  await other.waitForLoadState()
  expect(await other.evaluate(() => window.opener === null)).toBe(true)
  expect(new URL(other.url()).pathname).toBe(new URL(page.url()).pathname)
})

test('words are found in all letters of a conversation, in frames, folds and plain text', async ({ page, site }) => {
  const send = (n: number, type: string, body: string): void => {
    site.server.accountOf('mara@lindqvist.example').deliver(
      [
        'From: Nadia Ruiz <nadia@remote.example>',
        'To: Mara Lindqvist <mara@lindqvist.example>',
        `Subject: ${n > 1 ? 'Re: ' : ''}Lost and found`,
        `Message-ID: <find-${String(n)}@remote.example>`,
        ...(n > 1 ? ['In-Reply-To: <find-1@remote.example>', 'References: <find-1@remote.example>'] : []),
        `Date: ${new Date().toUTCString()}`,
        `Content-Type: ${type}; charset=utf-8`,
        '',
        body,
      ].join('\r\n'),
      // of one moment they would stand in any order
      { receivedAt: Date.now() - (3 - n) * 60_000 },
    )
  }
  send(1, 'text/plain', 'A kestrel in plain words\r\n\r\n> and a kestrel in a quote')
  send(
    2,
    'text/html',
    '<p>The Kes<b>trel</b> in a letter</p><div class="gmail_quote">On Monday Mara wrote:<blockquote>kestrel</blockquote></div>',
  )
  await open(page, site, 'Lost and found')
  await page.getByRole('button', { name: 'More for this conversation' }).click()
  await page.getByRole('menuitem', { name: 'Find in conversation' }).click()
  const bar = page.getByRole('group', { name: 'Find in conversation' })
  await expect(bar.getByRole('textbox')).toBeFocused()
  await page.keyboard.type('kestrel')
  await expect(bar).toContainText('1 of 4')
  // a letter that is marked as read meanwhile is another for its view, and none for the finder
  await expect(
    page.locator('[data-view=messages] [role=listitem][data-unread]', { hasText: 'Lost and found' }),
  ).toHaveCount(0)
  await page.keyboard.press('Shift+Enter')
  await expect(bar).toContainText('4 of 4')
  // the hit in the folded quote stands open
  await expect(page.frameLocator('main article iframe[title]').getByText('kestrel', { exact: true })).toBeVisible()
  const marks = page
    .frameLocator('main article iframe[title]')
    .locator('body')
    .evaluate(() => [...CSS.highlights.entries()].map(([name, ranges]) => [name, ranges.size]))
  expect(await marks).toEqual([
    ['postern-found', 2],
    ['postern-current', 1],
  ])
  await page.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'More for this conversation' })).toBeFocused()
  const left = await page
    .frameLocator('main article iframe[title]')
    .locator('body')
    .evaluate(() => CSS.highlights.size)
  expect(left).toBe(0)
})
