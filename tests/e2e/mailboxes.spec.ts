/** Making, renaming, moving and deleting mailboxes: from the sidebar, at once, undoable, offline too, and at the server. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'
import type { MailAccount } from '../../demo/server/jmap-server.ts'

const accountOf = (site: DemoSite): MailAccount => site.server.accountOf('mara@lindqvist.example')
const item = (page: Page, name: string): Locator => page.getByRole('treeitem', { name, exact: true })
const names = (site: DemoSite): string[] => [...accountOf(site).mailboxes.values()].map(({ name }) => name)
const parentOf = (site: DemoSite, name: string): string | undefined => {
  const all = [...accountOf(site).mailboxes.values()]
  const mailbox = all.find((each) => each.name === name)
  return all.find(({ id }) => id === mailbox?.parentId)?.name
}
const offline = (site: DemoSite): (() => void) => site.server.faults.add({ match: {}, do: { kind: 'dropBefore' } })
const said = (page: Page, words: string): Locator => page.getByRole('status').filter({ hasText: words }).first()

/** With "Trips" and "Rome" inside of it, one letter in each. */
async function start(page: Page, site: DemoSite): Promise<void> {
  const account = accountOf(site)
  const trips = account.createMailbox({ name: 'Trips' })
  const rome = account.createMailbox({ name: 'Rome', parentId: trips.id })
  for (const { id, name } of [trips, rome])
    account.deliver(`Subject: A letter in ${name}\nFrom: a@example.test\nMessage-ID: <${name}@example.test>\n\nHello`, {
      mailboxIds: [id],
      keywords: ['$seen'],
    })
  await signInToDemo(page, site)
  await waitForReady(page)
}

async function choose(page: Page, mailbox: string, action: string): Promise<void> {
  await item(page, mailbox).click({ button: 'right' })
  await page.getByRole('menuitem', { name: action }).click()
}

test('New mailbox asks for name and place, says what is wrong, and makes it at once; Z and Shift Z', async ({
  page,
  site,
}) => {
  await start(page, site)
  await page.getByRole('button', { name: 'New mailbox' }).click()
  const dialog = page.getByRole('dialog', { name: 'New mailbox' })
  const field = dialog.getByRole('textbox', { name: 'Name' })
  await expect(field).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('Type a name.')).toBeVisible()
  await field.fill(' Trips ')
  await expect(dialog.getByText('There is a mailbox of that name already.')).toBeVisible()
  await dialog.getByRole('combobox', { name: 'Inside' }).selectOption({ label: 'Trips' })
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(item(page, 'Trips')).toHaveCount(2)
  await expect(said(page, 'Mailbox “Trips” created')).toBeVisible()
  await expect.poll(() => names(site).filter((name) => name === 'Trips')).toHaveLength(2)
  await page.keyboard.press('z')
  await expect(item(page, 'Trips')).toHaveCount(1)
  await expect.poll(() => names(site).filter((name) => name === 'Trips')).toHaveLength(1)
  await page.keyboard.press('Shift+Z')
  await expect.poll(() => names(site).filter((name) => name === 'Trips')).toHaveLength(2)
  await expect(item(page, 'Trips')).toHaveCount(2)
})

test('F2 renames the mailbox that has the focus, and gives it back', async ({ page, site }) => {
  await start(page, site)
  await item(page, 'Rome').focus()
  await page.keyboard.press('F2')
  const field = page.getByRole('dialog', { name: 'Rename “Rome”' }).getByRole('textbox', { name: 'Name' })
  await expect(field).toHaveValue('Rome')
  await page.keyboard.type('Paris')
  await page.keyboard.press('Enter')
  await expect(item(page, 'Paris')).toBeFocused()
  await expect.poll(() => names(site)).toContain('Paris')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(item(page, 'Rome')).toBeVisible()
  await expect.poll(() => names(site)).toContain('Rome')
})

test('the menu moves it: out of and into others, never into itself', async ({ page, site }) => {
  await start(page, site)
  accountOf(site).createMailbox({ name: 'Maps' })
  await expect(item(page, 'Maps')).toBeVisible({ timeout: 30_000 })
  await item(page, 'Trips').focus()
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Move…' }).click()
  const picker = page.getByRole('dialog', { name: 'Move “Trips” into' })
  await expect(picker.getByRole('option', { name: /^Rome/ })).toHaveAttribute('aria-disabled', 'true')
  await expect(picker.getByRole('option', { name: /^No other mailbox/ })).toHaveAttribute('aria-disabled', 'true')
  await picker.getByRole('combobox').fill('maps')
  await page.keyboard.press('Enter')
  await expect(item(page, 'Trips')).toHaveAttribute('aria-level', '2')
  await expect(said(page, '“Trips” moved into “Maps”')).toBeVisible()
  await expect.poll(() => parentOf(site, 'Trips')).toBe('Maps')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(item(page, 'Trips')).toHaveAttribute('aria-level', '1')
  await expect.poll(() => parentOf(site, 'Trips')).toBeUndefined()
})

