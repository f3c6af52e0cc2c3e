/** Archive, delete and junk: at once, undoable, and at the server. */
import { expect, rows, signInToDemo, test, tick, waitForReady } from './fixtures.ts'
import type { Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

const owner = 'mara@lindqvist.example'

const ids = (page: Page): Promise<(string | null)[]> =>
  rows(page).evaluateAll((all) => all.slice(0, 6).map((row) => row.getAttribute('data-email-id')))

function rolesOf(site: DemoSite, id: string | null): (string | null)[] {
  const account = site.server.accountOf(owner)
  const roleOf = (role: string): string | undefined => account.mailboxByRole(role)?.id
  return ['inbox', 'archive', 'trash', 'junk'].filter((role) =>
    account.living(id ?? '').mailboxIds.has(roleOf(role) ?? ''),
  )
}

async function start(page: Page, site: DemoSite): Promise<void> {
  await signInToDemo(page, site)
  await waitForReady(page)
  await page.keyboard.press('j')
  await expect(page.locator('[data-view=messages] a:focus')).toBeVisible()
}

for (const [key, role] of [
  ['e', 'archive'],
  ['#', 'trash'],
  ['!', 'junk'],
] as const) {
  test(`${key} puts the focused conversation into ${role} at once; Z brings it back`, async ({ page, site }) => {
    await start(page, site)
    const before = await ids(page)
    await page.keyboard.press(key)
    await expect.poll(() => ids(page)).not.toContain(before[0])
    expect((await ids(page))[0]).toBe(before[1])
    // the focus goes on with the row that took its place
    await expect(rows(page).first().getByRole('link')).toBeFocused()
    await expect.poll(() => rolesOf(site, before[0] ?? null)).toEqual([role])
    await page.keyboard.press('z')
    await expect.poll(() => ids(page)).toEqual(before)
    await expect.poll(() => rolesOf(site, before[0] ?? null)).toEqual(['inbox'])
  })
}

test('from the conversation the next one is opened; offline it waits, and arrives', async ({ page, site }) => {
  await start(page, site)
  const before = await ids(page)
  await page.keyboard.press('Enter')
  const heading = page.locator('main h1')
  await expect(page.locator('main article [aria-expanded=true]').first()).toBeVisible()
  const first = await heading.textContent()
  const mend = site.server.faults.add({ match: {}, do: { kind: 'dropBefore' } })
  await page.keyboard.press('e')
  await expect(heading).not.toHaveText(first ?? '')
  await expect(page.locator('main article [aria-expanded=true]').first()).toBeVisible()
  await expect.poll(() => ids(page)).not.toContain(before[0])
  expect(rolesOf(site, before[0] ?? null)).toEqual(['inbox'])
  mend()
  await expect.poll(() => rolesOf(site, before[0] ?? null), { timeout: 30_000 }).toEqual(['archive'])
})

test('what is ticked goes together, from the bar, and counts follow', async ({ page, site }) => {
  await start(page, site)
  const before = await ids(page)
  await tick(page, rows(page).nth(0), rows(page).nth(1), rows(page).nth(2))
  await page.getByRole('toolbar', { name: '3 selected' }).getByRole('button', { name: 'Delete' }).click()
  await expect.poll(() => ids(page)).not.toContain(before[2])
  expect((await ids(page))[0]).toBe(before[3])
  await expect(page.getByRole('toolbar', { name: /selected/ })).toHaveCount(0)
  for (const id of before.slice(0, 3)) await expect.poll(() => rolesOf(site, id)).toEqual(['trash'])
})
