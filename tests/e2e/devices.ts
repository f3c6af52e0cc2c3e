/**
 * Devices that are signed in once and then go from screen to screen: for what is asked of every screen there is. Each
 * has a demo server of its own; a breach of the policy on any of its screens fails the test that shows it.
 */
import { serve } from '../../demo/http/serve.ts'
import { expectNone, watchBreaches } from './breaches.ts'
import { test as base } from './fixtures.ts'
import type { Page } from '@playwright/test'
import type { Screen, Stage } from '../screens/stage.ts'

export interface DeviceOptions {
  readonly width: number
  readonly height: number
  /** As a language that is written from right to left sets it. */
  readonly dir?: 'rtl'
  /** The size of the text that the reader chose in the browser. */
  readonly fontSize?: string
}

interface Device {
  readonly page: Page
  readonly stage: Stage
  readonly breaches: string[]
  readonly close: () => Promise<void>
}

/** The page of a device like this, with the screen on it. */
type ShowOn = (options: DeviceOptions, screen: Screen) => Promise<Page>

export const test = base.extend<object, { showOn: ShowOn }>({
  showOn: [
    async ({ browser }, use) => {
      const devices = new Map<string, Promise<Device>>()
      const open = async ({ width, height, dir, fontSize }: DeviceOptions): Promise<Device> => {
        const site = await serve({ messages: 300 })
        const context = await browser.newContext({
          viewport: { width, height },
          locale: 'en-GB',
          timezoneId: 'Europe/Stockholm',
          reducedMotion: 'reduce',
          hasTouch: width < 720,
        })
        await context.addInitScript(
          (given) => {
            addEventListener('DOMContentLoaded', () => {
              if (given.dir) document.documentElement.dir = given.dir
              if (given.fontSize) document.documentElement.style.fontSize = given.fontSize
            })
          },
          { dir, fontSize },
        )
        const breaches = await watchBreaches(context, site.url)
        const stage = { url: site.url, server: site.server, isStack: width < 720, isWide: width >= 1200 }
        const close = async (): Promise<void> => {
          await context.close()
          await site.close()
        }
        return { page: await context.newPage(), stage, breaches, close }
      }
      await use(async (options, screen) => {
        const key = JSON.stringify([options, screen.isSignedOut])
        const device = devices.get(key) ?? open(options)
        devices.set(key, device)
        const { page, stage, breaches } = await device
        // What an earlier screen chose or took away.
        await page.context().setOffline(false)
        if (page.url() !== 'about:blank') await page.evaluate(() => localStorage.removeItem('postern:settings'))
        await screen.show(page, stage)
        expectNone(breaches)
        return page
      })
      await Promise.all([...devices.values()].map(async (device) => (await device).close()))
    },
    { scope: 'worker' },
  ],
})