test('mailboxes are put in another order by menu and keys, which keep the focus; undone, and offline too', async ({
  page,
  site,
}) => {
  await start(page, site)
  const account = accountOf(site)
  for (const name of ['Alps', 'Zoo']) account.createMailbox({ name })
  await expect(item(page, 'Zoo')).toBeVisible({ timeout: 30_000 })
  const order = async (): Promise<string> => {
    const all = await page.getByRole('treeitem').allTextContents()
    return all
      .map((text) => text.trim())
      .filter((text) => /^(?:Alps|Trips|Rome|Zoo)$/.test(text))
      .join(' ')
  }
  expect(await order()).toBe('Alps Trips Rome Zoo')
  await choose(page, 'Zoo', 'Move up')
  await expect(said(page, '“Zoo” moved up')).toBeVisible()
  await expect.poll(order).toBe('Alps Zoo Trips Rome')
  await expect(item(page, 'Zoo')).toBeFocused()
  const mend = offline(site)
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(order).toBe('Zoo Alps Trips Rome')
  await expect(item(page, 'Zoo')).toBeFocused()
  mend()
  const second = await page.context().newPage()
  await second.goto(page.url())
  const there = second.getByRole('treeitem', { name: 'Zoo', exact: true })
  const places = ['Zoo', 'Alps', 'Trips'].map((name) =>
    second.getByRole('treeitem', { name, exact: true }).evaluate((node) => node.getBoundingClientRect().top),
  )
  await expect(there).toBeVisible()
  const tops = await Promise.all(places)
  expect(tops).toEqual(tops.toSorted((a, b) => a - b))
  const sortOrder = (name: string): number =>
    [...account.mailboxes.values()].find((each) => each.name === name)?.sortOrder ?? 0
  await expect.poll(() => sortOrder('Zoo') < sortOrder('Alps'), { timeout: 30_000 }).toBe(true)
  await page.keyboard.press('ControlOrMeta+z')
  await page.keyboard.press('ControlOrMeta+z')
  await expect.poll(order).toBe('Alps Trips Rome Zoo')
})

test('a mailbox is hidden with what lies in it, undone, and shown again in the settings', async ({ page, site }) => {
  await start(page, site)
  const subscribed = (name: string): boolean | undefined =>
    [...accountOf(site).mailboxes.values()].find((each) => each.name === name)?.isSubscribed
  await choose(page, 'Trips', 'Hide from the sidebar')
  await expect(item(page, 'Trips')).toHaveCount(0)
  await expect(item(page, 'Rome')).toHaveCount(0)
  await expect.poll(() => [subscribed('Trips'), subscribed('Rome')]).toEqual([false, false])
  await page.keyboard.press('ControlOrMeta+z')
  await expect(item(page, 'Rome')).toBeVisible()
  await page.keyboard.press('Shift+Z')
  await expect(item(page, 'Trips')).toHaveCount(0)
  // mail can still be moved there
  await page.keyboard.press('j')
  await expect(page.locator('[data-view=messages] a:focus')).toBeVisible()
  await page.keyboard.press('v')
  await expect(page.getByRole('option', { name: /^Trips/ })).toBeVisible()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Mailboxes' }).click()
  const turn = page.getByRole('switch', { name: 'Trips', exact: true })
  await expect(turn).not.toBeChecked()
  await turn.click()
  await expect(turn).toBeChecked()
  await expect(page.getByRole('switch', { name: 'Trips / Rome' })).toBeChecked()
  await page.keyboard.press('Escape')
  await expect(item(page, 'Rome')).toBeVisible()
  await expect.poll(() => [subscribed('Trips'), subscribed('Rome')]).toEqual([true, true])
})

test('a mailbox has a colour, in every tab and after a reload, until that is taken back', async ({
  context,
  page,
  site,
}) => {
  await start(page, site)
  const ink = (tab: Page): Promise<string> =>
    item(tab, 'Trips')
      .locator('.icon')
      .last()
      .evaluate((node) => getComputedStyle(node).color)
  const plain = await ink(page)
  const second = await context.newPage()
  await second.goto(page.url())
  await choose(page, 'Trips', 'Colour…')
  const dialog = page.getByRole('dialog', { name: 'Colour of “Trips”' })
  await dialog.getByRole('radio', { name: 'Teal' }).check()
  await dialog.getByRole('button', { name: 'Choose' }).click()
  await expect(said(page, '“Trips” coloured teal')).toBeVisible()
  await expect.poll(() => ink(page)).not.toBe(plain)
  const teal = await ink(page)
  await expect.poll(() => ink(second)).toBe(teal)
  await page.reload()
  await expect.poll(() => ink(page)).toBe(teal)
  await choose(page, 'Trips', 'Colour…')
  await dialog.getByRole('button', { name: 'No colour' }).click()
  await expect.poll(() => ink(second)).toBe(plain)
  await expect.poll(() => ink(page)).toBe(plain)
  await page.keyboard.press('ControlOrMeta+z')
  await expect.poll(() => ink(page)).toBe(teal)
})

