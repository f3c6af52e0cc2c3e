/**
 * A1 of security.md: axe on every screen, light and dark, at three widths. The app's own document only: letters are
 * judged by the rules of the frame builder. On a phone's screen also A6: everything can be hit, and no field zooms it.
 */
import { screens } from '../screens/screens.ts'
import { axeFaults } from '../support/axe.ts'
import { touchFaults } from '../support/touch.ts'
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
      if (width < 720) expect(await touchFaults(page)).toEqual([])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.waitForTimeout(120)
        expect(await axeFaults(page), colorScheme).toEqual([])
      }
    })
  }
}
