/** Lists that leave something out or are ordered otherwise: menu, chips, URL, what stays, what is said. */
import { deliver, expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'

const menu = { name: 'Filter and sort' }

test('unread by the keyboard alone: the URL says it, the chip takes it away, back leads out', async ({
  page,
  site,
}) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const whole = Number(await rows(page).first().getAttribute('aria-setsize'))
  const button = page.getByRole('button', menu)
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitemcheckbox', { name: 'Unread' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('u')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\?filter=unread$/)
  const chip = page.getByRole('button', { name: 'Remove: Unread' })
  await expect(chip).toBeVisible()
  await expect(rows(page).first()).toBeVisible()
  await expect(rows(page).first()).not.toHaveAttribute('aria-setsize', '-1')
  const size = Number(await rows(page).first().getAttribute('aria-setsize'))
  expect(size).toBeGreaterThan(0)
  expect(size).toBeLessThan(whole)
  expect(await rows(page).count()).toBeGreaterThan(0)
  for (const row of await rows(page).all()) await expect(row).toHaveAttribute('data-unread', '')
  await page.reload()
  await expect(chip).toBeVisible()
  await expect(rows(page).first()).toHaveAttribute('aria-setsize', String(size))
  await chip.focus()
  await page.keyboard.press('Enter')
  await expect(page).not.toHaveURL(/filter/)
  await expect(rows(page).first()).toHaveAttribute('aria-setsize', String(whole))
  await page.goBack()
  await expect(chip).toBeVisible()
})

test('a conversation that is read stays among the unread until the list is left', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await page.goto(`${page.url()}?filter=unread`)
  const row = rows(page).first()
  await expect(row).toBeVisible()
  // Until all rows were looked at and older mail is kept, nobody knows how many there are.
  await expect(row).not.toHaveAttribute('aria-setsize', '-1')
  await waitForReady(page)
  const id = String(await row.getAttribute('data-email-id'))
  const size = Number(await row.getAttribute('aria-setsize'))
  const same = page.locator(`[data-view=messages] [role=listitem][data-email-id="${id}"]`)
  await row.getByRole('link').click()
  await expect(same).not.toHaveAttribute('data-unread', /.*/)
  await expect(page.locator('html')).toHaveAttribute('data-outbox', '0')
  await waitForReady(page)
  await expect(same).toHaveAttribute('aria-setsize', String(size))
  await expect(page).toHaveURL(/\?filter=unread$/)
  deliver(site, 'Arrives among the unread')
  await expect(rows(page).filter({ hasText: 'Arrives among the unread' })).toBeVisible()
  await expect(same).toHaveAttribute('aria-setsize', String(size + 1))
  await page.getByRole('treeitem', { name: /^Sent/ }).click()
  await expect(page.getByRole('region', { name: /^Sent/ })).toBeVisible()
  await page.goBack()
  await expect(rows(page).filter({ hasText: 'Arrives among the unread' })).toBeVisible()
  await expect(same).toHaveCount(0)
})

test('by subject, Z to A: no heads of days, one chip', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await page.getByRole('button', menu).click()
  await page.getByRole('menuitemradio', { name: 'Subject' }).click()
  await page.getByRole('button', menu).click()
  await page.getByRole('menuitemradio', { name: 'Z to A' }).click()
  await expect(page).toHaveURL(/\?sort=-subject$/)
  await expect(page.getByRole('button', { name: 'Remove: Subject, z to A' })).toBeVisible()
  await expect(rows(page).first()).toBeVisible()
  await expect(page.locator('[data-view=messages] .day')).toHaveCount(0)
  const subjects = await rows(page).locator('.subject').allTextContents()
  const bare = subjects.map((subject) => subject.replace(/^((re|fwd?|aw|wg):\s*)+/i, ''))
  const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true })
  expect(bare).toEqual(bare.toSorted((a, b) => collator.compare(b, a)))
})

test('flagged is a place of its own: rows of all mailboxes, each with its name', async ({ page, site }) => {
  const account = site.server.accountOf('mara@lindqvist.example')
  const boxes = [...account.mailboxes.values()]
  for (const role of ['inbox', 'archive', 'trash']) {
    const box = boxes.find((mailbox) => mailbox.role === role)
    const [email] = [...account.emails.values()]
      .filter(({ mailboxIds }) => box && mailboxIds.has(box.id))
      .toSorted((a, b) => b.receivedAt - a.receivedAt)
    if (email) account.setKeywords(email.id, { $flagged: true })
  }
  await signInToDemo(page, site)
  await waitForReady(page)
  const item = page.getByRole('treeitem', { name: 'Flagged' })
  const flagged = (): number =>
    new Set(
      [...account.emails.values()]
        .filter(({ keywords, mailboxIds }) => {
          const roles = [...mailboxIds].map((id) => account.mailboxes.get(id)?.role ?? '')
          return keywords.has('$flagged') && roles.some((role) => role !== 'trash' && role !== 'junk')
        })
        .map(({ thread }) => thread.id),
    ).size
  await expect(item).toHaveAccessibleName(`Flagged, ${String(flagged())}`, { timeout: 20_000 })
  await expect(item).not.toHaveAttribute('data-role', /.*/)
  await item.click()
  await expect(item).toHaveAttribute('aria-current', 'page')
  await expect(page).toHaveTitle(/^Flagged - /)
  await expect(page.getByRole('region', { name: 'Flagged' })).toBeVisible()
  await expect(rows(page).first()).toBeVisible()
  await expect(rows(page).first()).toHaveAttribute('aria-setsize', String(flagged()))
  for (const row of await rows(page).all()) {
    await expect(row).toHaveAttribute('data-flagged', '')
    await expect(row.locator('.place')).toHaveText(/^(?!Trash|Junk)./)
  }
  await expect(
    rows(page)
      .getByRole('link', { name: /, Archive/ })
      .first(),
  ).toBeVisible()
  await rows(page).first().getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await page.keyboard.press('u')
  await expect(rows(page).first().getByRole('link')).toBeFocused()
})

test('what a catch-all took in says so in the row and in the letter, and can be listed alone', async ({
  page,
  site,
}) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const row = rows(page).filter({ hasText: 'Ihre Rechnung' }).first()
  await expect(row.getByRole('link')).toHaveAccessibleName(/written to strom@lindqvist\.example$/)
  await row.getByRole('link').click()
  const letter = page.locator('main article').last()
  await expect(letter.getByText('to you at strom@lindqvist.example')).toBeVisible()
  await letter.getByText('to you at strom@lindqvist.example').click()
  await expect(letter.getByText('caught by your catch-all')).toBeVisible()
  await page.getByRole('button', menu).click()
  await page.getByRole('menuitemcheckbox', { name: 'strom@lindqvist.example' }).click()
  await expect(page).toHaveURL(/\?to=strom%40lindqvist\.example$/)
  await expect(page.getByRole('button', { name: 'Remove: Written to strom@lindqvist.example' })).toBeVisible()
  await expect(rows(page).first()).toBeVisible()
  for (const each of await rows(page).getByRole('link').all()) {
    await expect(each).toHaveAccessibleName(/written to strom@/)
  }
})

test('answered and forwarded are said, and shown', async ({ page, site }) => {
  const account = site.server.accountOf('mara@lindqvist.example')
  await signInToDemo(page, site)
  await waitForReady(page)
  const row = rows(page).first()
  const id = String(await row.getAttribute('data-email-id'))
  account.setKeywords(id, { $answered: true, $forwarded: true })
  await expect(row.getByRole('link')).toHaveAccessibleName(/answered, forwarded/)
})
