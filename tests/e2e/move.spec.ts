/** Moving and copying mail: by the picker, at once, undoable, and at the server. */
import { expect, rows, signInToDemo, test, tick, waitForReady } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

const owner = 'mara@lindqvist.example'

const ids = (page: Page): Promise<string[]> =>
  rows(page).evaluateAll((all) => all.slice(0, 6).map((row) => row.getAttribute('data-email-id') ?? ''))

function placesOf(site: DemoSite, id: string | undefined): string[] {
  const account = site.server.accountOf(owner)
  return [...account.living(id ?? '').mailboxIds].map((each) => account.mailboxes.get(each)?.name ?? '').sort()
}

const picker = (page: Page): Locator => page.getByRole('dialog', { name: /^(?:Move|Copy) / })
const field = (page: Page): Locator => picker(page).getByRole('combobox', { name: 'Find a mailbox' })

async function start(page: Page, site: DemoSite): Promise<void> {
  const account = site.server.accountOf(owner)
  const projects = account.createMailbox({ name: 'Résumés', parentId: null, sortOrder: 10 })
  account.createMailbox({ name: 'Old ones', parentId: projects.id, sortOrder: 10 })
  await signInToDemo(page, site)
  await waitForReady(page)
  await page.keyboard.press('j')
  await expect(page.locator('[data-view=messages] a:focus')).toBeVisible()
}

test('V asks for a mailbox, finds it without accents, moves at once and says so; Z brings it back', async ({
  page,
  site,
}) => {
  await start(page, site)
  const before = await ids(page)
  const places = placesOf(site, before[0])
  await page.keyboard.press('v')
  await expect(picker(page)).toHaveAccessibleName('Move 1 conversation')
  await expect(field(page)).toBeFocused()
  await field(page).fill('resu')
  const options = picker(page).getByRole('option')
  await expect(options).toHaveText([/^\s*Résumés/, /^\s*Old ones/])
  await page.keyboard.press('Enter')
  await expect(picker(page)).toHaveCount(0)
  await expect.poll(() => ids(page)).not.toContain(before[0])
  // the focus goes on with the row that took its place
  await expect(rows(page).first().getByRole('link')).toBeFocused()
  await expect(page.getByText('1 conversation moved to Résumés').first()).toBeVisible()
  await expect.poll(() => placesOf(site, before[0])).toEqual(['Résumés'])
  await page.keyboard.press('z')
  await expect.poll(() => ids(page)).toEqual(before)
  await expect.poll(() => placesOf(site, before[0])).toEqual(places)
})

test('what is ticked is copied by Shift V, stays where it is, and its mailbox comes first the next time', async ({
  page,
  site,
}) => {
  await start(page, site)
  const before = await ids(page)
  await tick(page, rows(page).nth(0), rows(page).nth(1))
  await page.keyboard.press('Shift+V')
  await expect(picker(page)).toHaveAccessibleName('Copy 2 conversations')
  await field(page).fill('old')
  await picker(page)
    .getByRole('option', { name: /Old ones/ })
    .click()
  await expect(page.getByText('2 conversations copied to Old ones').first()).toBeVisible()
  for (const id of before.slice(0, 2)) await expect.poll(() => placesOf(site, id)).toEqual(['Inbox', 'Old ones'])
  expect(await ids(page)).toEqual(before)
  await rows(page).nth(2).getByRole('link').focus()
  await page.keyboard.press('v')
  await expect(picker(page).getByRole('group', { name: 'Used lately' }).getByRole('option')).toHaveText([
    /^\s*Old ones/,
  ])
  await expect(picker(page).getByRole('option', { selected: true })).toHaveText(/^\s*Old ones/)
})

