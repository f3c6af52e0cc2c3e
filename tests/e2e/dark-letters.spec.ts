/** Designed letters in the dark: on the app's paper, readable, and as they were sent when the reader asks. */
import { chooseOfLetter, expect, rows, signInToDemo, test } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'

test.use({ colorScheme: 'dark' })

/** WCAG 2.2 contrast of the text of an element on the first ground behind it. */
const contrastOf = (text: Locator): Promise<number> =>
  text.evaluate((element) => {
    const context = new OffscreenCanvas(1, 1).getContext('2d')!
    const luminance = (colour: string): number => {
      context.fillStyle = colour
      context.fillRect(0, 0, 1, 1)
      const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((channel) => {
        const share = channel / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      }) as [number, number, number]
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    let ground: Element | null = element
    while (ground && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement
    const [ink, paper] = [getComputedStyle(element).color, getComputedStyle(ground ?? element).backgroundColor].map(
      luminance,
    )
    return (Math.max(ink!, paper!) + 0.05) / (Math.min(ink!, paper!) + 0.05)
  })

const paperOf = (page: Page): Promise<string> =>
  page
    .frameLocator('main article iframe >> visible=true')
    .locator('html')
    .evaluate((html) => getComputedStyle(html).backgroundColor)

test('a newsletter is dark, every word of it readable, and light again as it was sent', async ({ page, site }) => {
  await signInToDemo(page, site)
  await rows(page).getByRole('link').filter({ hasText: 'The Slow Letter' }).first().click()
  await expect(page.locator('main article[aria-busy=true]')).toHaveCount(0)
  await expect.poll(() => paperOf(page)).not.toBe('rgb(255, 255, 255)')
  const words = page.frameLocator('main article iframe >> visible=true').locator('h1, h2, p, a')
  for (const text of await words.all()) expect(await contrastOf(text)).toBeGreaterThanOrEqual(4.5)
  await chooseOfLetter(page, 'Show as sent')
  await expect.poll(() => paperOf(page)).toBe('rgb(255, 255, 255)')
  await chooseOfLetter(page, 'Show in dark')
  await expect.poll(() => paperOf(page)).not.toBe('rgb(255, 255, 255)')
})

test('what is ours in such a letter is dark, too: the pill of a quote', async ({ page, site }) => {
  await signInToDemo(page, site)
  await rows(page).getByRole('link').filter({ hasText: 'harbor/relay' }).first().click()
  await expect.poll(() => paperOf(page)).not.toBe('rgb(255, 255, 255)')
  const pill = page.frameLocator('main article iframe >> visible=true').locator('button[data-quote]')
  await expect(pill).not.toHaveCSS('background-color', 'rgb(236, 238, 234)')
  expect(await contrastOf(pill)).toBeGreaterThanOrEqual(4.5)
})
