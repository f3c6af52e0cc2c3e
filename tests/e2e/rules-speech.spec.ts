/** Design §5a, Live regions; security.md A4: what happens is said within a second. */
import { deliver, expect, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Page } from '@playwright/test'

interface Said {
  readonly role: string
  readonly text: string
  readonly at: number
}

/** Writes down what the live regions say, from before they are there. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const said: Said[] = []
    Object.assign(window, { said })
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest('body > [role]')
        const text = region?.textContent ?? ''
        if (region && text !== '') said.push({ role: region.getAttribute('role') ?? '', text, at: performance.now() })
      }
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
}

const said = (page: Page): Promise<Said[]> => page.evaluate(() => (window as unknown as { said: Said[] }).said)

/** Within a second of now something is said. */
async function expectSaid(page: Page, words: RegExp, from: number): Promise<void> {
  await expect.poll(async () => (await said(page)).map(({ text }) => text).join('\n')).toMatch(words)
  const at = (await said(page)).find(({ text }) => words.test(text))?.at ?? Infinity
  expect(at - from, String(words)).toBeLessThanOrEqual(1000)
}

const now = (page: Page): Promise<number> => page.evaluate(() => performance.now())

test('Live regions: two, there and empty from the first paint', async ({ page, site }) => {
  await page.goto(site.url)
  await expect(page.locator('input[autocomplete=username]')).toBeVisible()
  const regions = page.locator('body > [role=status], body > [role=alert]')
  await expect(regions).toHaveCount(2)
  await expect(regions).toHaveText(['', ''])
})

test('Live regions (A4): the result of an action and the selection count are said within a second', async ({
  page,
  site,
}) => {
  await listen(page)
  await signInToDemo(page, site)
  await waitForReady(page)
  await page.locator('[data-view=messages] [role=listitem][data-unread] a').first().focus()
  let from = await now(page)
  await page.keyboard.press('Shift+I')
  await expectSaid(page, /1 conversation marked as read/, from)
  await page.waitForTimeout(1200)
  await page.keyboard.press('Tab')
  from = await now(page)
  await page.keyboard.press('Space')
  await expectSaid(page, /1 selected/, from)
  await page.waitForTimeout(1200)
  from = await now(page)
  await page.keyboard.press('Escape')
  await expectSaid(page, /Nothing selected/, from)
})

test('Live regions (A4): new mail is said, once in 30 s, and at most one thing a second', async ({ page, site }) => {
  await listen(page)
  await signInToDemo(page, site)
  await waitForReady(page)
  await page.waitForTimeout(500)
  deliver(site, 'First to arrive')
  await expect(page.getByText('First to arrive').first()).toBeVisible()
  await expectSaid(page, /1 new message/, (await now(page)) - 1000)
  deliver(site, 'Second to arrive')
  await expect(page.getByText('Second to arrive').first()).toBeVisible()
  await page.waitForTimeout(1500)
  const all = (await said(page)).filter(({ role }) => role === 'status')
  expect(all.filter(({ text }) => /new message/.test(text))).toHaveLength(1)
  for (const [index, { at }] of all.entries()) expect(at - (all[index - 1]?.at ?? -Infinity)).toBeGreaterThan(950)
})

test('Live regions (A4): offline and back are said', async ({ page, site, context }) => {
  await listen(page)
  await signInToDemo(page, site)
  await waitForReady(page)
  const from = await now(page)
  await context.setOffline(true)
  await expectSaid(page, /Offline/, from)
})
