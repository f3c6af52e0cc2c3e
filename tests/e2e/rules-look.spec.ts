/** security.md A6 to A9, and design §5: sizes, reflow, spacing, motion, contrast, forced colours, mirrored. */
import { axeFaults } from '../support/axe.ts'
import { lost } from '../support/loss.ts'
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Page } from '@playwright/test'

async function openFirst(page: Page): Promise<void> {
  await rows(page).first().getByRole('link').click()
  await expect(page.locator('main article [aria-expanded=true]').first()).toBeVisible()
  await expect(page.locator('main article[aria-busy=true]')).toHaveCount(0)
}

for (const width of [390, 1440]) {
  test(`A7: 200 % text loses nothing at ${String(width)} px`, async ({ page, site }) => {
    await page.setViewportSize({ width, height: 900 })
    await page.addInitScript(() => {
      addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = '200%'))
    })
    await page.goto(site.url)
    await expect(page.locator('input[autocomplete=username]')).toBeVisible()
    expect(await lost(page)).toEqual([])
    await signInToDemo(page, site)
    await waitForReady(page)
    expect(await lost(page)).toEqual([])
    // Rows grow with the text: the three lines stay inside.
    const row = rows(page).nth(1)
    expect((await row.boundingBox())?.height).toBeGreaterThan(140)
    await openFirst(page)
    expect(await lost(page)).toEqual([])
  })
}

test('A7: 400 % zoom, 320 by 256 px, loses nothing and scrolls one way only', async ({ page, site }) => {
  await page.setViewportSize({ width: 320, height: 256 })
  await page.goto(site.url)
  await page.getByRole('button', { name: 'Sign in', exact: true }).scrollIntoViewIfNeeded()
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeInViewport()
  expect(await lost(page)).toEqual([])
  await signInToDemo(page, site)
  await waitForReady(page)
  expect(await lost(page)).toEqual([])
  const list = await page.locator('[data-view=messages]').evaluate((box) => box.parentElement?.clientHeight ?? 0)
  expect(list).toBeGreaterThan(60)
  await openFirst(page)
  expect(await lost(page)).toEqual([])
  const pane = await page.locator('[data-scroller]').evaluate((box) => box.clientHeight)
  expect(pane).toBeGreaterThan(100)
})

test('A7: the spacing of text can be overridden without loss', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await openFirst(page)
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
    )
    document.adoptedStyleSheets.push(sheet)
  })
  expect(await lost(page)).toEqual([])
})

test('A8: with reduced motion nothing moves for longer than 200 ms', async ({ page, site }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 820, height: 900 })
  await page.addInitScript(() => {
    const long: string[] = []
    Object.assign(window, { long })
    const look = (): void => {
      for (const animation of document.getAnimations()) {
        const { duration } = animation.effect?.getComputedTiming() ?? {}
        if (Number(duration) > 200) long.push(`${String(duration)} ms`)
      }
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await signInToDemo(page, site)
  await page.getByRole('button', { name: 'Mailboxes' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await openFirst(page)
  await page.waitForTimeout(300)
  expect(await page.evaluate(() => (window as unknown as { long: string[] }).long)).toEqual([])
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`A5: contrast holds on unread, selected, open and hovered rows, ${colorScheme}`, async ({ page, site }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await signInToDemo(page, site)
    await waitForReady(page)
    await openFirst(page)
    await rows(page).nth(1).getByRole('checkbox').setChecked(true, { force: true })
    await rows(page).nth(2).hover()
    await page.waitForTimeout(300)
    expect(await axeFaults(page, ['color-contrast', 'link-in-text-block'])).toEqual([])
  })
}

test.describe('on touch', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } })

  test('A6: targets are 44 px', async ({ page, site }) => {
    const small = (): Promise<string[]> =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('#app button, #app a[href], #app input, #app [role=treeitem]')]
          .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
          .filter((element) => getComputedStyle(element).clipPath === 'none' && !element.closest('[inert], .skips'))
          .flatMap((element) => {
            // What extends the target: a label, and what is drawn after it without layout.
            const target = element.closest('label') ?? element
            const { width, height } = target.getBoundingClientRect()
            const after = getComputedStyle(element, '::after')
            const [wide, high] =
              after.content === 'none' ? [0, 0] : [parseFloat(after.inlineSize), parseFloat(after.blockSize)]
            const isSmall = Math.max(width, wide) < 43.5 || Math.max(height, high) < 43.5
            return isSmall
              ? [
                  `${element.className} "${element.textContent.trim().slice(0, 30)}" ${String(Math.round(width))}x${String(Math.round(height))}`,
                ]
              : []
          }),
      )
    await page.goto(site.url)
    await expect(page.locator('input[autocomplete=username]')).toBeVisible()
    expect(await small()).toEqual([])
    await signInToDemo(page, site)
    await waitForReady(page)
    expect(await small()).toEqual([])
    await page.getByRole('button', { name: 'Mailboxes' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await small()).toEqual([])
    await page.keyboard.press('Escape')
    await openFirst(page)
    expect(await small()).toEqual([])
  })
})

