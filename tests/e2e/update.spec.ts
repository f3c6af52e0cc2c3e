/** New builds under open tabs (R20): nothing is reloaded unasked, nothing goes blank, whatever the server still has. */
import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { builtDirectory } from '../../src/build/build-app.ts'
import { axeFaults } from '../support/axe.ts'
import { IS_ALL_KEPT } from '../support/kept-shell.ts'
import { makeRelease, type Release } from '../support/releases.ts'
import { expect, rows, signInToDemo, test as base, waitForReady } from './fixtures.ts'
import type { Page } from '@playwright/test'

const test = base.extend<{ release: (name: string) => Release }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
  release: async ({}, use) => {
    const made: Release[] = []
    await use((name) => {
      const one = makeRelease(name)
      made.push(one)
      return one
    })
    for (const one of made) one.remove()
  },
})

test.beforeEach(async ({ context }) => {
  await context.addInitScript(() => {
    // Frames of letters have no storage, and load on their own.
    if (window !== top || origin === 'null') return
    sessionStorage.setItem('loads', String(Number(sessionStorage.getItem('loads')) + 1))
  })
})

const loads = (page: Page) => page.evaluate(() => Number(sessionStorage.getItem('loads')))
const markOf = (page: Page) => page.locator('meta[name=postern]').getAttribute('content')
const offer = (page: Page) => page.getByRole('region', { name: 'New version' })
const shells = (page: Page) =>
  page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('postern-shell-')).sort())

/** A page whose build is kept whole, with what looks after it at work. */
async function openKept(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready)
  await expect
    .poll(async () => {
      await page.clock.fastForward(16_000)
      return page.evaluate(IS_ALL_KEPT)
    })
    .toBe(true)
}

/** The notice comes with what looks after the app, some time after the start. */
async function reloadWhenOffered(page: Page): Promise<void> {
  await page.clock.fastForward(16_000)
  await offer(page).getByRole('button', { name: 'Reload' }).click()
}

/** No screen of its own: it lies over whatever is read, which is judged elsewhere. */
async function judgeOffer(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await axeFaults(page, ['button-name', 'color-contrast', 'landmark-unique', 'region'])).toEqual([])
  }
}

/** As the browser does when it looks for a newer worker; says how that ended. */
function lookForUpdate(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    await registration.update()
    const { installing } = registration
    if (!installing) return registration.waiting ? 'installed' : 'none'
    return new Promise<string>((resolve) => {
      installing.addEventListener('statechange', () => resolve(installing.state), { once: true })
    })
  })
}

