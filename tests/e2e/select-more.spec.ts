/** All that a list shows, or a search finds at the server: labelled, muted, snoozed and put away, and taken back. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

type Account = ReturnType<DemoSite['server']['accountOf']>
type Stored = Account['emails'] extends Map<string, infer Email> ? Email : never

const accountOf = (site: DemoSite): Account => site.server.accountOf('mara@lindqvist.example')
const toolbar = (page: Page): Locator => page.getByRole('toolbar')
const having = (site: DemoSite, keyword: string): string[] =>
  [...accountOf(site).emails.values()]
    .filter((email) => email.keywords.has(keyword))
    .map(({ id }) => id)
    .toSorted()
const states = (site: DemoSite): string[] =>
  [...accountOf(site).emails.values()].map((email) => stateOf(email)).toSorted()
const inbox = (site: DemoSite): ReadonlySet<Stored> => accountOf(site).mailboxByRole('inbox')?.emails ?? new Set()

function stateOf({ id, mailboxIds, keywords }: Stored): string {
  return [id, ...[...mailboxIds].toSorted(), ...[...keywords].toSorted()].join(' ')
}

async function selectAll(page: Page): Promise<void> {
  await rows(page).first().getByRole('link').focus()
  await page.keyboard.press('x')
  await toolbar(page)
    .getByRole('button', { name: /^Select all / })
    .click()
  await expect(toolbar(page).getByRole('button', { name: 'Clear', exact: true })).toBeVisible()
}

async function search(page: Page): Promise<void> {
  await page.keyboard.press('/')
  await expect(page.locator('[role=search] input')).toBeFocused()
  await page.keyboard.type('lindqvist')
  await expect(page).toHaveURL(/\?q=lindqvist$/)
}

async function fromMenu(page: Page, name: string): Promise<void> {
  await toolbar(page).getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name }).click()
}

test.describe(() => {
  test.use({ demo: { messages: 900 } })

  test.beforeEach(async ({ page, site }) => {
    await signInToDemo(page, site)
    await waitForReady(page)
  })

  test('all but one of the Inbox get a label, shown at once though the server is away, and Undo takes it from what had none', async ({
    page,
    site,
  }) => {
    const first = await rows(page).first().getAttribute('data-email-id')
    accountOf(site).setKeywords(first ?? '', { $label2: true })
    await expect(rows(page).first().locator('.label')).toHaveText(['Work'])
    const labelled = page.locator('[data-view=messages] .label').filter({ hasText: 'Work' })
    await selectAll(page)
    await rows(page)
      .nth(1)
      .getByRole('link')
      .click({ modifiers: ['ControlOrMeta'] })
    const left = await rows(page).nth(1).getAttribute('data-thread-id')
    const mend = site.server.faults.add({ match: {}, do: { kind: 'dropBefore' } })
    await page.keyboard.press('l')
    const picker = page.getByRole('dialog', { name: /^Labels of / })
    await picker.getByRole('combobox').fill('work')
    await page.keyboard.press('Enter')
    await expect(picker).toHaveCount(0)
    await expect(toolbar(page)).toHaveCount(0)
    await expect(rows(page).nth(0).locator('.label')).toHaveText(['Work'])
    await expect(rows(page).nth(2).locator('.label')).toHaveText(['Work'])
    await expect(rows(page).nth(1).locator('.label')).toHaveCount(0)
    await expect(page.getByText(/^[\d,]+ of [\d,]+ conversations labelled Work/).first()).toBeVisible()
    expect(having(site, '$label2')).toEqual([first])
    mend()
    const meant = [...inbox(site)].filter(({ thread }) => thread.id !== left).map(({ id }) => id)
    await expect.poll(() => having(site, '$label2'), { timeout: 30_000 }).toEqual(meant.toSorted())
    await page.keyboard.press('z')
    await expect.poll(() => having(site, '$label2')).toEqual([first])
    await expect(labelled).toHaveCount(1)
  })

  test('all of the Inbox are muted by M and by the menu no longer, and snoozed; each is taken back exactly', async ({
    page,
    site,
  }) => {
    const before = states(site)
    const thread = await rows(page).first().getAttribute('data-thread-id')
    await selectAll(page)
    await page.keyboard.press('m')
    await expect(rows(page)).toHaveCount(0)
    await expect(page.getByText(/^All [\d,]+ conversations muted\./).first()).toBeVisible()
    await expect.poll(() => inbox(site).size).toBe(0)
    await page.getByRole('treeitem', { name: /^Archive/ }).click()
    await expect(rows(page).first().getByRole('link')).toHaveAccessibleName(/muted/i)
    const muted = having(site, '$muted')
    await selectAll(page)
    await fromMenu(page, 'No longer mute')
    await expect.poll(() => having(site, '$muted')).toEqual([])
    await page.keyboard.press('z')
    await expect.poll(() => having(site, '$muted')).toEqual(muted)
    await page.keyboard.press('z')
    await expect.poll(() => states(site)).toEqual(before)
    await page
      .getByRole('treeitem', { name: /^Inbox/ })
      .first()
      .click()
    await expect(rows(page).first()).toHaveAttribute('data-thread-id', thread ?? '')
    await selectAll(page)
    await page.keyboard.press('b')
    await page
      .getByRole('dialog', { name: /^Snooze All / })
      .getByRole('button', { name: /^Tomorrow/ })
      .click()
    await expect(rows(page)).toHaveCount(0)
    await expect.poll(() => inbox(site).size).toBe(0)
    await page.getByRole('treeitem', { name: /^Snoozed/ }).click()
    await expect(rows(page).first().getByRole('link')).toHaveAccessibleName(/snoozed until/)
    // Letters rest in the tree.
    await page.keyboard.press('Control+z')
    await expect.poll(() => states(site)).toEqual(before)
  })
})

test.describe(() => {
  test.use({ demo: { messages: 400 } })

  test('all that a search finds are flagged and archived at the server, loaded or not, and taken back', async ({
    page,
    site,
  }) => {
    const account = accountOf(site)
    const found = [...account.emails.values()].filter(({ mailboxIds }) =>
      [...mailboxIds].some((id) => !['junk', 'trash'].includes(account.mailboxes.get(id)?.role ?? '')),
    )
    expect(found.length).toBeGreaterThan(200)
    await signInToDemo(page, site)
    await waitForReady(page)
    const before = states(site)
    const flagged = having(site, '$flagged').length
    await search(page)
    await expect(page.getByText(/conversations in all mail, without Junk and Trash/).first()).toBeVisible()
    await selectAll(page)
    await expect(
      toolbar(page).getByText(/^All [\d,]+ conversations found are selected: what is done is done to the messages/),
    ).toBeVisible()
    await page.keyboard.press('s')
    await expect(toolbar(page)).toHaveCount(0)
    await expect.poll(() => having(site, '$flagged').length).toBeGreaterThan(flagged + 100)
    await page.keyboard.press('z')
    await expect.poll(() => states(site)).toEqual(before)
    await selectAll(page)
    await rows(page)
      .first()
      .getByRole('link')
      .click({ modifiers: ['ControlOrMeta'] })
    const left = await rows(page).first().getAttribute('data-thread-id')
    await toolbar(page).getByRole('button', { name: 'Archive' }).click()
    await expect.poll(() => inbox(site).size).toBeLessThan(found.length - 100)
    expect([...inbox(site)].some(({ thread }) => thread.id === left)).toBe(true)
    await page.keyboard.press('z')
    await expect.poll(() => states(site)).toEqual(before)
  })

  test('what is found on this device alone is not among all, and while the server is away all cannot be selected', async ({
    page,
    site,
  }) => {
    await signInToDemo(page, site)
    await waitForReady(page)
    site.server.faults.add({ match: {}, do: { kind: 'dropBefore' } })
    await search(page)
    await expect(rows(page).first()).toBeVisible()
    await rows(page).first().getByRole('link').focus()
    await page.keyboard.press('x')
    await expect(toolbar(page).getByText('All can be selected once it has answered.')).toBeVisible()
    await expect(toolbar(page).getByRole('button', { name: /^Select all / })).toHaveCount(0)
  })
})
