/**
 * A1 of security.md: axe on every screen, light and dark, at three widths. The app's own document only: letters are
 * judged by the rules of the frame builder. One device per width is signed in once and goes from screen to screen.
 */
import { serve } from '../../demo/http/serve.ts'
import { screens } from '../screens/screens.ts'
import { axeFaults } from '../support/axe.ts'
import { expectNone, watchBreaches } from './breaches.ts'
import { expect, test as base } from './fixtures.ts'
import type { BrowserContext, Page } from '@playwright/test'
import type { Stage } from '../screens/stage.ts'

interface Device {
  readonly page: Page
  readonly stage: Stage
  readonly breaches: string[]
  readonly close: () => Promise<void>
}

type DeviceAt = (width: number, isSignedOut: boolean) => Promise<Device>

const heights: Readonly<Record<number, number>> = { 390: 844, 820: 1180, 1440: 900 }

const test = base.extend<object, { deviceAt: DeviceAt }>({
  deviceAt: [
    async ({ browser }, use) => {
      const devices = new Map<string, Promise<Device>>()
      const open = async (width: number): Promise<Device> => {
        const site = await serve({ messages: 300 })
        const context = await browser.newContext({
          viewport: { width, height: heights[width] ?? 900 },
          locale: 'en-GB',
          timezoneId: 'Europe/Stockholm',
          reducedMotion: 'reduce',
          hasTouch: width < 720,
        })
        const breaches = await watchBreaches(context, site.url)
        const stage = { url: site.url, server: site.server, isStack: width < 720, isWide: width >= 1200 }
        const close = async (): Promise<void> => {
          await context.close()
          await site.close()
        }
        return { page: await context.newPage(), stage, breaches, close }
      }
      await use((width, isSignedOut) => {
        const key = `${String(width)} ${String(isSignedOut)}`
        const device = devices.get(key) ?? open(width)
        devices.set(key, device)
        return device
      })
      await Promise.all([...devices.values()].map(async (device) => (await device).close()))
    },
    { scope: 'worker' },
  ],
})

/** What an earlier screen chose or took away. */
async function reset(page: Page, context: BrowserContext): Promise<void> {
  await context.setOffline(false)
  if (page.url() !== 'about:blank') await page.evaluate(() => localStorage.removeItem('postern:settings'))
}

test.describe.configure({ mode: 'parallel' })

for (const width of [390, 820, 1440]) {
  for (const { name, show, isSignedOut } of screens) {
    test(`axe finds nothing on ${name} at ${String(width)} px`, async ({ deviceAt }) => {
      const { page, stage, breaches } = await deviceAt(width, isSignedOut === true)
      await reset(page, page.context())
      await show(page, stage)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.waitForTimeout(120)
        expect(await axeFaults(page), colorScheme).toEqual([])
      }
      expectNone(breaches)
    })
  }
}
