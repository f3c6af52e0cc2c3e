/** Design §5a, Letter: its order, its frame, its way in and out, and what the frame's builder makes of mail HTML. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { DemoSite } from '../../demo/http/serve.ts'
import type { Page } from '@playwright/test'

function deliverHtml(site: DemoSite, subject: string, html: string): void {
  const raw = [
    'From: Ada Reader <ada@remote.example>',
    'To: Mara Lindqvist <mara@lindqvist.example>',
    `Subject: ${subject}`,
    `Message-ID: <${subject.replaceAll(' ', '-')}@remote.example>`,
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    html,
    '--b',
    'Content-Type: text/plain; name=notes.txt',
    'Content-Disposition: attachment; filename=notes.txt',
    '',
    'A file.',
    '--b--',
    '',
  ].join('\r\n')
  site.server.accountOf('mara@lindqvist.example').deliver(raw)
}

async function open(page: Page, site: DemoSite, subject: string, html: string): Promise<void> {
  deliverHtml(site, subject, html)
  await signInToDemo(page, site)
  await waitForReady(page)
  await rows(page).filter({ hasText: subject }).first().getByRole('link').click()
  await expect(page.locator('main h1')).toHaveText(subject)
  await expect(page.locator('main article[aria-busy=true]')).toHaveCount(0)
}

test('Letter: an article of heading with its fold button, notices, frame and files, in this order', async ({
  page,
  site,
}) => {
  await open(page, site, 'In order', '<p>Text with <img src="https://pictures.example/a.png" width=90 height=90></p>')
  const article = page.getByRole('article', { name: /Ada Reader/ })
  await expect(article).toHaveCount(1)
  await expect(article.getByRole('button', { name: /notes\.txt/ }).first()).toBeVisible()
  const order = await article.evaluate((node) => {
    const tops = [
      node.querySelector('h2 [data-fold][aria-expanded]'),
      [...node.querySelectorAll('button')].find((button) => /show once|show/i.test(button.textContent)),
      node.querySelector('iframe'),
      [...node.querySelectorAll('*')].find((one) => one.children.length === 0 && one.textContent === 'notes.txt'),
    ]
    return tops.map((element, index) => {
      const next = tops[index + 1]
      if (!element) return 'missing'
      return !next || (element.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
    })
  })
  expect(order).toEqual([true, true, true, true])
})

test('Letter: the frame is titled; Tab passes through its links and out, Esc returns to the fold button', async ({
  page,
  site,
}) => {
  await open(
    page,
    site,
    'Two links',
    '<p><a href="https://one.example/">one</a> and <a href="https://two.example/">two</a></p>',
  )
  const frame = page.locator('main article iframe')
  await expect(frame).toHaveAttribute('title', /^Letter from Ada Reader, .+/)
  const inside = page.frameLocator('main article iframe')
  const focused = (): Promise<string> =>
    inside.locator('body').evaluate(() => (document.hasFocus() ? (document.activeElement?.textContent ?? '') : ''))
  await frame.focus()
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('one')
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('two')
  await page.keyboard.press('Tab')
  await expect(
    page
      .locator('main article')
      .getByRole('button', { name: /notes\.txt/ })
      .first(),
  ).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  expect(await focused()).toBe('two')
  await page.keyboard.press('Escape')
  await expect(page.locator('main article [data-fold]')).toBeFocused()
})

test('Letter: an empty frame is no Tab stop', async ({ page, site }) => {
  await open(page, site, 'Nothing to follow', '<p>No link in here.</p>')
  const frames = page.locator('main iframe')
  await expect(frames).not.toHaveCount(0)
  const stops = await page.evaluate(() =>
    [...document.querySelectorAll('iframe')].map((frame) => ({
      isShown: frame.closest('main article') !== null && frame.closest('[inert]') === null,
      isStop: frame.tabIndex >= 0 && frame.closest('[inert]') === null && frame.checkVisibility(),
    })),
  )
  // Frames that wait out of sight are never reached; the letter's own may be, since its text scrolls and is read there.
  expect(stops.filter(({ isShown, isStop }) => !isShown && isStop)).toEqual([])
})

test('Letter: the builder lowers headings, unnames layout tables and spacers, keeps lang and dir', async ({
  page,
  site,
}) => {
  await open(
    page,
    site,
    'Built by rules',
    [
      '<div lang="fr" dir="rtl">Bonjour</div><p dir="auto">Automatic</p>',
      '<h1>Top</h1><h2>Second</h2><h3>Third</h3>',
      '<table id="layout"><tr><td>one</td></tr></table>',
      '<table id="data"><tr><th>Name</th></tr><tr><td>Ada</td></tr></table>',
      '<img id="spacer" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7" width="1" height="1">',
    ].join(''),
  )
  const inside = page.frameLocator('main article iframe')
  await expect(inside.getByText('Bonjour')).toHaveAttribute('lang', 'fr')
  await expect(inside.getByText('Bonjour')).toHaveAttribute('dir', 'rtl')
  const levels = await inside
    .locator('h1, h2, h3')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-level')))
  expect(levels).toEqual(['3', '4', '5'])
  await expect(inside.locator('table').first()).toHaveAttribute('role', 'presentation')
  await expect(inside.locator('table').nth(1)).not.toHaveAttribute('role', /.*/)
  await expect(inside.locator('img')).toHaveAttribute('alt', '')
  await expect(inside.getByText('Automatic')).toHaveAttribute('dir', 'auto')
})
