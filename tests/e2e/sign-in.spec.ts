/** Signing in, and what it leaves behind. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Page } from '@playwright/test'

const MARA = { user: 'mara@lindqvist.example' }

async function submit(page: Page, user: string, password: string, keep = true): Promise<void> {
  await page.fill('input[autocomplete=username]', user)
  await page.fill('input[autocomplete=current-password]', password)
  await page.getByRole('checkbox', { name: 'This device is mine' }).setChecked(keep)
  await page.click('button[type=submit]')
}

async function demoPassword(page: Page): Promise<string> {
  return page.evaluate(
    async () => ((await (await fetch('/config.json')).json()) as { demo: { password: string } }).demo.password,
  )
}

for (const like of ['plain', 'stalwart', 'cyrus'] as const) {
  test.describe(`like ${like}`, () => {
    test.use({ demo: { messages: 60, like } })

    test('a wrong password is said at its field, sent once, and nothing is stored', async ({ page, site }) => {
      await page.goto(site.url)
      await submit(page, MARA.user, 'not this one')
      const alert = page.getByRole('alert').filter({ hasText: /\S/ }).first()
      await expect(alert).toBeVisible()
      await expect(page.locator('input[autocomplete=current-password]')).toHaveAttribute('aria-invalid', 'true')
      const tries =
        site.server.log.entries.filter(({ status }) => status === 401).length +
        site.server.log.entries.filter(({ path }) => path.startsWith('/api/auth')).length
      await page.waitForTimeout(1500)
      const later =
        site.server.log.entries.filter(({ status }) => status === 401).length +
        site.server.log.entries.filter(({ path }) => path.startsWith('/api/auth')).length
      expect(later).toBe(tries)
      expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('mara')
      expect(
        await page.evaluate(
          async () => (await indexedDB.databases()).filter(({ name }) => name?.startsWith('postern/')).length,
        ),
      ).toBe(0)
    })

    test('with "This device is mine" a reload does not ask; the password is nowhere in clear', async ({
      page,
      site,
    }) => {
      await page.goto(site.url)
      const password = await demoPassword(page)
      await submit(page, MARA.user, password)
      await expect(rows(page).first()).toBeVisible()
      await page.reload()
      await expect(rows(page).first()).toBeVisible()
      await waitForReady(page)
      expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain(password)
      const stored = await page.evaluate(async () => {
        const all: unknown[] = []
        for (const { name } of await indexedDB.databases()) {
          const database = await new Promise<IDBDatabase>((resolve, reject) => {
            const open = indexedDB.open(name ?? '')
            open.onsuccess = () => resolve(open.result)
            open.onerror = () => reject(open.error ?? new Error('no database'))
          })
          for (const store of database.objectStoreNames)
            all.push(
              await new Promise((resolve) => {
                const get = database.transaction(store).objectStore(store).getAll()
                get.onsuccess = () => resolve(get.result)
              }),
            )
          database.close()
        }
        return JSON.stringify(all, (_, value: unknown) =>
          value instanceof Uint8Array || value instanceof ArrayBuffer
            ? String.fromCharCode(...new Uint8Array(value))
            : value,
        )
      })
      expect(stored).not.toContain(password)
    })

    test('without it a reload asks again, and nothing is on the disk', async ({ page, site }) => {
      await page.goto(site.url)
      await submit(page, MARA.user, await demoPassword(page), false)
      await expect(rows(page).first()).toBeVisible()
      await rows(page).first().getByRole('link').click()
      await expect(page.locator('main article:not([aria-busy=true])').first()).toBeVisible()
      expect(
        await page.evaluate(
          async () => (await indexedDB.databases()).filter(({ name }) => name?.startsWith('postern/')).length,
        ),
      ).toBe(0)
      await page.reload()
      await expect(page.locator('input[autocomplete=username]')).toBeVisible()
    })
  })
}

test('a server that is not there, or no JMAP server, is named with what to do', async ({ page, site }) => {
  await page.goto(site.url)
  await page.getByRole('button', { name: 'Server' }).click()
  await page.fill('input[name=server]', 'https://elsewhere.example')
  await submit(page, MARA.user, 'whatever')
  await expect(page.getByRole('alert').filter({ hasText: /elsewhere\.example/ })).toContainText('config.json')
})

test.describe('config.json', () => {
  // The file is not the mail server's, so its faults do not meet it: it is answered for here.
  test.use({ serviceWorkers: 'block', demo: { messages: 10 } })

  test('a web page in its place is named to the admin, and signing in goes on', async ({ page, site }) => {
    const password = await page.goto(site.url).then(() => demoPassword(page))
    await page.route('**/config.json?*', (route) =>
      route.fulfill({ status: 200, contentType: 'text/html', body: '<title>Welcome to WLAN</title>' }),
    )
    await page.goto(site.url)
    await expect(page.getByText(/In place of config\.json the server answers with a web page/)).toBeVisible()
    await submit(page, MARA.user, password)
    await expect(rows(page).first()).toBeVisible()
  })

  test('missing where no mail server is either, its admin is told what to put there', async ({ page, site }) => {
    for (const path of ['/jmap/session', '/.well-known/jmap'])
      site.server.faults.add({ match: { path }, do: { kind: 'status', status: 404 } })
    await page.route('**/config.json?*', (route) => route.fulfill({ status: 404, body: 'Not found' }))
    await page.goto(site.url)
    const alert = page.getByRole('alert').filter({ hasText: /\S/ })
    await expect(alert).toContainText('beside the page lies no config.json that names a mail server')
    await submit(page, MARA.user, 'whatever')
    await expect(alert.filter({ hasText: 'This installation may not talk to' })).toBeVisible()
    await expect(page.locator('input[autocomplete=username]')).toHaveValue(MARA.user)
  })
})

test('a rejected token asks once and keeps the mail', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  site.server.changePassword(MARA.user, 'another one')
  await page.reload()
  await expect(rows(page).first()).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-sync', 'error')
})

test('a tab that still asks for the password opens the mail once another one was told it', async ({
  context,
  page,
  site,
}) => {
  await page.clock.install()
  await page.goto(site.url)
  await expect(page.getByRole('button', { name: 'Try the demo' })).toBeVisible()
  // The last thing that the code asks for which looks after the app.
  const upkeep = page.waitForRequest(/config\.json\?v=name/)
  await page.clock.fastForward(16_000)
  await upkeep
  const other = await context.newPage()
  await signInToDemo(other, site)
  await expect(rows(page).first()).toBeVisible()
})
