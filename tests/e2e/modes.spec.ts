/** Design §5, "Forced colours", "More contrast" and "Focus": what the reader's own colours and eyes need. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'

/** How it looks, with some of what stands around it: a ring is drawn outside of its control. */
async function look(page: Page, box: { x: number; y: number; width: number; height: number }): Promise<string> {
  const [x, y] = [Math.max(0, box.x - 5), Math.max(0, box.y - 5)]
  const picture = await page.screenshot({ clip: { x, y, width: box.width + 10, height: box.height + 10 } })
  return picture.toString('base64')
}

/** Walks by Tab; names what has the focus without looking any other than before. */
async function unseenStops(page: Page, most: number): Promise<string[]> {
  const unseen: string[] = []
  for (let stop = 0; stop < most; stop += 1) {
    await page.keyboard.press('Tab')
    const focused = page.locator('*:focus')
    if ((await focused.count()) === 0) break
    // The ring of a folded letter goes around its line, that of a choice around its label.
    const ringed = focused.locator('xpath=ancestor-or-self::*[self::label or self::article][1]').or(focused).first()
    const box = await ringed.boundingBox()
    if (!box || (await focused.evaluate((element) => element.tagName === 'IFRAME'))) continue
    const name = await focused.evaluate(
      (element) =>
        `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40)}`,
    )
    const withFocus = await look(page, box)
    const handle = await focused.elementHandle()
    await handle.evaluate((element) => (element as HTMLElement).blur())
    const without = await look(page, box)
    await handle.evaluate((element) => (element as HTMLElement).focus({ preventScroll: true }))
    if (withFocus === without) unseen.push(name)
  }
  return unseen
}

async function openFirst(page: Page): Promise<void> {
  await rows(page).first().getByRole('link').click()
  await expect(page.locator('main article [aria-expanded=true]').first()).toBeVisible()
  await expect(page.locator('main article[aria-busy=true]')).toHaveCount(0)
}

/** Icons and marks that cannot be told from what lies behind them. */
function unseenIcons(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
    const luminance = (colours: readonly string[]): number => {
      for (const colour of ['white', ...colours]) {
        if (!pen) continue
        pen.fillStyle = colour
        pen.fillRect(0, 0, 1, 1)
      }
      const [red = 0, green = 0, blue = 0] = [...(pen?.getImageData(0, 0, 1, 1).data ?? [])].map((byte) =>
        byte <= 10 ? byte / 3294.6 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
      )
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    return [...document.querySelectorAll('#app svg.icon, #app .lamp, #app .unread .lamp-unread')].flatMap((icon) => {
      if (!icon.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return []
      const under: string[] = []
      for (let box = icon.parentElement; box; box = box.parentElement)
        under.unshift(getComputedStyle(box).backgroundColor)
      const style = getComputedStyle(icon)
      const [back, ink] = [
        luminance(under),
        luminance([...under, icon.matches('svg') ? style.color : style.backgroundColor]),
      ]
      const ratio = (Math.max(back, ink) + 0.05) / (Math.min(back, ink) + 0.05)
      return ratio < 3 ? [`${icon.getAttribute('class') ?? ''} in ${icon.parentElement?.className ?? ''}`] : []
    })
  })
}

const outlineOf = (locator: Locator): Promise<string> =>
  locator.evaluate((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    return `${outlineStyle} ${outlineWidth}`
  })

for (const forcedColors of ['none', 'active'] as const) {
  test(`Focus is seen on every control, forced colours ${forcedColors}`, async ({ page, site }) => {
    test.setTimeout(120_000)
    await page.emulateMedia({ forcedColors, reducedMotion: 'reduce' })
    await page.goto(site.url)
    await expect(page.locator('input[autocomplete=username]')).toBeFocused()
    expect.soft(await unseenStops(page, 8), 'sign-in').toEqual([])
    await signInToDemo(page, site)
    await waitForReady(page)
    await openFirst(page)
    expect.soft(await unseenStops(page, 24), 'mail').toEqual([])
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    expect.soft(await unseenStops(page, 4), 'shortcuts').toEqual([])
    await page.goto(`${site.url}settings/appearance`)
    await expect(page.getByRole('heading', { level: 1, name: 'Appearance' })).toBeVisible()
    expect.soft(await unseenStops(page, 8), 'settings').toEqual([])
  })
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`Forced colours: outlines say what is current, open and selected, ${colorScheme}`, async ({ page, site }) => {
    await page.emulateMedia({ forcedColors: 'active', colorScheme, reducedMotion: 'reduce' })
    await page.goto(site.url)
    const mine = page.getByRole('checkbox', { name: 'This device is mine' })
    const box = await mine.boundingBox()
    if (!box) throw new Error('no checkbox')
    const ticked = await look(page, box)
    await mine.uncheck()
    await page.mouse.move(0, 0)
    expect(await look(page, box)).not.toBe(ticked)
    await signInToDemo(page, site)
    await waitForReady(page)
    await openFirst(page)
    await rows(page).nth(2).getByRole('checkbox').setChecked(true, { force: true })
    await page.mouse.move(0, 0)
    for (const state of [
      page.locator('[role=treeitem][aria-current=page]'),
      page.locator('[data-view=messages] .row.door'),
      page.locator('[data-view=messages] .row.selected'),
    ])
      expect(await outlineOf(state.first())).toBe('solid 2px')
    expect(await unseenIcons(page)).toEqual([])
    // Panes have no surfaces of their own any more: a line stands between them.
    const lines = await page.locator('[data-pane=list], [data-pane=reader]').evaluateAll((panes) =>
      panes.map((pane) => {
        const { borderInlineStartWidth, borderInlineEndWidth } = getComputedStyle(pane)
        return parseFloat(borderInlineStartWidth) + parseFloat(borderInlineEndWidth)
      }),
    )
    expect(Math.min(...lines)).toBeGreaterThan(0)
    await page.goto(`${site.url}settings/appearance`)
    const chosen = page.locator('label').filter({ has: page.getByRole('radio', { name: 'System' }) })
    expect(await outlineOf(chosen)).toBe('solid 2px')
    expect(await unseenIcons(page)).toEqual([])
  })
}

test('More contrast: lines reach 3:1, hints become words, doors and selections have an outline', async ({
  page,
  site,
}) => {
  await page.emulateMedia({ contrast: 'more', reducedMotion: 'reduce' })
  await signInToDemo(page, site)
  await waitForReady(page)
  await openFirst(page)
  await rows(page).nth(2).getByRole('checkbox').setChecked(true, { force: true })
  const token = (name: string): Promise<string> =>
    page.evaluate((each) => getComputedStyle(document.documentElement).getPropertyValue(each).trim(), name)
  expect(await token('--line')).toBe(await token('--line-control'))
  expect(await token('--line-soft')).toBe(await token('--line-control'))
  expect(await token('--text-3')).toBe(await token('--text-2'))
  for (const state of ['[role=treeitem][aria-current=page]', '.row.door', '.row.selected'])
    expect(await outlineOf(page.locator(state).first()), state).toBe('solid 1px')
})
