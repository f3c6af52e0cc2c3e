/** Files of a letter: looked at in isolation, letters in letters, and all of them as one file. */
import { readFile } from 'node:fs/promises'
import { mailWithFiles, type SentFile } from '../support/mail-with-files.ts'
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC'

const inner = (subject: string, body: string): string =>
  [
    'From: Inner <inner@remote.example>',
    'To: Mara Lindqvist <mara@lindqvist.example>',
    `Subject: ${subject}`,
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    '',
    body,
  ].join('\r\n')

function deliverFiles(site: DemoSite): void {
  const hostile = '<p>Inside <a href="https://forge.example/x">a link</a></p><script>parent.x=1</script>'
  const plain = (type: string, name: string, content: string): SentFile => ({ type, name, content, encoding: '7bit' })
  const mail = mailWithFiles('files', 'Many files', [
    { type: 'image/png', name: 'dot.png', content: Buffer.from(png, 'base64') },
    plain('text/plain; charset=utf-8', 'notes.txt', 'Notes <b>as they are</b>'),
    plain('message/rfc822', 'forwarded.eml', inner('The letter within', hostile)),
    plain('application/pdf', '../../evil.pdf', 'not really'),
    plain('text/plain', 'notes.txt', ''),
  ])
  site.server.accountOf('mara@lindqvist.example').deliver(mail)
}

async function openFiles(page: Page, site: DemoSite): Promise<Locator> {
  deliverFiles(site)
  await signInToDemo(page, site)
  await waitForReady(page)
  await rows(page).getByRole('link').filter({ hasText: 'Many files' }).first().click()
  await expect(page.locator('main article[aria-busy=true]')).toHaveCount(0)
  const list = page.getByRole('list', { name: 'Attachments' })
  await expect(list.getByRole('listitem')).toHaveCount(5)
  return list
}

test('pictures and texts are looked at in an isolated frame; arrows go on, Esc and back close', async ({
  page,
  site,
}) => {
  const list = await openFiles(page, site)
  await list.getByRole('button', { name: /^Show dot.png/ }).click()
  const preview = page.getByRole('dialog', { name: 'dot.png' })
  const frame = preview.locator('iframe')
  await expect(frame).toHaveAttribute('sandbox', 'allow-scripts')
  const picture = preview.frameLocator('iframe').locator('img')
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(10)
  await page.keyboard.press('ArrowRight')
  const text = page.getByRole('dialog', { name: 'notes.txt' })
  await expect(text.frameLocator('iframe').locator('pre')).toHaveText('Notes <b>as they are</b>')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await list
    .getByRole('button', { name: /^Show notes.txt/ })
    .first()
    .click()
  await expect(text).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.locator('main h1')).toHaveText('Many files')
})

test('a letter in a letter is shown by the same pipeline', async ({ page, site }) => {
  const list = await openFiles(page, site)
  await list.getByRole('button', { name: /^Show forwarded.eml/ }).click()
  const message = page.locator('[data-message-level="1"]')
  await expect(message.getByRole('heading', { name: 'The letter within' })).toBeVisible()
  await expect(message).toContainText('Inner <inner@remote.example>')
  const link = message.frameLocator('iframe').getByRole('link', { name: 'a link' })
  await link.hover()
  await expect(page.getByRole('dialog').locator('[data-link-target]')).toHaveText('forge.example')
  expect(await page.evaluate(() => 'x' in window)).toBe(false)
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(message).toHaveCount(0)
})

test('all files are saved as one, with safe and distinct names', async ({ page, site }) => {
  await openFiles(page, site)
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save all' }).click()
  const download = await saved
  expect(download.suggestedFilename()).toBe('Many files.zip')
  const zip = await readFile(await download.path())
  for (const name of ['dot.png', 'notes.txt', 'notes (2).txt', 'forwarded.eml', '_.._evil.pdf'])
    expect(zip.includes(name), name).toBe(true)
  expect(zip.includes('Notes <b>as they are</b>')).toBe(true)
})

test('a letter wider than its pane is scaled to fit, and one far wider scrolls', async ({ page, site }) => {
  for (const [subject, width] of [
    ['Rather wide', 1100],
    ['Far too wide', 4000],
  ] as const) {
    site.server
      .accountOf('mara@lindqvist.example')
      .deliver(
        [
          'From: Nadia Ruiz <nadia@remote.example>',
          `Subject: ${subject}`,
          `Message-ID: <${String(width)}@remote.example>`,
          `Date: ${new Date().toUTCString()}`,
          'Content-Type: text/html; charset=utf-8',
          '',
          `<table width="${String(width)}" style="width:${String(width)}px"><tr><td>wide</td></tr></table>`,
        ].join('\r\n'),
      )
  }
  await signInToDemo(page, site)
  await waitForReady(page)
  const measure = async (subject: string): Promise<{ over: number; zoom: number }> => {
    await rows(page).getByRole('link').filter({ hasText: subject }).first().click()
    await expect(page.locator('main h1')).toHaveText(subject)
    await expect(page.locator('main article[aria-busy=true]')).toHaveCount(0)
    return page
      .frameLocator('main article iframe')
      .locator('body')
      .evaluate((body) => {
        const root = document.documentElement
        return { over: root.scrollWidth - root.clientWidth, zoom: Number(body.style.getPropertyValue('zoom') || 1) }
      })
  }
  const wide = await measure('Rather wide')
  expect(wide.over).toBeLessThanOrEqual(0)
  expect(wide.zoom).toBeLessThan(1)
  const huge = await measure('Far too wide')
  expect(huge.zoom).toBe(0.5)
  expect(huge.over).toBeGreaterThan(0)
})

test('an invitation is told above the letter, in the reader’s time and theirs', async ({ page, site }) => {
  const calendar = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    'UID:walk',
    'SUMMARY:Harbour walk and planning',
    'DTSTART;TZID=Asia/Tokyo:20261126T190000',
    'DTEND;TZID=Asia/Tokyo:20261126T203000',
    'LOCATION:Pier 4\\, by the old crane',
    'ORGANIZER;CN=Jonas Okafor:mailto:jonas@tidewater.example',
    'ATTENDEE:mailto:mara@lindqvist.example',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n')
  site.server
    .accountOf('mara@lindqvist.example')
    .deliver(
      [
        'From: Jonas Okafor <jonas@tidewater.example>',
        'To: Mara Lindqvist <mara@lindqvist.example>',
        'Subject: Invitation: Harbour walk',
        'Message-ID: <walk@tidewater.example>',
        `Date: ${new Date().toUTCString()}`,
        'MIME-Version: 1.0',
        'Content-Type: multipart/alternative; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain; charset=utf-8',
        '',
        'Hello all,',
        '--b',
        'Content-Type: text/calendar; charset=utf-8; method=REQUEST',
        '',
        calendar,
        '--b--',
        '',
      ].join('\r\n'),
    )
  await signInToDemo(page, site)
  await waitForReady(page)
  await rows(page).getByRole('link').filter({ hasText: 'Harbour walk' }).first().click()
  const card = page.getByRole('group', { name: 'Invitation: Harbour walk and planning' })
  await expect(card).toBeVisible()
  await expect(card).toContainText('in Tokyo')
  await expect(card).toContainText('your time')
  await expect(card).toContainText('Pier 4, by the old crane')
  await expect(card).toContainText('Jonas Okafor (organiser)')
  // what stands below it keeps its place when the card comes: it had its room before
  expect(await card.evaluate((node) => node.clientHeight)).toBeLessThanOrEqual(154)
})
