/** The database under the app: upgraded under open tabs (R19), full (R17), newer than the code, damaged, wiped (R18). */
import { keptRows } from '../support/kept-database.ts'
import { makeNewSchema, type Release } from '../support/releases.ts'
import { deliver, expect, rows, signInToDemo, test as base, waitForReady } from './fixtures.ts'
import type { Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

const test = base.extend<{ newSchema: Release }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
  newSchema: async ({}, use) => {
    const release = makeNewSchema()
    await use(release)
    release.remove()
  },
})

const unread = (page: Page) => page.locator('[data-view=messages] [role=listitem][data-unread]')

const keywordsOf = (site: DemoSite, id: string): string[] => [
  ...(site.server.accountOf('mara@lindqvist.example').emails.get(id)?.keywords ?? []),
]

/** Marks the first unread row as read; answers its message. */
async function markFirstRead(page: Page): Promise<string> {
  const id = (await unread(page).first().getAttribute('data-email-id')) ?? ''
  await unread(page).first().getByRole('link').focus()
  await page.keyboard.press('Shift+I')
  await expect(page.locator(`[role=listitem][data-email-id="${id}"]`)).not.toHaveAttribute('data-unread')
  return id
}

test.describe('the build that the server has', () => {
  // What offers it, and when, is in update.spec.ts: here the reader has accepted.
  test.use({ serviceWorkers: 'block' })

  test('R19: a new schema under five open tabs is there with the reload, and nothing is lost', async ({
    context,
    page,
    site,
    newSchema,
  }) => {
    test.setTimeout(45_000)
    await signInToDemo(page, site)
    await waitForReady(page)
    const others: Page[] = []
    for (let tab = 0; tab < 4; tab++) {
      const other = await context.newPage()
      await other.goto(page.url())
      await expect(rows(other).first()).toBeVisible()
      others.push(other)
    }
    const before = await keptRows(page)
    const count = Number(await rows(page).first().getAttribute('aria-setsize'))

    // What one of them did has not reached the server yet.
    const mend = site.server.faults.add({ match: { method: 'Email/set' }, do: { kind: 'dropBefore' } })
    const last = others.at(-1)
    if (!last) throw new Error('no tab')
    await last.bringToFront()
    await waitForReady(last)
    const id = await markFirstRead(last)

    await page.bringToFront()
    site.deploy(newSchema.directory)
    const accepted = performance.now()
    await page.reload()
    await expect(rows(page).first()).toBeVisible()
    const took = performance.now() - accepted
    test.info().annotations.push({ type: 'figure: ms to rows after the reload', description: took.toFixed(0) })
    expect(took).toBeLessThan(5_000)
    // The old ones have let go, and say so.
    for (const other of others)
      await expect(other.getByRole('heading', { name: 'This page has to be loaded again' })).toBeVisible()
    const after = await keptRows(page)
    expect(after.version).toBe(before.version + 1)
    expect(after.emails).toBeGreaterThanOrEqual(before.emails)
    expect(after.entries).toBeGreaterThanOrEqual(before.entries)
    await expect(page.locator(`[role=listitem][data-email-id="${id}"]`)).not.toHaveAttribute('data-unread')

    // The new one leads, though none of the old ones was closed: what was done reaches the server, and new mail arrives.
    mend()
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await expect.poll(() => keywordsOf(site, id)).toContain('$seen')
    deliver(site, 'After the upgrade')
    await expect(page.getByText('After the upgrade').first()).toBeVisible()
    await expect(rows(page).first()).toHaveAttribute('aria-setsize', String(count + 1))
  })
})

/** From now on the databases of this page and its worker take no new byte, as on a full disk; what only deletes passes. */
async function fillDisk(page: Page): Promise<void> {
  const fill = (): void => {
    const refuse = (): never => {
      throw new DOMException('The disk is full.', 'QuotaExceededError')
    }
    Object.assign(IDBObjectStore.prototype, { put: refuse, add: refuse })
  }
  await page.evaluate(fill)
  for (const worker of page.workers()) await worker.evaluate(fill)
}

const isFull = (page: Page) => page.getByText('Nothing more is kept here: mail is read from your server')

