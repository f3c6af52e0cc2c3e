/**
 * Hostile mails on the ways beside reading: source, paper, details. Every tenth mail of the corpus and all that are made
 * for these ways; any foreign request, breach of the policy, dialog, window or uncaught error fails.
 */
import { join } from 'node:path'
import { readCorpus } from '../hostile/corpus.ts'
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Page } from '@playwright/test'

const corpus = join(import.meta.dirname, '../fixtures/hostile')

test.use({ demo: { messages: 0, mail: corpus } })

async function openMenu(page: Page, item: string): Promise<void> {
  await page
    .getByRole('button', { name: /^More for the message from/ })
    .last()
    .click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('no hostile mail does anything as source, on paper or in its details', async ({ page, site, context }) => {
  test.setTimeout(150_000)
  const mails = await readCorpus(corpus)
  const opened: string[] = []
  context.on('page', (other) => opened.push(other.url()))
  page.on('dialog', (dialog) => {
    opened.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.addInitScript(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', '')
  })
  await signInToDemo(page, site)
  await waitForReady(page)
  const total = Number(await rows(page).first().getAttribute('aria-setsize'))
  expect(total).toBeGreaterThan(200)
  await rows(page).first().getByRole('link').click()
  let driven = 0
  for (let at = 0; at < mails.length; at += 10) {
    // the steps have led there, and its letter stands
    await expect(page.getByRole('toolbar')).toContainText(`${String(at + 1)} of `)
    await expect(page.locator('main article[aria-busy=false]').first()).toBeVisible({ timeout: 25_000 })
    await expect(page.locator('main article[aria-busy=true]')).toHaveCount(0, { timeout: 25_000 })
    await page.locator('main article [data-details]').last().click()
    await expect(page.getByRole('region', { name: 'Details' }).first()).toBeVisible()
    await openMenu(page, 'View source')
    await expect(page.locator('[data-source] pre').first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.locator('[data-source]')).toHaveCount(0)
    await openMenu(page, 'Print this message')
    await expect(page.locator('html')).toHaveAttribute('data-printed', '', { timeout: 25_000 })
    await page.evaluate(() => {
      document.documentElement.removeAttribute('data-printed')
      window.dispatchEvent(new Event('afterprint'))
    })
    await expect(page.locator('[data-print-sheet]')).toHaveCount(0)
    driven += 1
    for (let step = 0; step < 10 && at + step + 1 < mails.length; step += 1) await page.keyboard.press('j')
  }
  expect(driven).toBe(Math.ceil(mails.length / 10))
  expect(opened).toEqual([])
})
