/** Rows are ticked as in lists of the desk: by keys, by stretches, all of them, and by the mouse. */
import { expect, goOffline, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Page } from '@playwright/test'

const bar = (page: Page, count: string) => page.getByRole('toolbar', { name: `${count} selected` })

test.use({ demo: { messages: 4000 } })

test('X ticks, Shift and arrows take a stretch and give it back, Ctrl A takes all that is here', async ({
  page,
  site,
}) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await rows(page).first().getByRole('link').focus()
  await page.keyboard.press('x')
  await expect(bar(page, '1')).toBeVisible()
  await page.keyboard.press('x')
  await expect(bar(page, '1')).toHaveCount(0)
  await page.keyboard.press('x')
  for (let more = 0; more < 30; more += 1) await page.keyboard.press('Shift+ArrowDown')
  await expect(bar(page, '31')).toBeVisible()
  for (let less = 0; less < 28; less += 1) await page.keyboard.press('Shift+ArrowUp')
  await expect(bar(page, '3')).toBeVisible()
  await expect(page.locator('[data-view=messages] .row.selected')).toHaveCount(3)
  // Rows that the list holds no more, or never held, are among them.
  const first = await rows(page).first().getAttribute('data-thread-id')
  await page.keyboard.press('Control+a')
  const all = page.getByRole('toolbar', { name: /^(?:2[1-9]\d|[3-9]\d\d) selected$/ })
  await expect(all).toBeVisible()
  const count = Number.parseInt((await all.getAttribute('aria-label')) ?? '', 10)
  await page.keyboard.press('e')
  await expect(page.locator(`[data-view=messages] [data-thread-id="${first ?? ''}"]`)).toHaveCount(0)
  await expect(page.getByText(`${String(count)} conversations archived`).first()).toBeAttached()
  await page.keyboard.press('z')
  await expect(rows(page).first()).toHaveAttribute('data-thread-id', first ?? '')
})

test('Ctrl takes one more row and Shift all from the last one, with the mouse', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const link = (at: number) => rows(page).nth(at).getByRole('link')
  await link(1).click({ modifiers: ['ControlOrMeta'] })
  await expect(bar(page, '1')).toBeVisible()
  await link(4).click({ modifiers: ['Shift'] })
  await expect(bar(page, '4')).toBeVisible()
  await link(2).click({ modifiers: ['ControlOrMeta'] })
  await expect(bar(page, '3')).toBeVisible()
  expect(page.context().pages()).toHaveLength(1)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('toolbar')).toHaveCount(0)
})

test('All that the Inbox shows are marked as read, loaded or not, and Undo gives back what was unread', async ({
  page,
  site,
}) => {
  const account = site.server.accountOf('mara@lindqvist.example')
  const inbox = account.mailboxByRole('inbox')
  const unread = (): string[] =>
    [...(inbox?.emails ?? [])].filter(({ keywords }) => !keywords.has('$seen')).map(({ id }) => id)
  for (const { id } of [...(inbox?.emails ?? [])].filter((_, at) => at % 2)) account.setKeywords(id, { $seen: false })
  await signInToDemo(page, site)
  await waitForReady(page)
  const before = unread().toSorted()
  expect(before.length).toBeGreaterThan(100)
  const shown = page.locator('[data-view=messages] [role=listitem][data-unread]')
  const shownBefore = await shown.count()
  await rows(page).first().getByRole('link').focus()
  await page.keyboard.press('x')
  await page
    .getByRole('toolbar')
    .getByRole('button', { name: /^Select all / })
    .click()
  const all = page.getByRole('toolbar').getByText(/^All [\d,]+ conversations in Inbox are selected\.$/)
  await expect(all).toBeVisible()
  await expect(rows(page).nth(3).getByRole('checkbox')).toBeChecked()
  await page.getByRole('toolbar').getByRole('button', { name: 'Mark as read' }).click()
  await expect(page.getByRole('toolbar')).toHaveCount(0)
  await expect.poll(() => unread()).toEqual([])
  await expect(
    page
      .getByRole('status')
      .getByText(/^All [\d,]+ conversations marked as read/)
      .first(),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => unread().toSorted()).toEqual(before)
  await expect(shown).toHaveCount(shownBefore)
})

