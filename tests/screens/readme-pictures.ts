/** `node tests/screens/readme-pictures.ts`: takes the two pictures of README.md from the demo, in `docs/pictures/`. */
import { join } from 'node:path'
import { chromium } from 'playwright'
import { serve } from '../../demo/http/serve.ts'
import { buildApp } from '../../src/build/build-app.ts'
import { CHROMIUM_ARGS, findChromium } from '../support/chromium.ts'
import { enter, openThread } from './stage.ts'

const pictures = [
  { file: 'inbox.png', viewport: { width: 1440, height: 900 }, thread: 'Grandma' },
  { file: 'phone.png', viewport: { width: 390, height: 844 }, thread: 'Grandma' },
] as const

if (!process.argv.includes('--no-build')) await buildApp()
const site = await serve()
const browser = await chromium.launch({ executablePath: findChromium() ?? 'chromium', args: CHROMIUM_ARGS })
for (const { file, viewport, thread } of pictures) {
  const isPhone = viewport.width < 720
  const touch = isPhone ? { hasTouch: true, isMobile: true } : {}
  const page = await browser.newPage({ viewport, locale: 'en-GB', timezoneId: 'Europe/Stockholm', ...touch })
  await enter(page, site.url)
  await openThread(page, thread)
  await page.waitForTimeout(400)
  const path = join(import.meta.dirname, '../../docs/pictures', file)
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
  await page.close()
}
await browser.close()
await site.close()
