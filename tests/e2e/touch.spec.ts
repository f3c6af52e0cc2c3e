/** Fingers on rows: swipes, a press that rests, a list that is pulled down. Real touches, which the browser may take. */
import { fingerOn } from '../support/finger.ts'
import { deliver, expect, goOffline, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } })

const fill = (page: Page): Locator => page.locator('.swipe-fill')
const bar = (page: Page, count: string): Locator => page.getByRole('toolbar', { name: `${count} selected` })

const ids = (page: Page): Promise<(string | null)[]> =>
  rows(page).evaluateAll((all) => all.slice(0, 6).map((row) => row.getAttribute('data-email-id')))

function isIn(site: DemoSite, id: string | null, role: string): boolean {
  const account = site.server.accountOf('mara@lindqvist.example')
  return account.living(id ?? '').mailboxIds.has(account.mailboxByRole(role)?.id ?? '')
}

/** The hands for fingers are there: they say so by what the browser may do with a touch. */
async function start(page: Page, site: DemoSite): Promise<void> {
  await signInToDemo(page, site)
  await waitForReady(page)
  await expect(rows(page).first()).toHaveCSS('touch-action', 'pan-y pinch-zoom')
}

async function middleOf(row: Locator): Promise<{ x: number; y: number }> {
  const box = await row.locator('.row').boundingBox()
  if (!box) throw new Error('no row')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Pulls a row aside by so many pixels; the finger stays on it. */
async function pull(page: Page, row: Locator, dx: number): Promise<{ up: () => Promise<void> }> {
  const finger = await fingerOn(page)
  const { y } = await middleOf(row)
  const from = { x: dx < 0 ? 350 : 40, y }
  await finger.drag(from, { x: from.x + dx, y }, 12)
  return {
    // a finger that has stopped flicks nothing: the last move is older than what its speed is told by
    up: async () => {
      await page.waitForTimeout(150)
      await finger.up()
    },
  }
}

test('a swipe toward the start archives, the toast brings it back', async ({ page, site }) => {
  await start(page, site)
  const before = await ids(page)
  const finger = await pull(page, rows(page).first(), -280)
  await expect(fill(page)).toHaveText('Archive')
  expect(await ids(page)).toEqual(before)
  await finger.up()
  await expect.poll(() => ids(page)).not.toContain(before[0])
  await expect(fill(page)).toHaveCount(0)
  await expect.poll(() => isIn(site, before[0] ?? null, 'archive')).toBe(true)
  await page.getByRole('button', { name: 'Undo' }).tap()
  await expect.poll(() => ids(page)).toEqual(before)
  await expect.poll(() => isIn(site, before[0] ?? null, 'inbox')).toBe(true)
})

test('toward the end it marks as read or unread, which the fill says', async ({ page, site }) => {
  await start(page, site)
  const row = page.locator('[data-view=messages] [role=listitem][data-unread]').first()
  const id = await row.getAttribute('data-email-id')
  const same = page.locator(`[data-email-id="${id ?? ''}"]`)
  const there = await pull(page, same, 300)
  await expect(fill(page)).toHaveText('Read')
  await there.up()
  await expect(same).not.toHaveAttribute('data-unread')
  await expect(fill(page)).toHaveCount(0)
  await expect(same.locator('.row')).toHaveCSS('transform', 'none')
  const back = await pull(page, same, 300)
  await expect(fill(page)).toHaveText('Unread')
  await back.up()
  await expect(same).toHaveAttribute('data-unread')
})

test('a flick commits, however short', async ({ page, site }) => {
  await start(page, site)
  const before = await ids(page)
  const finger = await fingerOn(page)
  const { y } = await middleOf(rows(page).first())
  await finger.flick({ x: 300, y }, { x: 200, y }, 80)
  await expect.poll(() => ids(page)).not.toContain(before[0])
})

test('a short swipe rests open; the next touch closes it and opens nothing, its button acts', async ({
  page,
  site,
}) => {
  await start(page, site)
  const before = await ids(page)
  await (await pull(page, rows(page).nth(1), -70)).up()
  await expect(fill(page)).toHaveText('Archive')
  await expect(rows(page).nth(1).locator('.row')).toHaveCSS('transform', 'matrix(1, 0, 0, 1, -84, 0)')
  await rows(page).nth(3).tap()
  await expect(fill(page)).toHaveCount(0)
  await expect(rows(page)).not.toHaveCount(0)
  expect(await ids(page)).toEqual(before)
  await (await pull(page, rows(page).nth(1), -70)).up()
  await page.getByRole('button', { name: 'Archive' }).tap()
  await expect.poll(() => ids(page)).not.toContain(before[1])
})

test('one row is open at a time, and scrolling closes it', async ({ page, site }) => {
  await start(page, site)
  await (await pull(page, rows(page).nth(1), -70)).up()
  await expect(rows(page).nth(1).locator('.swipe-fill')).toHaveCount(1)
  await (await pull(page, rows(page).nth(3), -70)).up()
  await expect(rows(page).nth(3).locator('.swipe-fill')).toHaveCount(1)
  await expect(fill(page)).toHaveCount(1)
  await page.locator('[data-view=messages]').evaluate((list) => list.parentElement?.scrollBy(0, 40))
  await expect(fill(page)).toHaveCount(0)
})

test('a touch at the edge of the screen is the system’s, one that goes down scrolls', async ({ page, site }) => {
  await start(page, site)
  const before = await ids(page)
  const finger = await fingerOn(page)
  const { y } = await middleOf(rows(page).nth(4))
  await finger.drag({ x: 380, y }, { x: 100, y })
  await expect(fill(page)).toHaveCount(0)
  await finger.up()
  await finger.drag({ x: 300, y }, { x: 240, y: y - 200 })
  await expect(fill(page)).toHaveCount(0)
  await finger.up()
  const scrolled = (): Promise<number> =>
    page.locator('[data-view=messages]').evaluate((list) => list.parentElement?.scrollTop ?? 0)
  await expect.poll(scrolled).toBeGreaterThan(100)
  await page.locator('[data-view=messages]').evaluate((list) => list.parentElement?.scrollTo(0, 0))
  await expect.poll(() => ids(page)).toEqual(before)
})

test('in the Archive no swipe archives: the row stays where it is', async ({ page, site }) => {
  await start(page, site)
  await page.getByRole('button', { name: 'Mailboxes' }).tap()
  await page.getByRole('treeitem', { name: /^Archive/ }).tap()
  await expect(page.getByRole('heading', { level: 1, name: 'Archive' })).toBeVisible()
  const finger = await pull(page, rows(page).first(), -200)
  await expect(rows(page).first().locator('.row')).toHaveCSS('transform', 'matrix(1, 0, 0, 1, 0, 0)')
  await expect(fill(page)).toHaveCount(0)
  await finger.up()
})

test('right to left the meanings follow the reading direction', async ({ page, site }) => {
  await start(page, site)
  await page.evaluate(() => (document.documentElement.dir = 'rtl'))
  const before = await ids(page)
  const finger = await pull(page, rows(page).first(), 290)
  await expect(fill(page)).toHaveText('Archive')
  await finger.up()
  await expect.poll(() => ids(page)).not.toContain(before[0])
})

test('offline a swipe waits, and arrives', async ({ page, site }) => {
  await start(page, site)
  const before = await ids(page)
  const mend = site.server.faults.add({ match: {}, do: { kind: 'dropBefore' } })
  await (await pull(page, rows(page).first(), -280)).up()
  await expect.poll(() => ids(page)).not.toContain(before[0])
  expect(isIn(site, before[0] ?? null, 'inbox')).toBe(true)
  mend()
  await expect.poll(() => isIn(site, before[0] ?? null, 'archive'), { timeout: 30_000 }).toBe(true)
})

test('a finger that rests on a row ticks it; then a tap ticks, and no swipe begins', async ({ page, site }) => {
  await start(page, site)
  const finger = await fingerOn(page)
  await finger.down(await middleOf(rows(page).nth(1)))
  await expect(bar(page, '1')).toBeVisible()
  await finger.up()
  await expect(bar(page, '1')).toBeVisible()
  await rows(page).nth(3).getByRole('link').tap()
  await expect(bar(page, '2')).toBeVisible()
  const swipe = await pull(page, rows(page).nth(2), -200)
  await expect(fill(page)).toHaveCount(0)
  await swipe.up()
  await rows(page).nth(3).getByRole('link').tap()
  await rows(page).nth(1).getByRole('link').tap()
  await expect(page.getByRole('toolbar')).toHaveCount(0)
  await rows(page).nth(1).getByRole('link').tap()
  await expect(page.locator('main h1')).toBeVisible()
})

test('a finger that moves ticks nothing', async ({ page, site }) => {
  await start(page, site)
  const finger = await fingerOn(page)
  const { x, y } = await middleOf(rows(page).nth(4))
  await finger.drag({ x, y }, { x, y: y - 20 }, 1)
  // longer than a press that rests
  await page.waitForTimeout(600)
  await finger.up()
  await expect(page.getByRole('toolbar')).toHaveCount(0)
})

/** Pulls the list down at its top, and lets go. */
async function pullDown(page: Page, by: number): Promise<void> {
  const finger = await fingerOn(page)
  const { x, y } = await middleOf(rows(page).first())
  await finger.drag({ x, y }, { x, y: y + by }, 12)
  await finger.up()
}

test('pulled down at its top the list asks for new mail, and says so', async ({ page, site }) => {
  // neither a push nor the clock brings it
  site.server.faults.add({ match: { path: '/jmap/eventsource' }, do: { kind: 'dropBefore' } })
  await start(page, site)
  deliver(site, 'Fetched by hand')
  await expect(rows(page).filter({ hasText: 'Fetched by hand' })).toHaveCount(0)
  await pullDown(page, 60)
  await expect(page.locator('.pull-sign')).toHaveAttribute('data-state', 'away')
  await pullDown(page, 240)
  await expect(page.getByText('Looking for new mail')).toBeAttached()
  await expect(rows(page).first()).toContainText('Fetched by hand')
  await expect(page.getByText(/Up to date/).first()).toBeAttached()
  await expect(page.locator('.pull-sign')).toHaveAttribute('data-state', 'away')
})

test('offline the sign goes away again, and it is said', async ({ context, page, site }) => {
  await start(page, site)
  await goOffline(context, site)
  // it may be over before anybody looks
  await page.evaluate(() => {
    const states: (string | undefined)[] = []
    Object.assign(window, { states })
    new MutationObserver((changes) => {
      for (const { target } of changes) states.push((target as HTMLElement).dataset.state)
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-state'] })
  })
  await pullDown(page, 240)
  const states = (): Promise<string[]> => page.evaluate(() => (window as unknown as { states: string[] }).states)
  await expect.poll(states, { timeout: 20_000 }).toContain('away')
  expect((await states()).slice(-2)).toEqual(['asking', 'away'])
  await expect(page.getByText(/Offline/).first()).toBeAttached()
})

test('what each direction does is chosen in the settings of the account, and kept', async ({ page, site }) => {
  await start(page, site)
  const before = await ids(page)
  const settings = async (): Promise<void> => {
    await page.goto(`${site.url}settings/`)
    await page.getByRole('link', { name: 'Reading' }).click()
  }
  await settings()
  const choose = (group: string, choice: string): Promise<void> =>
    page.getByRole('radiogroup', { name: group }).getByRole('radio', { name: choice }).check()
  await choose('Swipe a row to the left', 'Delete')
  await choose('Swipe a row to the right', 'Nothing')
  await page.goto(site.url)
  await expect(rows(page).first()).toHaveCSS('touch-action', 'pan-y pinch-zoom')
  const right = await pull(page, rows(page).first(), 250)
  await expect(fill(page)).toHaveCount(0)
  await right.up()
  const left = await pull(page, rows(page).first(), -280)
  await expect(fill(page)).toHaveText('Delete')
  await left.up()
  await expect.poll(() => ids(page)).not.toContain(before[0])
  await expect.poll(() => isIn(site, before[0] ?? null, 'trash')).toBe(true)

  await settings()
  await choose('Swipe a row to the right', 'Snooze…')
  await page.goto(site.url)
  await expect(rows(page).first()).toHaveCSS('touch-action', 'pan-y pinch-zoom')
  const again = await pull(page, rows(page).first(), 280)
  await expect(fill(page)).toHaveText('Snooze…')
  await again.up()
  const sleeper = before[1] ?? null
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Tomorrow/ })
    .first()
    .click()
  await expect.poll(() => isIn(site, sleeper, 'snoozed')).toBe(true)
})