test('All that the Inbox shows are archived, loaded or not, and Undo puts them back; deleted offline, they are gone at once', async ({
  context,
  page,
  site,
}) => {
  const account = site.server.accountOf('mara@lindqvist.example')
  const count = (role: string): number => account.mailboxByRole(role)?.emails.size ?? 0
  const before = [count('inbox'), count('archive')]
  await signInToDemo(page, site)
  await waitForReady(page)
  const first = await rows(page).first().getAttribute('data-thread-id')
  const selectAll = page.getByRole('toolbar').getByRole('button', { name: /^Select all / })
  await rows(page).first().getByRole('link').focus()
  await page.keyboard.press('x')
  await selectAll.click()
  await page.getByRole('toolbar').getByRole('button', { name: 'Archive' }).click()
  await expect(page.getByRole('toolbar')).toHaveCount(0)
  await expect(rows(page)).toHaveCount(0)
  await expect(
    page
      .getByRole('status')
      .getByText(/^All [\d,]+ conversations archived/)
      .first(),
  ).toBeVisible()
  await expect.poll(() => count('inbox')).toBe(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rows(page).first()).toHaveAttribute('data-thread-id', first ?? '')
  await expect.poll(() => [count('inbox'), count('archive')]).toEqual(before)
  await rows(page).first().getByRole('link').focus()
  await page.keyboard.press('x')
  await expect(selectAll).toBeVisible()
  const comeBack = await goOffline(context, site)
  await selectAll.click()
  await rows(page).first().getByRole('link').focus()
  await page.keyboard.press('#')
  await expect(rows(page)).toHaveCount(0)
  await page.keyboard.press('z')
  await expect(rows(page).first()).toHaveAttribute('data-thread-id', first ?? '')
  await comeBack()
})

test('offline all are shown as read at once, and as they were when it is taken back', async ({
  context,
  page,
  site,
}) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const shown = page.locator('[data-view=messages] [role=listitem][data-unread]')
  const before = await shown.count()
  await rows(page).first().getByRole('link').focus()
  await page.keyboard.press('x')
  const selectAll = page.getByRole('toolbar').getByRole('button', { name: /^Select all / })
  await expect(selectAll).toBeVisible()
  const comeBack = await goOffline(context, site)
  await selectAll.click()
  await rows(page).first().getByRole('link').focus()
  await page.keyboard.press('Shift+I')
  await expect(shown).toHaveCount(0)
  await page.keyboard.press('z')
  await expect(shown).toHaveCount(before)
  await comeBack()
})

test.describe(() => {
  test.use({ demo: { messages: 900 } })

  test('All but the rows that are unticked, by key and by mouse: these stay, offline too, and Undo puts the rest back', async ({
    context,
    page,
    site,
  }) => {
    const account = site.server.accountOf('mara@lindqvist.example')
    const inbox = account.mailboxByRole('inbox')?.emails ?? new Set()
    const threads = (): string[] => [...new Set([...inbox].map(({ thread }) => thread.id))].toSorted()
    const before = threads()
    await signInToDemo(page, site)
    await waitForReady(page)
    const idOf = async (at: number): Promise<string> => (await rows(page).nth(at).getAttribute('data-thread-id')) ?? ''
    const [first, second, fifth] = [await idOf(0), await idOf(1), await idOf(4)]
    const toolbar = page.getByRole('toolbar')
    const link = (at: number) => rows(page).nth(at).getByRole('link')
    const strip = (count: number) => toolbar.getByText(`conversations in Inbox but ${String(count)} are selected.`)
    const selectAll = async (): Promise<void> => {
      await link(0).focus()
      await page.keyboard.press('x')
      await toolbar.getByRole('button', { name: /^Select all / }).click()
      await expect(toolbar.getByText(/^All [\d,]+ conversations in Inbox are selected\.$/)).toBeVisible()
    }
    await selectAll()
    for (const at of [1, 4, 2]) await link(at).click({ modifiers: ['ControlOrMeta'] })
    await expect(strip(3)).toBeVisible()
    await link(2).click({ modifiers: ['ControlOrMeta'] })
    await expect(strip(2)).toBeVisible()
    await expect(bar(page, (before.length - 2).toLocaleString('en'))).toBeVisible()
    await expect(rows(page).nth(1).getByRole('checkbox')).not.toBeChecked()
    await expect(rows(page).nth(2).getByRole('checkbox')).toBeChecked()
    await toolbar.getByRole('button', { name: 'Archive' }).click()
    await expect(rows(page)).toHaveCount(2)
    expect([await idOf(0), await idOf(1)]).toEqual([second, fifth])
    await expect.poll(threads).toEqual([second, fifth].toSorted())
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(rows(page).first()).toHaveAttribute('data-thread-id', first)
    await expect.poll(threads).toEqual(before)

    await selectAll()
    await link(1).focus()
    await page.keyboard.press('x')
    await expect(strip(1)).toBeVisible()
    // What was ticked before all were is no more than one of them, and may be unticked as well.
    await link(0).focus()
    await page.keyboard.press('x')
    await expect(strip(2)).toBeVisible()
    const comeBack = await goOffline(context, site)
    await page.keyboard.press('#')
    await expect(toolbar).toHaveCount(0)
    await expect(rows(page)).toHaveCount(2)
    expect([await idOf(0), await idOf(1)]).toEqual([first, second])
    expect(threads()).toEqual(before)
    await comeBack()
    await expect.poll(threads).toEqual([first, second].toSorted())
    await expect(rows(page)).toHaveCount(2)
    await page.keyboard.press('z')
    await expect(rows(page).nth(4)).toHaveAttribute('data-thread-id', fifth)
    await expect.poll(threads).toEqual(before)
  })
})