test('what cannot be chosen says why, what is not there says so, and Esc leaves all as it was', async ({
  page,
  site,
}) => {
  await start(page, site)
  const before = await ids(page)
  await page.keyboard.press('v')
  await expect(picker(page).getByRole('option', { name: /^Inbox/ })).toHaveText(/Already there/)
  await expect(picker(page).getByRole('option', { name: /^Inbox/ })).toHaveAttribute('aria-disabled', 'true')
  // the first that can be chosen, and round its end to it again
  const chosen = picker(page).getByRole('option', { selected: true })
  const first = (await chosen.textContent()) ?? ''
  await page.keyboard.press('ArrowUp')
  await expect(chosen).not.toHaveText(first)
  await page.keyboard.press('ArrowDown')
  await expect(chosen).toHaveText(first)
  await field(page).fill('no such mailbox')
  await expect(picker(page).getByRole('status')).toHaveText('No mailbox here is called “no such mailbox”.')
  await page.keyboard.press('Enter')
  await expect(picker(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(picker(page)).toHaveCount(0)
  await expect(rows(page).first().getByRole('link')).toBeFocused()
  expect(await ids(page)).toEqual(before)
})

test('from the conversation, by its menu too; offline it waits, and arrives', async ({ page, site }) => {
  await start(page, site)
  const before = await ids(page)
  await page.keyboard.press('Enter')
  const heading = page.locator('main h1')
  await expect(page.locator('main article [aria-expanded=true]').first()).toBeVisible()
  const first = (await heading.textContent()) ?? ''
  const mend = site.server.faults.add({ match: {}, do: { kind: 'dropBefore' } })
  await page.getByRole('button', { name: 'More for this conversation' }).click()
  await page.getByRole('menuitem', { name: 'Move to…' }).click()
  await expect(picker(page)).toHaveAccessibleName('Move this conversation')
  await field(page).fill('résum')
  await page.keyboard.press('Enter')
  await expect(heading).not.toHaveText(first)
  await expect.poll(() => ids(page)).not.toContain(before[0])
  expect(placesOf(site, before[0])).toEqual(['Inbox'])
  mend()
  await expect.poll(() => placesOf(site, before[0]), { timeout: 30_000 }).toEqual(['Résumés'])
})

test('what lies in Junk is not junk by the same key, from its list and from the conversation', async ({
  page,
  site,
}) => {
  await start(page, site)
  await page.getByRole('treeitem', { name: /^Junk/ }).click()
  await expect(page.getByRole('region', { name: 'Junk' })).toBeVisible()
  const before = await ids(page)
  await rows(page).first().getByRole('link').click()
  await expect(page.locator('main article [aria-expanded=true]').first()).toBeVisible()
  await page.keyboard.press('!')
  await expect.poll(() => placesOf(site, before[0])).toEqual(['Inbox'])
  expect([...site.server.accountOf(owner).living(before[0] ?? '').keywords]).toContain('$notjunk')
})

test('a row has a menu by the right button and by key; it acts on what is ticked if the row is', async ({
  page,
  site,
}) => {
  await start(page, site)
  const before = await ids(page)
  await rows(page).nth(1).click({ button: 'right' })
  const menu = page.getByRole('menu', { name: 'Actions', exact: true })
  await expect(menu.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(menu).toHaveCount(0)
  await expect(rows(page).nth(1).getByRole('link')).toBeFocused()
  await page.keyboard.press('Shift+F10')
  await menu.getByRole('menuitem', { name: /^Archive/ }).click()
  await expect.poll(() => ids(page)).not.toContain(before[1])
  await expect.poll(() => placesOf(site, before[1])).toEqual(['Archive'])
  await expect(rows(page).nth(1).getByRole('link')).toBeFocused()
  await tick(page, rows(page).nth(0), rows(page).nth(1))
  // another row: that one alone, and what is ticked stays so
  await rows(page).nth(3).click({ button: 'right' })
  await menu.getByRole('menuitem', { name: /^(?:Flag|Remove flag)/ }).click()
  await expect(page.getByRole('toolbar', { name: '2 selected' })).toBeVisible()
  await rows(page).nth(0).click({ button: 'right' })
  const ofTwo = page.getByRole('menu', { name: 'Actions for 2 conversations' })
  await ofTwo.getByRole('menuitem', { name: 'Move to…' }).click()
  await field(page).fill('resu')
  await page.keyboard.press('Enter')
  for (const id of [before[0], before[2]]) await expect.poll(() => placesOf(site, id)).toEqual(['Résumés'])
  await expect(page.getByRole('toolbar', { name: /selected/ })).toHaveCount(0)
})

/** Takes a row by the mouse and holds it over a mailbox. */
async function dragTo(page: Page, at: number, mailbox: RegExp): Promise<void> {
  const from = await rows(page).nth(at).boundingBox()
  const to = await page.getByRole('treeitem', { name: mailbox }).boundingBox()
  if (!from || !to) throw new Error('nothing to drag')
  await page.mouse.move(from.x + 200, from.y + from.height / 2)
  // its hands have come when its buttons stand there
  await expect(page.getByRole('group', { name: 'Quick actions' })).toBeVisible()
  await page.mouse.down()
  await page.mouse.move(from.x + 150, from.y + from.height / 2 + 20, { steps: 3 })
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 3 })
}

test('a row is dragged to a mailbox, Esc calls it off, Ctrl copies, and what may not be is dimmed', async ({
  page,
  site,
}) => {
  await start(page, site)
  const before = await ids(page)
  const pill = page.locator('.drag-pill')
  await dragTo(page, 0, /^Résumés/)
  await expect(pill).toHaveText('Move 1 conversation to Résumés')
  await expect(page.getByRole('treeitem', { name: /^Inbox/ }).first()).toHaveAttribute('data-drop', 'no')
  await page.keyboard.press('Escape')
  await expect(pill).toHaveCount(0)
  await page.mouse.up()
  expect(await ids(page)).toEqual(before)
  expect(new URL(page.url()).pathname.split('/')).toHaveLength(4)

  await dragTo(page, 0, /^Résumés/)
  await page.keyboard.down('Control')
  await expect(pill).toHaveText('Copy 1 conversation to Résumés')
  await page.mouse.up()
  await page.keyboard.up('Control')
  await expect.poll(() => placesOf(site, before[0])).toEqual(['Inbox', 'Résumés'])

  await tick(page, rows(page).nth(1), rows(page).nth(2))
  await dragTo(page, 1, /^Résumés/)
  await expect(pill).toHaveText('Move 2 conversations to Résumés')
  await page.mouse.up()
  for (const id of before.slice(1, 3)) await expect.poll(() => placesOf(site, id)).toEqual(['Résumés'])
  await expect.poll(() => ids(page)).toEqual([before[0], ...(await ids(page)).slice(1)])
  // it was dragged, not opened
  expect(new URL(page.url()).pathname.split('/')).toHaveLength(4)
})

test('a closed folder opens while a row is held over it', async ({ page, site }) => {
  await start(page, site)
  const before = await ids(page)
  const folder = page.getByRole('treeitem', { name: /^Résumés/ })
  await folder.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(folder).toHaveAttribute('aria-expanded', 'false')
  await dragTo(page, 0, /^Résumés/)
  await expect(folder).toHaveAttribute('aria-expanded', 'true')
  const inside = await page.getByRole('treeitem', { name: /^Old ones/ }).boundingBox()
  await page.mouse.move((inside?.x ?? 0) + 60, (inside?.y ?? 0) + 10, { steps: 3 })
  await expect(page.getByRole('treeitem', { name: /^Old ones/ })).toHaveAttribute('data-drop', 'over')
  await page.mouse.up()
  await expect.poll(() => placesOf(site, before[0])).toEqual(['Old ones'])
})

test('under the mouse a row has buttons that move nothing else, and act on it', async ({ page, site }) => {
  await start(page, site)
  const before = await ids(page)
  const row = rows(page).nth(2)
  const title = await row.locator('.subject').boundingBox()
  await row.hover()
  const strip = row.getByRole('group', { name: 'Quick actions' })
  await expect(strip.getByRole('button')).toHaveCount(4)
  expect(await row.locator('.subject').boundingBox()).toEqual(title)
  const flag = strip.getByRole('button', { name: /flag/i })
  const said = await flag.getAttribute('aria-label')
  await flag.click()
  await expect(flag).not.toHaveAttribute('aria-label', said ?? '')
  await strip.getByRole('button', { name: 'Archive' }).click()
  await expect.poll(() => placesOf(site, before[2])).toEqual(['Archive'])
  await page.mouse.move(700, 400)
  await expect(page.getByRole('group', { name: 'Quick actions' })).toHaveCount(0)
})
