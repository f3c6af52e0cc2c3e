/** The opened conversation in a real browser: frames, links, files, keys, and what the URL names. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

const row = (page: Page, text: string): Locator => rows(page).getByRole('link').filter({ hasText: text }).first()
const articles = (page: Page): Locator => page.locator('main article')
const painted = async (page: Page, subject: string | RegExp): Promise<void> => {
  await expect(page.locator('main h1')).toHaveText(subject)
  await expect(page.locator('main article[aria-busy=true]')).toHaveCount(0)
}

/** A conversation of HTML letters, each a screen high. */
function deliverThread(site: DemoSite, length: number): void {
  for (let n = 1; n <= length; n += 1) {
    const raw = [
      'From: Nadia Ruiz <nadia@remote.example>',
      'To: Mara Lindqvist <mara@lindqvist.example>',
      `Subject: ${n > 1 ? 'Re: ' : ''}A long talk`,
      `Message-ID: <talk-${String(n)}@remote.example>`,
      ...(n > 1 ? [`In-Reply-To: <talk-${String(n - 1)}@remote.example>`, 'References: <talk-1@remote.example>'] : []),
      `Date: ${new Date().toUTCString()}`,
      'Content-Type: text/html; charset=utf-8',
      '',
      `<div style="height:900px"><p>Letter number ${String(n)}</p></div>`,
      '',
    ].join('\r\n')
    site.server.accountOf('mara@lindqvist.example').deliver(raw)
  }
}

test('the frame of one conversation is used by the next, and is never loaded again', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await row(page, 'No. 112').click()
  await painted(page, 'No. 112: A small garden in the dark months')
  const frame = await page.locator('main article iframe').elementHandle({ timeout: 10_000 })
  await page.keyboard.press('j')
  await painted(page, 'Receipt for order 20931')
  await expect(page.frameLocator('main article iframe').locator('body')).toContainText('rye')
  expect(await frame.evaluate((element) => element.isConnected)).toBe(true)
  await page.keyboard.press('k')
  await painted(page, 'No. 112: A small garden in the dark months')
  expect(await frame.evaluate((element) => element.isConnected)).toBe(true)
  await expect(page.frameLocator('main article iframe').locator('body')).toContainText('Dear reader')
})

test('a neighbour is painted ahead out of sight, and its frame comes on screen as it is', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await row(page, 'No. 112').click()
  await painted(page, 'No. 112: A small garden in the dark months')
  const frames = page.locator('[data-aside] iframe')
  await expect(frames).not.toHaveCount(0)
  await expect.poll(() => frames.first().evaluate((frame) => frame.clientHeight)).toBeGreaterThan(100)
  const ahead = await frames.elementHandles()
  await page.keyboard.press('j')
  await painted(page, 'Receipt for order 20931')
  const shown = await page.locator('main article iframe').elementHandle({ timeout: 10_000 })
  const isOneOf = await shown.evaluate((frame, all) => all.includes(frame), ahead)
  expect(isOneOf).toBe(true)
  await expect(page.frameLocator('main article iframe').locator('body')).toContainText('rye')
  await expect(page.locator('main article iframe')).toHaveAttribute('title', /Letter from/)
  // Its links and keys are those of a letter on screen: J goes on from inside it.
  await page
    .frameLocator('main article iframe')
    .locator('body')
    .click({ position: { x: 5, y: 5 } })
  await page.keyboard.press('k')
  await painted(page, 'No. 112: A small garden in the dark months')
  expect(await page.locator('main iframe').count()).toBe(1)
})

test('no more than eight frames live in a long conversation, and every letter can be read', async ({ page, site }) => {
  deliverThread(site, 12)
  await signInToDemo(page, site)
  await waitForReady(page)
  await row(page, 'A long talk').click()
  await painted(page, /A long talk/)
  await page.keyboard.press(';')
  await expect(articles(page)).toHaveCount(12)
  await painted(page, /A long talk/)
  await expect.poll(() => page.locator('main iframe').count()).toBeLessThanOrEqual(8)
  for (const n of [12, 1, 7]) {
    const article = articles(page).nth(n - 1)
    // those above it grow as their frames come
    await expect(async () => {
      await article.scrollIntoViewIfNeeded()
      await expect(article.frameLocator('iframe').locator('body')).toContainText(/Letter number \d+/, { timeout: 1000 })
    }).toPass()
    expect(await page.locator('main iframe').count()).toBeLessThanOrEqual(8)
  }
})

test('a link shows its host before the click and opens apart from the app', async ({
  page,
  site,
  context,
  breaches,
}) => {
  await signInToDemo(page, site)
  await row(page, 'harbor/relay').click()
  const link = page.frameLocator('main article iframe').locator('a').first()
  await link.hover()
  await expect(page.locator('[data-link-target]')).toHaveText('forge.example')
  await context.route('https://forge.example/**', (route) => route.fulfill({ body: 'elsewhere' }))
  const opened = context.waitForEvent('page')
  await link.click()
  const other = await opened
  await other.waitForURL('https://forge.example/**')
  expect(await other.evaluate(() => window.opener === null && document.referrer === '')).toBe(true)
  await other.close()
  // what the page that was opened asks for is the one foreign request that a reader wants
  expect(breaches.splice(0).filter((breach) => !breach.startsWith('request to https://forge.example/'))).toEqual([])
})

test('an attachment is saved as bytes under its own name', async ({ page, site }) => {
  await signInToDemo(page, site)
  await row(page, 'Grandma').click()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: /^Download Seating plan.pdf/ }).click()
  const download = await saved
  expect(download.suggestedFilename()).toBe('Seating plan.pdf')
  expect(download.url()).toMatch(/^blob:/)
})

test('reading marks as read, and unread stays so until the conversation is left', async ({ page, site }) => {
  await signInToDemo(page, site)
  await row(page, 'Nordlicht').click()
  const item = rows(page).filter({ hasText: 'Nordlicht' }).first()
  await expect(item).not.toHaveAttribute('data-unread')
  await page.keyboard.press('Shift+U')
  await expect(item).toHaveAttribute('data-unread')
  await expect(page.locator('html')).toHaveAttribute('data-outbox', '0')
  await page.waitForTimeout(1500)
  await expect(item).toHaveAttribute('data-unread')
})

test('a link to a message opens it cold, and Esc leads out to its row', async ({ page, site }) => {
  await signInToDemo(page, site)
  await row(page, 'harbor/relay').click()
  await page.locator('main [data-folded]').click()
  const second = await articles(page).nth(1).getAttribute('data-email-id')
  await page.goto(`${page.url()}/${second ?? ''}`)
  const article = page.locator(`main article[data-email-id="${second ?? ''}"]`)
  await expect(article).toBeInViewport()
  await expect(article.locator('[data-fold]')).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('Escape')
  await expect(rows(page).getByRole('link').filter({ hasText: 'harbor/relay' }).first()).toBeFocused()
})

test('keys work inside a letter, and Esc leads from its text to the button that folds it', async ({ page, site }) => {
  await signInToDemo(page, site)
  await row(page, 'Grandma').click()
  await painted(page, 'Grandma’s 80th: who brings what')
  const frame = page.locator('main article iframe')
  await frame.focus()
  await page.keyboard.press('Escape')
  await expect(articles(page).last().locator('[data-fold]')).toBeFocused()
  await frame.focus()
  await page.keyboard.press('j')
  await painted(page, '[harbor/relay] Retry backoff ignores the server hint (#418)')
  await expect(page.locator('main h1')).toBeFocused()
})