test('R20: two releases under two open tabs; each is reloaded once for each, by its reader', async ({
  context,
  page,
  site,
  release,
}) => {
  test.slow()
  await page.clock.install()
  await signInToDemo(page, site)
  await waitForReady(page)
  await openKept(page)
  const own = await markOf(page)
  const other = await context.newPage()
  await other.clock.install()
  await other.goto(page.url())
  await expect(rows(other).first()).toBeVisible()
  await openKept(other)

  const first = release('1')
  site.deploy(first.directory)
  expect(await lookForUpdate(page)).toBe('installed')
  await expect(offer(page)).toBeVisible()
  await expect(offer(other)).toBeVisible()
  await judgeOffer(other)
  // Nobody answered: the build that is open goes on, with parts that the server has no more.
  await page.getByRole('button', { name: 'Settings' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect([await loads(page), await loads(other)]).toEqual([1, 1])

  await offer(page).getByRole('button', { name: 'Reload' }).click()
  await expect.poll(() => markOf(page)).toBe(first.mark)
  await page.goto(other.url())
  await expect(rows(page).first()).toBeVisible()
  expect([await loads(other), await markOf(other)]).toEqual([1, own])

  const second = release('2')
  site.deploy(second.directory)
  expect(await lookForUpdate(page)).toBe('installed')
  await reloadWhenOffered(page)
  await expect.poll(() => markOf(page)).toBe(second.mark)
  await expect(rows(page).first()).toBeVisible()
  // The other tab is two releases old, and what it opens now was never open in it.
  await other.bringToFront()
  await other.keyboard.press('?')
  await expect(other.getByRole('dialog')).toBeVisible()
  await other.keyboard.press('Escape')
  await rows(other).first().getByRole('link').click()
  await expect(other.locator('main article:not([aria-busy=true])').first()).toBeVisible()
  expect([await loads(other), await markOf(other)]).toEqual([1, own])
  await offer(other).getByRole('button', { name: 'Reload' }).click()
  await expect.poll(() => markOf(other)).toBe(second.mark)
  await expect(rows(other).first()).toBeVisible()
  expect(await loads(other)).toBe(2)
})

test('R20: half an update leaves the old build in charge, without a server too, and the next look ends it', async ({
  page,
  site,
  release,
}) => {
  await page.clock.install()
  await signInToDemo(page, site)
  await waitForReady(page)
  await openKept(page)
  const own = await markOf(page)
  const kept = await shells(page)
  const expectOld = async (): Promise<void> => {
    await page.reload()
    await expect(rows(page).first()).toBeVisible()
    expect(await markOf(page)).toBe(own)
    await expect(offer(page)).toBeHidden()
  }

  // The sign-in page of a network answers for the app's.
  const answered = release('1')
  writeFileSync(join(answered.directory, 'index.html'), '<!doctype html><title>Welcome to the hotel</title>')
  site.deploy(answered.directory)
  expect(await lookForUpdate(page)).toBe('redundant')
  await expectOld()

  const half = release('2')
  const lost = /assets\/conversation-.{7}\.js/.exec(readFileSync(join(half.directory, 'sw.js'), 'utf8'))?.[0] ?? ''
  const script = readFileSync(join(half.directory, lost))
  rmSync(join(half.directory, lost))
  site.deploy(half.directory)
  expect(await lookForUpdate(page)).toBe('redundant')
  await expectOld()

  writeFileSync(join(half.directory, lost), script)
  site.deploy(half.directory)
  expect(await lookForUpdate(page)).toBe('installed')
  await reloadWhenOffered(page)
  await expect.poll(() => markOf(page)).toBe(half.mark)
  await expect(rows(page).first()).toBeVisible()
  expect(await shells(page)).toEqual(expect.arrayContaining([...kept, 'postern-shell-222222222222']))
})

test.describe('where no worker keeps the app', () => {
  test.use({ serviceWorkers: 'block' })

  test('R20: a part that the server has no more is said, and reloading leads to the new build', async ({
    page,
    site,
    release,
  }) => {
    await page.clock.install()
    await signInToDemo(page, site)
    await waitForReady(page)
    await page.clock.fastForward(16_000)
    const next = release('1')
    // Whatever else the page may still be fetching, it is the settings that are gone.
    cpSync(join(builtDirectory, 'assets'), join(next.directory, 'assets'), {
      recursive: true,
      filter: (path) => !/(?:SettingsView|later-parts)-/.test(path),
    })
    site.deploy(next.directory)
    await page.getByRole('button', { name: 'Settings' }).first().click()
    await expect(page.getByText('A part of the app did not arrive.')).toBeVisible()
    await offer(page).getByRole('button', { name: 'Reload' }).click()
    await expect.poll(() => markOf(page)).toBe(next.mark)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await loads(page)).toBe(2)
  })

  test('R20: the engine’s script that the server has no more is said, with kept mail to be read or none', async ({
    page,
    site,
    release,
  }) => {
    await signInToDemo(page, site)
    await waitForReady(page)
    const { directory } = release('1')
    const assets = join(directory, 'assets')
    const script = readdirSync(assets).find((name) => name.startsWith('sync.worker-')) ?? ''
    const text = readFileSync(join(assets, script))
    rmSync(join(assets, script))
    site.deploy(directory)
    await page.goto(site.url)
    await expect(rows(page).first()).toBeVisible()
    await expect(page.getByRole('alert').filter({ hasText: 'Postern did not load' })).toBeVisible()

    // Of who is signed in to nothing there is nothing else to show.
    await page.evaluate(() => localStorage.clear())
    await page.goto(site.url)
    await expect(page.getByRole('heading', { name: 'Postern did not load' })).toBeVisible()
    writeFileSync(join(assets, script), text)
    site.deploy(directory)
    await page.getByRole('button', { name: 'Load again' }).click()
    await expect(page.getByRole('heading', { name: 'Postern did not load' })).toHaveCount(0)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  })
})

test('R20: a retired worker is gone after one visit, with all that it kept', async ({ page, site, release }) => {
  await signInToDemo(page, site)
  await page.evaluate(() => navigator.serviceWorker.ready)
  const retired = release('1')
  copyFileSync(join(builtDirectory, 'sw-retire.js'), join(retired.directory, 'sw.js'))
  site.deploy(retired.directory)
  await page.reload()
  await expect.poll(() => shells(page)).toEqual([])
  const response = await page.goto(site.url)
  expect(response?.fromServiceWorker()).toBe(false)
  expect(await markOf(page)).toBe(retired.mark)
  await expect(rows(page).first()).toBeVisible()
})
