/**
 * Axe on every screen, light and dark, at three widths: the app's own document only. Letters are judged by the rules of
 * the frame builder; axe cannot look into an opaque frame, and must not say so of the rest.
 */
import AxeBuilder from '@axe-core/playwright'
import { screens } from '../screens/screens.ts'
import { expect, test } from './fixtures.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

for (const [width, height] of [
  [390, 844],
  [820, 1180],
  [1440, 900],
] as const) {
  test.describe(`at ${String(width)} px`, () => {
    test.use({ viewport: { width, height }, hasTouch: width < 720 })
    for (const screen of screens) {
      test(`axe finds nothing on ${screen.name}`, async ({ page, site }) => {
        await screen.show(page, { url: site.url, server: site.server, isStack: width < 720, isWide: width >= 1200 })
        for (const scheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
          await page.waitForTimeout(250)
          const { violations } = await new AxeBuilder({ page })
            .withTags(TAGS)
            .options({ rules: { 'target-size': { enabled: true } } })
            .exclude('iframe')
            .analyze()
          const found = violations.map(
            ({ id, nodes }) =>
              `${scheme} ${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ''}`).join(' | ')}`,
          )
          expect(found).toEqual([])
        }
      })
    }
  })
}
