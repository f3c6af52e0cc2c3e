/** A7 of security.md and design §5, on every screen: nothing is cut off or out of reach. */
import { screens } from '../screens/screens.ts'
import { lost } from '../support/loss.ts'
import { test, type DeviceOptions } from './devices.ts'
import { expect } from './fixtures.ts'

test.describe.configure({ mode: 'parallel' })

const readers: readonly (readonly [string, DeviceOptions])[] = [
  ['200 % text on a phone', { width: 390, height: 844, fontSize: '200%' }],
  ['200 % text on a desk', { width: 1440, height: 900, fontSize: '200%' }],
  ['400 % zoom', { width: 320, height: 256 }],
  ['right to left on a phone', { width: 390, height: 844, dir: 'rtl' }],
  ['right to left on a desk', { width: 1440, height: 900, dir: 'rtl' }],
]

for (const [reader, device] of readers) {
  test(`A7, ${reader}: nothing is lost on any screen`, async ({ showOn }) => {
    test.setTimeout(400_000)
    for (const screen of screens) {
      const page = await showOn(device, screen)
      await page.waitForTimeout(120)
      expect.soft(await lost(page), screen.name).toEqual([])
    }
  })
}
