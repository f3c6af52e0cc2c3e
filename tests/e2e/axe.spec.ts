/**
 * A1 of security.md: axe on every screen, light and dark, at three widths. The app's own document only: letters are
 * judged by the rules of the frame builder.
 */
import { screens } from '../screens/screens.ts'
import { axeFaults } from '../support/axe.ts'
import { test } from './devices.ts'
import { expect } from './fixtures.ts'

test.describe.configure({ mode: 'parallel' })

for (const [width, height] of [
  [390, 844],
  [820, 1180],
  [1440, 900],
] as const) {
  for (const screen of screens) {
    test(`A1: axe finds nothing on ${screen.name} at ${String(width)} px`, async ({ showOn }) => {
      const page = await showOn({ width, height }, screen)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.waitForTimeout(120)
        expect(await axeFaults(page), colorScheme).toEqual([])
      }
    })
  }
}
