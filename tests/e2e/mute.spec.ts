/** Mute: a conversation leaves the Inbox, and what comes later does not get there. */
import { oneLineLetter } from '../support/one-line-letter.ts'
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

type Account = ReturnType<DemoSite['server']['accountOf']>

const accountOf = (site: DemoSite): Account => site.server.accountOf('mara@lindqvist.example')

function deliver(site: DemoSite, subject: string, id: string, to?: string): string {
  const raw = oneLineLetter({
    subject,
    messageId: `${id}@remote.example`,
    references: to === undefined ? undefined : `${to}@remote.example`,
  })
  return accountOf(site).deliver(raw).id
}

function at(site: DemoSite, id: string): { roles: (string | null)[]; isMuted: boolean } {
  const account = accountOf(site)
  const { mailboxIds, keywords } = account.living(id)
  const roles = [...mailboxIds].map((each) => account.mailboxes.get(each)?.role ?? null)
  return { roles, isMuted: keywords.has('$muted') }
}

const row = (page: Page, subject: string): ReturnType<typeof rows> => rows(page).filter({ hasText: subject })

test.beforeEach(async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
})

test('M puts a conversation away, and its replies; the row says so; M again ends it', async ({ page, site }) => {
  const first = deliver(site, 'The fence again', 'fence')
  await row(page, 'The fence again').getByRole('link').focus()
  await page.keyboard.press('m')
  await expect(row(page, 'The fence again')).toHaveCount(0)
  await expect(
    page.getByRole('status').filter({ hasText: 'skips the Inbox while Postern is open' }).first(),
  ).toBeVisible()
  await expect.poll(() => at(site, first)).toEqual({ roles: ['archive'], isMuted: true })
  const reply = deliver(site, 'Re: The fence again', 'fence-2', 'fence')
  await expect.poll(() => at(site, reply), { timeout: 15_000 }).toEqual({ roles: ['archive'], isMuted: true })
  expect(accountOf(site).living(reply).keywords.has('$seen')).toBe(true)
  await page.getByRole('treeitem', { name: /^Archive/ }).click()
  const muted = row(page, 'The fence again').getByRole('link')
  await expect(muted).toHaveAccessibleName(/, muted/)
  await muted.focus()
  await page.keyboard.press('m')
  await expect(muted).not.toHaveAccessibleName(/, muted/)
  for (const id of [first, reply]) await expect.poll(() => at(site, id)).toEqual({ roles: ['archive'], isMuted: false })
})

test('Z takes it back; the open conversation says that it is muted, and its menu ends it', async ({ page, site }) => {
  const id = deliver(site, 'The fence again', 'fence')
  await row(page, 'The fence again').getByRole('link').focus()
  await page.keyboard.press('m')
  await expect.poll(() => at(site, id)).toEqual({ roles: ['archive'], isMuted: true })
  await page.keyboard.press('z')
  await expect(row(page, 'The fence again')).toHaveCount(1)
  await expect.poll(() => at(site, id)).toEqual({ roles: ['inbox'], isMuted: false })
  await page.keyboard.press('Z')
  await expect.poll(() => at(site, id)).toEqual({ roles: ['archive'], isMuted: true })
  await page.getByRole('treeitem', { name: /^Archive/ }).click()
  await row(page, 'The fence again').getByRole('link').click()
  const main = page.locator('main')
  await expect(main.getByText('Muted: what comes skips the Inbox')).toBeVisible()
  await main.getByRole('toolbar').getByRole('button', { name: /^More/ }).click()
  await page.getByRole('menuitem', { name: /^No longer mute/ }).click()
  await expect(main.getByText('Muted: what comes skips the Inbox')).toHaveCount(0)
  await expect.poll(() => at(site, id)).toEqual({ roles: ['archive'], isMuted: false })
})
