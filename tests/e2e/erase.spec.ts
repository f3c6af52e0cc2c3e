/** Deleting for ever: in Trash and Junk, asked first, gone at once, and at the server. */
import { expect, goOffline, rows, signInToDemo, test, tick, waitForReady } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

const owner = 'mara@lindqvist.example'

const ids = (page: Page): Promise<string[]> =>
  rows(page).evaluateAll((all) => all.slice(0, 6).map((row) => row.getAttribute('data-email-id') ?? ''))
const lives = (site: DemoSite, id: string): boolean => site.server.accountOf(owner).emails.has(id)
const question = (page: Page): Locator => page.getByRole('alertdialog')

/** Opens a mailbox of the tree, and gives its first row the focus. */
async function enter(
  page: Page,
  site: DemoSite,
  [name, role]: readonly ['Trash', 'trash'] | readonly ['Junk', 'junk'],
  alsoIn: 'inbox' | null = null,
): Promise<string[]> {
  const account = site.server.accountOf(owner)
  const to = account.mailboxByRole(role)?.id ?? ''
  const inbox = account.mailboxByRole('inbox')
  const others = alsoIn ? [account.mailboxByRole(alsoIn)?.id ?? ''] : []
  for (const { id } of [...(inbox?.emails ?? [])].slice(0, 8)) account.move(id, [to, ...others])
  await signInToDemo(page, site)
  await waitForReady(page)
  await page.getByRole('treeitem', { name: new RegExp(`^${name}`) }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await rows(page).first().getByRole('link').focus()
  return ids(page)
}

test('# in Trash asks; Esc, Cancel and a press beside it change nothing, and the focus returns', async ({
  page,
  site,
}) => {
  const [first = ''] = await enter(page, site, ['Trash', 'trash'])
  await page.keyboard.press('#')
  await expect(question(page)).toHaveAccessibleName('Delete 1 conversation for ever?')
  await expect(question(page)).toContainText('This cannot be undone.')
  await expect(question(page).getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(question(page)).toHaveCount(0)
  await expect(rows(page).first().getByRole('link')).toBeFocused()
  await page.keyboard.press('#')
  await question(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(question(page)).toHaveCount(0)
  expect(lives(site, first)).toBe(true)
  expect((await ids(page))[0]).toBe(first)
})

test('said yes to, it is gone at once and at the server, and Z does not pretend to bring it back', async ({
  page,
  site,
}) => {
  const before = await enter(page, site, ['Trash', 'trash'])
  await page.keyboard.press('#')
  await question(page).getByRole('button', { name: 'Delete for ever' }).click()
  await expect.poll(() => ids(page)).not.toContain(before[0])
  await expect(rows(page).first()).toHaveAttribute('data-email-id', before[1] ?? '')
  await expect(rows(page).first().getByRole('link')).toBeFocused()
  await expect.poll(() => lives(site, before[0] ?? '')).toBe(false)
  expect(lives(site, before[1] ?? '')).toBe(true)
  await page.keyboard.press('z')
  await expect(page.getByText('Nothing to undo')).toBeAttached()
})

test('the button to empty Junk comes late, and no row moves for it', async ({ page, site }) => {
  const account = site.server.accountOf(owner)
  const junk = account.mailboxByRole('junk')?.id ?? ''
  for (const { id } of [...(account.mailboxByRole('inbox')?.emails ?? [])].slice(0, 8)) account.move(id, [junk])
  await page.addInitScript(() => {
    const tops = new Set<number>()
    Object.assign(window, { tops })
    const look = (): void => {
      const row = document.querySelector('[data-view=messages] [role=listitem]:not([aria-busy=true])')
      const isJunk = document.querySelector('h1')?.textContent === 'Junk'
      if (row && isJunk) tops.add(Math.round(row.getBoundingClientRect().top))
      requestAnimationFrame(look)
    }
    look()
  })
  await signInToDemo(page, site)
  await page.getByRole('treeitem', { name: /^Junk/ }).click()
  await expect(page.getByRole('button', { name: 'Empty Junk' })).toBeVisible()
  await expect(rows(page).first()).toBeVisible()
  expect(await page.evaluate(() => [...(window as unknown as { tops: Set<number> }).tops])).toHaveLength(1)
})

test('what is ticked in Junk is counted, offline it waits, and it dies when the server is back', async ({
  page,
  site,
}) => {
  const before = await enter(page, site, ['Junk', 'junk'])
  await tick(page, rows(page).nth(0), rows(page).nth(1), rows(page).nth(2))
  const mend = site.server.faults.add({ match: {}, do: { kind: 'dropBefore' } })
  await page.getByRole('toolbar', { name: '3 selected' }).getByRole('button', { name: 'Delete' }).click()
  await expect(question(page)).toHaveAccessibleName('Delete 3 conversations for ever?')
  await question(page).getByRole('button', { name: 'Delete for ever' }).click()
  await expect(rows(page).first()).toHaveAttribute('data-email-id', before[3] ?? '')
  expect(lives(site, before[0] ?? '')).toBe(true)
  mend()
  for (const id of before.slice(0, 3)) await expect.poll(() => lives(site, id), { timeout: 30_000 }).toBe(false)
})

test('from the opened conversation the next one is opened; what the Inbox holds as well stays there', async ({
  page,
  site,
}) => {
  const account = site.server.accountOf(owner)
  const inbox = account.mailboxByRole('inbox')?.id ?? ''
  const shown = await enter(page, site, ['Trash', 'trash'], 'inbox')
  const both = shown.find((id) => account.living(id).mailboxIds.has(inbox)) ?? ''
  await rows(page)
    .and(page.locator(`[data-email-id="${both}"]`))
    .getByRole('link')
    .focus()
  await page.keyboard.press('Enter')
  const heading = page.locator('main h1')
  await expect(page.locator('main article [aria-expanded=true]').first()).toBeVisible()
  const subject = (await heading.textContent()) ?? ''
  await page.keyboard.press('#')
  await expect(question(page)).toHaveAccessibleName('Delete this conversation for ever?')
  await expect(question(page)).toContainText('stay there')
  await question(page).getByRole('button', { name: 'Delete for ever' }).click()
  await expect(heading).not.toHaveText(subject)
  await expect.poll(() => [...account.living(both).mailboxIds]).toEqual([inbox])
})

test('Empty Trash asks with the count; the list is empty at once, offline too, and so is the server later', async ({
  context,
  page,
  site,
}) => {
  await enter(page, site, ['Trash', 'trash'])
  const account = site.server.accountOf(owner)
  const trash = account.mailboxByRole('trash')
  const count = trash?.emails.size ?? 0
  const comeBack = await goOffline(context, site)
  await page.getByRole('button', { name: 'Empty Trash' }).click()
  await expect(question(page)).toHaveAccessibleName(`Delete all ${String(count)} messages in Trash for ever?`)
  await page.keyboard.press('Escape')
  await expect(rows(page)).not.toHaveCount(0)
  await page.getByRole('button', { name: 'Empty Trash' }).click()
  await question(page).getByRole('button', { name: 'Delete for ever' }).click()
  await expect(rows(page)).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Trash' }).getByText('Emptying Trash')).toBeVisible()
  expect(trash?.emails.size).toBe(count)
  await comeBack()
  await expect.poll(() => trash?.emails.size).toBe(0)
  await expect(page.getByRole('region', { name: 'Trash' }).getByText('Emptying Trash')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Empty Trash' })).toHaveCount(0)
})

test('Empty Trash can be stopped before it was sent: all of it stands there again', async ({ page, site }) => {
  const before = await enter(page, site, ['Trash', 'trash'])
  site.server.faults.add({ match: {}, do: { kind: 'dropBefore' } })
  await page.getByRole('button', { name: 'Empty Trash' }).click()
  await question(page).getByRole('button', { name: 'Delete for ever' }).click()
  await expect(rows(page)).toHaveCount(0)
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect.poll(() => ids(page)).toEqual(before)
})
