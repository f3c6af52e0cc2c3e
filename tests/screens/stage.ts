/** Where a screen is shown, and the steps that lead to more than one of them. */
import type { Locator, Page } from 'playwright'
import type { JmapServer } from '../../demo/server/jmap-server.ts'

export interface Stage {
  readonly url: string
  readonly server: JmapServer
  readonly isStack: boolean
  readonly isWide: boolean
}

export interface Screen {
  readonly name: string
  /** Before anybody signed in on the device. */
  readonly isSignedOut?: true
  /** From any page of the app, or none, to this one. */
  readonly show: (page: Page, stage: Stage) => Promise<void>
}

/** Rows of the open list whose Email is here. */
export const rows = (page: Page): Locator => page.locator('[data-view=messages] [role=listitem]:not([aria-busy=true])')

/** Waits until no pull, re-ask or body prefetch is pending. */
async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset['sync'] === 'ready', undefined, { timeout: 60_000 })
}

/** To the Inbox. Only on a device where nobody signed in yet this waits for the mail that comes after the first rows. */
export async function enter(page: Page, url: string): Promise<void> {
  await page.goto(url)
  const demo = page.getByRole('button', { name: 'Try the demo' })
  await demo.or(rows(page)).first().waitFor()
  const isNew = await demo.isVisible()
  if (isNew) await demo.click()
  await rows(page).first().waitFor()
  await page.waitForURL(/\/in\/[^/]+\/./)
  if (isNew) await ready(page)
}

/** The Inbox with a mail that has come in there meanwhile. */
export async function enterWith(page: Page, { url, server }: Stage, mail: string, subject: string): Promise<void> {
  const owner = server.accountOf('mara@lindqvist.example')
  await enter(page, url)
  owner.deliver(mail)
  await rows(page).filter({ hasText: subject }).first().waitFor()
}

/** Opens the first conversation whose row holds the text, and waits for its open letter. */
export async function openThread(page: Page, text: string): Promise<void> {
  const row = rows(page).filter({ hasText: text }).first()
  // A small window holds few rows.
  for (let more = 10; more > 0 && (await row.count()) === 0; more -= 1) {
    await page.locator('[data-view=messages]').evaluate((list) => list.parentElement?.scrollBy(0, 240))
    await page.waitForTimeout(100)
  }
  await row.getByRole('link').click()
  await page.locator('main article:not([aria-busy=true]) [aria-expanded=true]').first().waitFor()
}

export async function showMailboxes(page: Page, { isWide }: Stage): Promise<void> {
  if (isWide) return
  await page
    .getByRole('button', { name: /mailboxes/i })
    .first()
    .click()
  await page.getByRole('treeitem').first().waitFor()
}

export async function openMailbox(page: Page, stage: Stage, name: string): Promise<void> {
  await showMailboxes(page, stage)
  await page
    .getByRole('treeitem', { name: new RegExp(`^${name}`) })
    .first()
    .click()
}

/** The Inbox as the part of the URL after its path narrows it. */
export async function enterNarrowed(page: Page, { url }: Stage, search: string): Promise<void> {
  await enter(page, url)
  await page.goto(`${page.url()}${search}`)
}

export async function openLetterMenu(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^More for the message from/ })
    .last()
    .click()
  await page.getByRole('menu').waitFor()
}

export async function openConversationMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More for this conversation' }).click()
  await page.getByRole('menu').waitFor()
}

/** Loads the page anew as Safari on an iPhone sees it, which has a home screen. */
export async function reloadAsSafari(page: Page): Promise<void> {
  await page.addInitScript(() => {
    if (window === top) Object.defineProperty(navigator, 'standalone', { value: false })
  })
  await page.reload()
}

/** As the reader would have chosen above letters of these: without asking anybody for a picture. */
export async function showPicturesAlways(page: Page, addresses: readonly string[]): Promise<void> {
  await page.evaluate(async (given) => {
    const answer = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error ?? new Error('no database'))
      })
    const account = JSON.parse(localStorage.getItem('postern:accounts') ?? '[]') as {
      login: string
      accountId: string
    }[]
    const [first] = account
    const database = await answer(
      indexedDB.open(['postern', first?.login ?? '', first?.accountId ?? ''].map(encodeURIComponent).join('/')),
    )
    const here = Object.fromEntries(given.map((each) => [`pictures/${each}`, { value: true, at: 0 }]))
    const store = database.transaction('meta', 'readwrite').objectStore('meta')
    await answer(
      store.put({ name: 'settings', value: 0, settings: { server: {}, here, place: 'device', why: 'none' } }),
    )
    database.close()
  }, addresses)
}
