/** Snooze: out of sight until an hour, in a mailbox of its own; undone, offline, brought back by hand and by its hour. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

type Account = ReturnType<DemoSite['server']['accountOf']>

const accountOf = (site: DemoSite): Account => site.server.accountOf('mara@lindqvist.example')
const HOUR = /^postern-until-\d+$/

/** Where a message stands at the server, and the keywords that say an hour. */
function at(site: DemoSite, id: string): { roles: (string | null)[]; hours: string[] } {
  const account = accountOf(site)
  const { mailboxIds, keywords } = account.living(id)
  return {
    roles: [...mailboxIds].map((each) => account.mailboxes.get(each)?.role ?? null),
    hours: [...keywords].filter((keyword) => HOUR.test(keyword)),
  }
}

const firstId = async (page: Page): Promise<string> => (await rows(page).first().getAttribute('data-email-id')) ?? ''
const rowOf = (page: Page, id: string): ReturnType<typeof rows> =>
  page.locator(`[data-view=messages] [data-email-id="${id}"]`)
const snoozed = (page: Page): ReturnType<Page['locator']> => page.getByRole('treeitem', { name: /^Snoozed/ })

test.beforeEach(async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await page.keyboard.press('j')
  await expect(page.locator('[data-view=messages] a:focus')).toBeVisible()
})

async function snoozeUntilTomorrow(page: Page): Promise<void> {
  await page.keyboard.press('b')
  const dialog = page.getByRole('dialog', { name: /^Snooze/ })
  await expect(dialog.getByRole('button', { name: /^(?:Later today|This evening|Tomorrow)/ }).first()).toBeFocused()
  await expect(dialog).toContainText('when Postern is next open after that hour')
  await dialog.getByRole('button', { name: /^Tomorrow/ }).click()
  await expect(dialog).toHaveCount(0)
}

test('B puts the focused conversation to sleep; Snoozed shows its hour, and Z takes it back', async ({
  page,
  site,
}) => {
  const id = await firstId(page)
  await snoozeUntilTomorrow(page)
  await expect(rowOf(page, id)).toHaveCount(0)
  await expect(rows(page).first().getByRole('link')).toBeFocused()
  await expect(page.getByRole('status').filter({ hasText: 'snoozed until' }).first()).toBeVisible()
  await expect.poll(() => at(site, id).roles).toEqual(['snoozed'])
  expect(at(site, id).hours).toHaveLength(1)
  // a total, as with drafts
  await expect(snoozed(page)).toHaveAccessibleName(/^Snoozed, 1$|^Snoozed, 1 conversation/)
  await snoozed(page).click()
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page).getByRole('link')).toHaveAccessibleName(/snoozed until/)
  // the keyword is a note, not a label
  await expect(rows(page)).not.toContainText('postern-until')
  // letters rest in the tree
  await rows(page).getByRole('link').focus()
  await page.keyboard.press('z')
  await expect(rows(page)).toHaveCount(0)
  await expect.poll(() => at(site, id)).toEqual({ roles: ['inbox'], hours: [] })
})

test('offline it is gone at once, and arrives with the network', async ({ page, site }) => {
  const id = await firstId(page)
  const mend = site.server.faults.add({ match: {}, do: { kind: 'dropBefore' } })
  await snoozeUntilTomorrow(page)
  await expect(rowOf(page, id)).toHaveCount(0)
  await expect(snoozed(page)).toBeVisible()
  expect(at(site, id).roles).toEqual(['inbox'])
  mend()
  await expect.poll(() => at(site, id).roles, { timeout: 30_000 }).toEqual(['snoozed'])
})

test('an hour of one’s own is picked; one that is over is not taken', async ({ page, site }) => {
  const id = await firstId(page)
  await page.keyboard.press('b')
  const dialog = page.getByRole('dialog', { name: /^Snooze/ })
  const field = dialog.getByLabel('Another day and time')
  await field.fill('2020-01-01T09:00')
  await dialog.getByRole('button', { name: 'Snooze', exact: true }).click()
  await expect(dialog.getByRole('alert')).toHaveText('Choose an hour that is still to come.')
  await field.fill('2035-03-04T09:30')
  await dialog.getByRole('button', { name: 'Snooze', exact: true }).click()
  // by the clock of the page's zone
  const minutes = await page.evaluate(() => new Date('2035-03-04T09:30').getTime() / 60_000)
  await expect.poll(() => at(site, id)).toEqual({ roles: ['snoozed'], hours: [`postern-until-${String(minutes)}`] })
})

test('several at once, from the bar; brought back now, from the menu of the row', async ({ page, site }) => {
  const [one, two] = await rows(page).evaluateAll((all) =>
    all.slice(0, 2).map((row) => row.getAttribute('data-email-id') ?? ''),
  )
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.getByRole('toolbar').getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: /^Snooze/ }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Tomorrow/ })
    .click()
  for (const id of [one, two]) await expect.poll(() => at(site, id ?? '').roles).toEqual(['snoozed'])
  await snoozed(page).click()
  await expect(rows(page)).toHaveCount(2)
  await rowOf(page, one ?? '').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Bring back now' }).click()
  await expect(rows(page)).toHaveCount(1)
  await expect.poll(() => at(site, one ?? '')).toEqual({ roles: ['inbox'], hours: [] })
})

test('the open conversation is put to sleep from its menu, and the next one is opened', async ({ page, site }) => {
  const id = await firstId(page)
  await page.keyboard.press('Enter')
  await expect(page.locator('main article [aria-expanded=true]').first()).toBeVisible()
  const heading = page.locator('main h1')
  const first = await heading.textContent()
  await page.locator('main').getByRole('toolbar').getByRole('button', { name: /^More/ }).click()
  await page.getByRole('menuitem', { name: /^Snooze/ }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Tomorrow/ })
    .click()
  await expect(heading).not.toHaveText(first ?? '')
  await expect.poll(() => at(site, id).roles).toEqual(['snoozed'])
})

test('comes back unread at its hour, in both of two tabs', async ({ page, context, site }) => {
  const id = await firstId(page)
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(rows(other).first()).toBeVisible()
  await snoozeUntilTomorrow(page)
  await expect.poll(() => at(site, id).roles).toEqual(['snoozed'])
  const account = accountOf(site)
  const tomorrow = at(site, id).hours[0] ?? ''
  account.setKeywords(id, { $seen: true })
  await expect(rowOf(other, id)).toHaveCount(0)
  // its hour has come
  account.setKeywords(id, { [tomorrow]: false, [`postern-until-${String(Math.floor(Date.now() / 60_000) - 1)}`]: true })
  for (const tab of [page, other]) await expect(rowOf(tab, id)).toHaveCount(1, { timeout: 15_000 })
  await expect.poll(() => at(site, id)).toEqual({ roles: ['inbox'], hours: [] })
  expect(account.living(id).keywords.has('$seen')).toBe(false)
})
