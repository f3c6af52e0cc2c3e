/** Files that lie, files that harm, and PDF: drawn in an isolated frame, closed by back, here without a network. */
import { IS_ALL_KEPT, KEEP_REST } from '../support/kept-shell.ts'
import { mailWithFiles, type SentFile } from '../support/mail-with-files.ts'
import { japanese, pdfOf } from '../support/pdf-file.ts'
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { DemoSite } from '../../demo/http/serve.ts'
import type { Locator, Page } from '@playwright/test'

test.use({ demo: { messages: 0 } })

async function openFiles(page: Page, site: DemoSite, files: readonly SentFile[]): Promise<Locator> {
  const mail = mailWithFiles('attachments', 'Files to look at', files)
  site.server.accountOf('mara@lindqvist.example').deliver(mail)
  await signInToDemo(page, site)
  await waitForReady(page)
  await rows(page).getByRole('link').filter({ hasText: 'Files to look at' }).first().click()
  await expect(page.locator('main article[aria-busy=true]')).toHaveCount(0)
  const list = page.getByRole('list', { name: 'Attachments' })
  await expect(list.getByRole('listitem')).toHaveCount(files.length)
  return list
}

const report = (pages: number): SentFile => ({
  type: 'application/pdf',
  name: 'report.pdf',
  content: pdfOf(Array.from({ length: pages }, (_, index) => `Words of page ${String(index + 1)}`)),
})

test('a PDF of 500 pages is drawn with its text, only near the view', async ({ page, site }) => {
  const list = await openFiles(page, site, [report(500)])
  await list.getByRole('button', { name: /^Show report.pdf/ }).click()
  const preview = page.getByRole('dialog', { name: 'report.pdf' })
  await expect(preview.locator('[data-pdf=drawn]')).toBeVisible()
  await expect(preview.locator('iframe')).toHaveAttribute('sandbox', 'allow-scripts')
  const frame = preview.frameLocator('iframe')
  await expect(frame.getByRole('region', { name: 'Page 1', exact: true })).toContainText('Words of page 1')
  await expect(frame.locator('section.page')).toHaveCount(500)
  await expect(preview.getByText('Page 1 of 500')).toBeVisible()
  await expect(frame.getByRole('link')).toHaveAttribute('href', 'about:blank#https://tidewater.example/invoice')
  // where a link goes is shown before the press, and goes through the app
  await frame.getByRole('link').hover()
  await expect(preview.locator('[data-link-target]')).toHaveText('tidewater.example')
  const last = frame.getByRole('region', { name: 'Page 500', exact: true })
  await last.scrollIntoViewIfNeeded()
  await expect(last).toContainText('Words of page 500')
  await expect(frame.getByRole('region', { name: 'Page 1', exact: true })).toBeEmpty()
  await expect.poll(() => frame.locator('canvas').count()).toBeLessThanOrEqual(6)
  await preview.getByRole('button', { name: 'Larger' }).click()
  await expect(preview.getByRole('button', { name: 'fit to the width' })).toHaveText('125 %')
  await expect(last).toContainText('Words of page 500')
})

test('on a phone back closes a PDF, whose code is kept for when there is no network', async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const list = await openFiles(page, site, [report(3)])
  // what is fetched with the first such file is kept before one is opened
  await page.evaluate(KEEP_REST)
  await expect.poll(() => page.evaluate(IS_ALL_KEPT)).toBe(true)
  await list.getByRole('button', { name: /^Show report.pdf/ }).click()
  const preview = page.getByRole('dialog', { name: 'report.pdf' })
  await expect(preview.locator('[data-pdf=drawn]')).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.locator('main h1')).toHaveText('Files to look at')
  // opened once, the file is on the device: neither the mail nor the app has a server now
  await site.close()
  await page.reload()
  await list.getByRole('button', { name: /^Show report.pdf/ }).click()
  await expect(preview.locator('[data-pdf=drawn]')).toBeVisible()
  await expect(preview.frameLocator('iframe').getByRole('region', { name: 'Page 1' })).toContainText('Words of page 1')
})

test('a file is shown as what it is, or not at all; what harms asks before it is saved', async ({ page, site }) => {
  const list = await openFiles(page, site, [
    {
      type: 'image/png',
      name: 'photo.png',
      content: '<svg xmlns="http://www.w3.org/2000/svg"><script>parent.x=1</script></svg>',
    },
    { type: 'application/pdf', name: 'bill.pdf', content: '<html><script>parent.x=1</script></html>' },
    { type: 'application/pdf', name: 'damaged.pdf', content: '%PDF-1.7\nnothing more' },
    { type: 'application/pdf', name: 'old.pdf', content: pdfOf(['words'], { font: japanese }) },
    { type: 'application/octet-stream', name: 'invoice.pdf.exe', content: 'MZ\0\0' },
  ])
  const close = page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true })
  for (const [name, sentence] of [
    ['photo.png', 'This file says that it is a picture, but it is a drawing in SVG'],
    ['bill.pdf', 'This file says that it is a PDF document, but it is a web page'],
    ['damaged.pdf', 'This PDF is damaged and cannot be shown'],
  ] as const) {
    await list.getByRole('button', { name: new RegExp(`^Show ${name}`) }).click()
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText(sentence)
    await expect(page.getByRole('dialog').locator('iframe')).toHaveCount(0)
    await close.click()
  }
  await list.getByRole('button', { name: /^Show old.pdf/ }).click()
  await expect(page.getByText('Some characters of this document cannot be shown here')).toBeVisible()
  await expect(page.locator('[data-pdf=drawn]')).toBeVisible()
  await close.click()
  const program = list.getByRole('button', { name: 'Download invoice.pdf.exe, Program' })
  await program.click()
  const question = page.getByRole('alertdialog', { name: 'Save invoice.pdf.exe?' })
  await expect(question).toContainText('This file is a program.')
  await question.getByRole('button', { name: 'Do not save' }).click()
  await expect(question).toHaveCount(0)
  await program.click()
  const saved = page.waitForEvent('download')
  await question.getByRole('button', { name: 'Save anyway' }).click()
  expect((await saved).suggestedFilename()).toBe('invoice.pdf.exe')
})
