/** Where the reader goes when the open conversation is put away: by key, by button and on the phone. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

test.use({ demo: { messages: 60 } })

const heading = (page: Page): ReturnType<Page['locator']> => page.locator('main h1')

/** On the Inbox, after the choice was made. */
async function start(page: Page, site: DemoSite, choice: string): Promise<void> {
  await signInToDemo(page, site)
  await waitForReady(page)
  if ((page.viewportSize()?.width ?? 0) < 600) await page.getByRole('button', { name: 'Mailboxes' }).click()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Reading' }).click()
  const choices = page.getByRole('radiogroup', { name: 'After the open conversation is put away' })
  await choices.getByRole('radio', { name: choice }).check()
  await page.goto(site.url)
  await expect(rows(page).first()).toBeVisible()
}

async function subjectOf(page: Page, at: number): Promise<string> {
  return (await rows(page).nth(at).locator('.subject').textContent())?.trim().replace(/^(?:Re: )+/, '') ?? ''
}

async function open(page: Page, at: number): Promise<string | null> {
  const row = rows(page).nth(at)
  const id = await row.getAttribute('data-email-id')
  await row.getByRole('link').click()
  await expect(page.locator('main article [aria-expanded=true]').first()).toBeVisible()
  return id
}

const gone = (page: Page, id: string | null): Promise<void> =>
  expect(page.locator(`[role=listitem][data-email-id="${id ?? ''}"]`)).toHaveCount(0)

for (const [choice, at, next] of [
  ['Older one', 1, 2],
  ['Newer one', 1, 0],
  // the first has none that is newer
  ['Newer one', 0, 1],
] as const) {
  test(`${choice}, by a key, from row ${String(at)} of the list`, async ({ page, site }) => {
    await start(page, site, choice)
    const subject = await subjectOf(page, next)
    const id = await open(page, at)
    await page.keyboard.press('e')
    await expect(heading(page)).toContainText(subject)
    await gone(page, id)
    await expect(
      page.locator('[data-view=messages] [role=listitem]', { has: page.locator('[aria-current]') }),
    ).toContainText(subject)
  })
}

test('Older one, from the last row of the list: the one before it', async ({ page, site }) => {
  await start(page, site, 'Older one')
  await rows(page).first().getByRole('link').focus()
  await page.keyboard.press('End')
  const last = rows(page).last()
  await expect(last.getByRole('link')).toBeFocused()
  const subject = await subjectOf(page, -2)
  const id = await last.getAttribute('data-email-id')
  await page.keyboard.press('Enter')
  await expect(page.locator('main article [aria-expanded=true]').first()).toBeVisible()
  await page.keyboard.press('e')
  await expect(heading(page)).toContainText(subject)
  await gone(page, id)
})

test('Back to the list: the focus is on the row that took its place, and nothing is open', async ({ page, site }) => {
  await start(page, site, 'Back to the list')
  const subject = await subjectOf(page, 2)
  const id = await open(page, 1)
  await page.keyboard.press('#')
  await gone(page, id)
  await expect(page.locator('main article')).toHaveCount(0)
  const row = rows(page).nth(1)
  await expect(row).toContainText(subject)
  await expect(row.getByRole('link')).toBeFocused()
})

test('Newer one, by the row’s menu and from the list beside it', async ({ page, site }) => {
  await start(page, site, 'Newer one')
  const subject = await subjectOf(page, 1)
  const id = await open(page, 2)
  await rows(page).nth(2).click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Archive/ }).click()
  await expect(heading(page)).toContainText(subject)
  await gone(page, id)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  for (const [choice, next] of [
    ['Newer one', 1],
    ['Back to the list', undefined],
  ] as const) {
    test(`${choice}, by the conversation's menu`, async ({ page, site }) => {
      await start(page, site, choice)
      const subject = next === undefined ? undefined : await subjectOf(page, next)
      const id = await open(page, 2)
      await page.getByRole('button', { name: 'More for this conversation' }).click()
      await page.getByRole('menuitem', { name: 'Move to…' }).click()
      await page.getByRole('option', { name: /^\s*Archive/ }).click()
      if (subject === undefined) await expect(rows(page).first()).toBeVisible()
      else await expect(heading(page)).toContainText(subject)
      if (subject !== undefined) await page.goBack()
      await expect(rows(page).first()).toBeVisible()
      await gone(page, id)
    })
  }
})