test('R17: the disk is full: mail is read from the server, it says so, and what waits to be sent is sent', async ({
  page,
  site,
}) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  // Stands on the device, and cannot be sent yet.
  const mend = site.server.faults.add({
    match: { method: 'Email/set' },
    do: { kind: 'methodError', type: 'serverUnavailable' },
  })
  const waiting = await markFirstRead(page)
  await expect(page.locator('html')).toHaveAttribute('data-outbox', '1')
  await fillDisk(page)
  deliver(site, 'There is no room for more')
  await expect(page.getByText('There is no room for more').first()).toBeVisible()
  await expect(page.locator(`[role=listitem][data-email-id="${waiting}"]`)).not.toHaveAttribute('data-unread')
  expect(keywordsOf(site, waiting)).not.toContain('$seen')
  mend()
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect.poll(() => keywordsOf(site, waiting)).toContain('$seen')
  await expect(isFull(page)).toBeVisible()
  // The letters are readable, and what the reader does reaches the server.
  await page.getByText('There is no room for more').first().click()
  await expect(page.locator('main article:not([aria-busy=true])').first()).toContainText('One line of text.')
  const id = await markFirstRead(page)
  await expect.poll(() => keywordsOf(site, id)).toContain('$seen')

  // Room again: with the next load mail is kept as before, and the outbox is empty.
  await expect(page.locator('html')).toHaveAttribute('data-outbox', '0')
  await page.getByRole('button', { name: 'Load the page again' }).click()
  await waitForReady(page)
  await expect(page.getByText('There is no room for more').first()).toBeVisible()
  await expect(isFull(page)).toBeHidden()
  await expect.poll(async () => (await keptRows(page)).emails).toBeGreaterThan(0)
})

test('R17: a first sign-in on a full disk: the mail is there, and nothing of it is kept', async ({ page, site }) => {
  await page.goto(site.url)
  const demo = page.getByRole('button', { name: 'Try the demo' })
  await expect(demo).toBeVisible()
  await expect.poll(() => page.workers().length).toBe(1)
  await fillDisk(page)
  await demo.click()
  await expect(rows(page).first()).toBeVisible()
  const id = await markFirstRead(page)
  await expect.poll(() => keywordsOf(site, id)).toContain('$seen')
  await page.getByRole('button', { name: /^Account / }).click()
  await expect(page.getByText('Nothing is kept on this device').first()).toBeVisible()
})

test('a database newer than the code: the page asks to be loaded again, once, and nothing of it is touched', async ({
  page,
  site,
}) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await page.evaluate(async () => {
    const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('postern/'))?.name ?? ''
    await new Promise<void>((resolve) => {
      indexedDB.open(name, 99).onsuccess = ({ target }) => {
        ;(target as IDBOpenDBRequest).result.close()
        resolve()
      }
    })
  })
  const asked = page.getByRole('heading', { name: 'This page has to be loaded again' })
  await expect(asked).toBeVisible()
  // As a build of before does that the server has again.
  await page.getByRole('button', { name: 'Load again' }).click()
  await expect(asked).toBeVisible()
  const kept = await keptRows(page)
  expect([kept.version, kept.emails > 0]).toEqual([99, true])
})

test('rows that cannot be read are fetched anew, under the open page too', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  const before = await keptRows(page)
  await page.evaluate(async () => {
    const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('postern/'))?.name ?? ''
    await new Promise<void>((resolve) => {
      indexedDB.open(name).onsuccess = ({ target }) => {
        const database = (target as IDBOpenDBRequest).result
        const tx = database.transaction(['entries', 'emails'], 'readwrite')
        for (const store of ['entries', 'emails']) {
          tx.objectStore(store).openCursor().onsuccess = (event) => {
            const cursor = (event.target as IDBRequest<IDBCursorWithValue | null>).result
            cursor?.update({ ...(cursor.value as object), _: new ArrayBuffer(3) })
            cursor?.continue()
          }
        }
        tx.oncomplete = () => {
          database.close()
          resolve()
        }
      }
    })
  })
  deliver(site, 'After the damage')
  await expect(page.getByText('After the damage').first()).toBeVisible()
  await page.reload()
  await expect(page.getByText('After the damage').first()).toBeVisible()
  await waitForReady(page)
  await expect.poll(async () => (await keptRows(page)).emails).toBeGreaterThanOrEqual(before.emails + 1)
})

test('R18: storage wiped while the app is closed: a sign-in, and no error', async ({ context, page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  await page.goto('about:blank')
  const devtools = await context.newCDPSession(page)
  await devtools.send('Storage.clearDataForOrigin', { origin: new URL(site.url).origin, storageTypes: 'all' })
  await signInToDemo(page, site)
  await waitForReady(page)
})
