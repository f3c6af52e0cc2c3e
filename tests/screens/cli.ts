/**
 * `npm run screens -- --out DIR`: every screen of the running app with the demo mailbox as NAME-WIDTH-light.png and
 * -dark.png, to be looked at and to be compared with design/. Chromium, 390x844, 820x1180, 1440x900, at 2x.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Browser } from 'playwright'
import { serve } from '../../demo/http/serve.ts'
import { buildApp } from '../../src/build/build-app.ts'
import { CHROMIUM_ARGS, findChromium } from '../support/chromium.ts'
import { screens } from './screens.ts'
import type { Screen } from './stage.ts'

const SIZES = [
  { width: 390, height: 844 },
  { width: 820, height: 1180 },
  { width: 1440, height: 900 },
] as const

const { values } = parseArgs({
  options: { out: { type: 'string' }, only: { type: 'string', multiple: true }, 'no-build': { type: 'boolean' } },
})
if (!values.out) {
  console.error('Say where the pictures go: npm run screens -- --out DIR')
  process.exit(2)
}
const out = values.out
mkdirSync(out, { recursive: true })
if (!values['no-build']) await buildApp()
const executablePath = findChromium()
if (!executablePath) {
  console.error('No Chromium here. Set CHROMIUM to its path.')
  process.exit(2)
}
const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS })
const site = await serve()
let failed = 0
for (const scheme of ['light', 'dark'] as const) {
  for (const size of SIZES) {
    for (const screen of screens) {
      if (values.only && !values.only.includes(screen.name)) continue
      try {
        await take(browser, screen, size, scheme)
      } catch (error) {
        failed += 1
        console.error(
          `${screen.name} at ${String(size.width)}, ${scheme}: ${error instanceof Error ? error.message : String(error)}`,
        )
      }
    }
  }
}
await site.close()
await browser.close()
process.exit(failed > 0 ? 1 : 0)

async function take(
  inBrowser: Browser,
  screen: Screen,
  size: (typeof SIZES)[number],
  scheme: 'light' | 'dark',
): Promise<void> {
  const isPhone = size.width < 720
  const context = await inBrowser.newContext({
    viewport: size,
    deviceScaleFactor: 2,
    colorScheme: scheme,
    locale: 'en-GB',
    timezoneId: 'Europe/Stockholm',
    ...(isPhone ? { hasTouch: true, isMobile: true } : {}),
  })
  try {
    const page = await context.newPage()
    await screen.show(page, { url: site.url, server: site.server, isStack: isPhone, isWide: size.width >= 1200 })
    await page.waitForTimeout(350)
    await page.screenshot({
      path: join(out, `${screen.name}-${String(size.width)}-${scheme}.png`),
      animations: 'disabled',
      caret: 'hide',
    })
  } finally {
    await context.close()
  }
}