test('A9: signing in takes a paste, and names its fields for password managers', async ({ page, site, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(site.url)
  const password = page.locator('input[autocomplete=current-password]')
  await expect(page.locator('input[autocomplete=username]')).toBeFocused()
  await page.evaluate(() => navigator.clipboard.writeText('a pasted password'))
  await password.focus()
  await page.keyboard.press('ControlOrMeta+v')
  await expect(password).toHaveValue('a pasted password')
  await page.fill('input[autocomplete=username]', 'mara@lindqvist.example')
  await page.click('button[type=submit]')
  await expect(password).toHaveAttribute('aria-invalid', 'true')
  // Nothing has to be typed twice: the address stays.
  await expect(page.locator('input[autocomplete=username]')).toHaveValue('mara@lindqvist.example')
})

test.describe('mirrored', () => {
  for (const width of [390, 820, 1440]) {
    test(`right to left, the shell is mirrored at ${String(width)} px`, async ({ page, site }) => {
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 900 })
      await page.addInitScript(() => {
        addEventListener('DOMContentLoaded', () => (document.documentElement.dir = 'rtl'))
      })
      await signInToDemo(page, site)
      await waitForReady(page)
      const box = async (selector: string): Promise<{ x: number; right: number }> => {
        const found = await page.locator(selector).first().boundingBox()
        return { x: found?.x ?? -1, right: (found?.x ?? -1) + (found?.width ?? 0) }
      }
      if (width === 1440) {
        expect((await box('[data-pane=side]')).right).toBe(width)
        expect((await box('[data-pane=reader]')).x).toBe(0)
      }
      if (width >= 820) expect((await box('[data-pane=list]')).x).toBeGreaterThan((await box('[data-pane=reader]')).x)
      // In a row: dot, avatar, text from the start edge, which is the right one; the time at the other end.
      const avatar = await box('[data-view=messages] [role=listitem] .avatar')
      const time = await box('[data-view=messages] [role=listitem] time')
      expect(avatar.x).toBeGreaterThan(time.right)
      expect(await lost(page)).toEqual([])
      if (width < 1440) {
        await page.getByRole('button', { name: 'Mailboxes' }).click()
        const dialog = await box('dialog')
        expect(dialog.right).toBe(width)
        await page.keyboard.press('Escape')
      }
      await openFirst(page)
      const mirrored = await page
        .locator('.mirror')
        .evaluateAll((icons) =>
          icons.filter((icon) => icon.checkVisibility()).map((icon) => getComputedStyle(icon).transform),
        )
      expect(mirrored.filter((transform) => transform !== 'matrix(-1, 0, 0, 1, 0, 0)')).toEqual([])
      expect(await lost(page)).toEqual([])
    })
  }
})