test('Delete asks what becomes of the mail, moves it, and leaves a list that goes', async ({ page, site }) => {
  await start(page, site)
  const archived = accountOf(site).mailboxByRole('archive')?.emails.size ?? 0
  await item(page, 'Rome').click()
  await expect(rows(page)).toHaveCount(1)
  await choose(page, 'Trips', 'Delete…')
  const question = page.getByRole('alertdialog', { name: 'Delete the mailbox “Trips” and the 1 mailbox in it?' })
  await expect(question.getByRole('radio', { name: 'Move 2 messages to' })).toBeChecked()
  await question.getByRole('button', { name: 'Delete' }).click()
  await expect(item(page, 'Trips')).toHaveCount(0)
  await expect(item(page, 'Rome')).toHaveCount(0)
  await expect(page.getByRole('treeitem', { name: /^Inbox/ }).first()).toHaveAttribute('aria-current', 'page')
  await expect.poll(() => names(site)).not.toContain('Trips')
  await expect.poll(() => accountOf(site).mailboxByRole('archive')?.emails.size).toBe(archived + 2)
})

test('Delete with its mail deletes that for ever; Cancel does nothing', async ({ page, site }) => {
  await start(page, site)
  await choose(page, 'Rome', 'Delete…')
  const question = page.getByRole('alertdialog', { name: 'Delete the mailbox “Rome”?' })
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(question).toHaveCount(0)
  expect(names(site)).toContain('Rome')
  const count = accountOf(site).emails.size
  await choose(page, 'Rome', 'Delete…')
  await question.getByRole('radio', { name: 'Delete 1 message for ever' }).check()
  await question.getByRole('button', { name: 'Delete' }).click()
  await expect(item(page, 'Rome')).toHaveCount(0)
  await expect.poll(() => names(site)).not.toContain('Rome')
  expect(accountOf(site).emails.size).toBe(count - 1)
})

test('made offline, filled and renamed there, it is open under its own address once the server has it', async ({
  page,
  site,
}) => {
  await start(page, site)
  const id = (await rows(page).first().getAttribute('data-email-id')) ?? ''
  const mend = offline(site)
  await page.getByRole('button', { name: 'New mailbox' }).click()
  const field = page.getByRole('dialog').getByRole('textbox', { name: 'Name' })
  await expect(field).toBeFocused()
  await page.keyboard.type('Boats')
  await page.keyboard.press('Enter')
  await expect(item(page, 'Boats')).toBeVisible()
  await page.keyboard.press('j')
  await expect(page.locator('[data-view=messages] a:focus')).toBeVisible()
  await page.keyboard.press('v')
  await page.getByRole('combobox', { name: 'Find a mailbox' }).fill('boats')
  await page.keyboard.press('Enter')
  await expect(said(page, 'moved to Boats')).toBeVisible()
  await item(page, 'Boats').click()
  await expect(rows(page)).toHaveAttribute('data-email-id', id)
  await item(page, 'Boats').press('F2')
  await expect(field).toBeFocused()
  await page.keyboard.type('Ships')
  await page.keyboard.press('Enter')
  await expect(item(page, 'Ships')).toBeVisible()
  await expect(page).toHaveURL(/~~/)
  mend()
  await expect.poll(() => names(site), { timeout: 30_000 }).toContain('Ships')
  await expect(page).not.toHaveURL(/~~/)
  await expect(item(page, 'Ships')).toHaveAttribute('aria-current', 'page')
  await expect(rows(page)).toHaveAttribute('data-email-id', id)
  const ships = [...accountOf(site).mailboxes.values()].find(({ name }) => name === 'Ships')
  await expect.poll(() => [...accountOf(site).living(id).mailboxIds]).toContain(ships?.id)
})

test('without a right button or keys: a button asks which mailbox, and then what', async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await start(page, site)
  await page.getByRole('button', { name: 'Mailboxes' }).click()
  await page.getByRole('button', { name: 'Change a mailbox' }).click()
  const picker = page.getByRole('dialog', { name: 'Change which mailbox?' })
  await picker.getByRole('option', { name: /^Rome/ }).click()
  await page.getByRole('menuitem', { name: 'Rename…' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Oslo')
  await page.getByRole('button', { name: 'Rename' }).click()
  await expect(item(page, 'Oslo')).toBeVisible()
  await expect.poll(() => names(site)).toContain('Oslo')
})
