/** What the browser gets before any mail: the policies as served, and the shell that the service worker keeps. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { builtDirectory } from '../../src/build/build-app.ts'
import type { HeaderTable } from '../../src/build/headers-plugin.ts'
import { metaPolicy } from '../../src/build/policy.ts'
import { expect, test } from './fixtures.ts'

test.use({ demo: { messages: 0 } })

test('the script of the frames is the one that the served policies name', async ({ site }) => {
  const table = JSON.parse(readFileSync(join(builtDirectory, 'headers.json'), 'utf8')) as HeaderTable
  const app = await fetch(site.url)
  const frame = await fetch(new URL('/reader-open.html', site.url))
  const script = /<script>([\s\S]*)<\/script>/.exec(await frame.text())?.[1] ?? ''
  const hash = `sha256-${createHash('sha256').update(script).digest('base64')}`
  expect(app.headers.get('content-security-policy')).toContain(`script-src 'self' '${hash}' '${table.pdfHash}';`)
  expect(frame.headers.get('content-security-policy')).toContain(`script-src '${hash}';`)
  expect(await app.text()).toContain(metaPolicy('app', { ...table, origins: [] }))
  // every chunk that makes a srcdoc carries the same script
  expect(table.frameHash).toBe(hash)
})

test('opens without a network, with the policy that the server had sent', async ({ page, site }) => {
  await page.goto(site.url)
  await page.evaluate(() => navigator.serviceWorker.ready)
  const served = (await page.request.get(site.url)).headers()['content-security-policy']
  await site.close()
  const response = await page.goto(new URL('/in/some/mailbox', site.url).href)
  expect(response?.fromServiceWorker()).toBe(true)
  expect(response?.headers()['content-security-policy']).toBe(served)
  await expect(page.locator('#app')).not.toBeEmpty()
  const answers = await page.evaluate(() =>
    Promise.all(
      ['/parse.html', '/jmap/session', '/config.json'].map((path) =>
        fetch(path).then(
          (r) => r.status,
          () => 'failed',
        ),
      ),
    ),
  )
  expect(answers).toEqual([200, 'failed', 'failed'])
})
