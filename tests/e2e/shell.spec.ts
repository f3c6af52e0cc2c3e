/** What the browser gets before any mail: the policies as served, and the shell that the service worker keeps. */
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { serve } from '../../demo/http/serve.ts'
import { builtDirectory } from '../../src/build/build-app.ts'
import { metaPolicy } from '../../src/build/policy.ts'
import { expect, test } from './fixtures.ts'

test.use({ demo: { messages: 0 } })

const shells = (page: Page) =>
  page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('postern-shell-')).sort())

/** A later release of the same app: the version of its service worker differs, and so does its name for everything. */
function release(version: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'postern-release-'))
  cpSync(builtDirectory, directory, { recursive: true })
  for (const ending of ['.br', '.gz']) rmSync(join(directory, `sw.js${ending}`))
  const script = readFileSync(join(directory, 'sw.js'), 'utf8')
  const own = /postern-shell-[\s\S]*?([`'"])([0-9a-f]{12})\1/.exec(script)?.[2]
  expect(own).toBeDefined()
  writeFileSync(join(directory, 'sw.js'), script.replaceAll(own ?? '', version))
  return directory
}

test('the script of the frames is the one that the served policies name', async ({ site }) => {
  const app = await fetch(site.url)
  const frame = await fetch(new URL('/reader-open.html', site.url))
  const script = /<script>([\s\S]*)<\/script>/.exec(await frame.text())?.[1] ?? ''
  const hash = `sha256-${createHash('sha256').update(script).digest('base64')}`
  expect(app.headers.get('content-security-policy')).toContain(`script-src 'self' '${hash}';`)
  expect(frame.headers.get('content-security-policy')).toContain(`script-src '${hash}';`)
  expect(await app.text()).toContain(metaPolicy('app', { frameHash: hash, origins: [] }))
  // every chunk that makes a srcdoc carries the same script
  const table = JSON.parse(readFileSync(join(builtDirectory, 'headers.json'), 'utf8')) as { frameHash: string }
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

test('a new build waits for the page, keeps the one before and no older one', async ({ page, site }) => {
  const port = Number(new URL(site.url).port)
  await page.goto(site.url)
  await page.evaluate(() => navigator.serviceWorker.ready)
  const [first = ''] = await shells(page)
  await site.close()
  for (const [version, kept] of [
    ['aaaaaaaaaaaa', [first, 'postern-shell-aaaaaaaaaaaa']],
    ['bbbbbbbbbbbb', ['postern-shell-aaaaaaaaaaaa', 'postern-shell-bbbbbbbbbbbb']],
  ] as const) {
    const directory = release(version)
    const next = await serve({ directory, port, messages: 0 })
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready
      await registration.update()
    })
    await expect
      .poll(() => page.evaluate(async () => (await navigator.serviceWorker.ready).waiting?.state))
      .toBe('installed')
    await page.evaluate(async () => {
      const changed = new Promise((resolve) => {
        navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true })
      })
      const registration = await navigator.serviceWorker.ready
      registration.waiting?.postMessage({ type: 'skipWaiting' })
      await changed
    })
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated')
    expect(await shells(page)).toEqual([...kept].sort())
    await next.close()
    rmSync(directory, { recursive: true })
  }
})
