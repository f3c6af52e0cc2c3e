/** Drives mails through the app as built, in front of the demo server: the list, an opened letter, its details. */
import type { Page } from 'puppeteer-core'
import type { HostileMail } from './corpus.ts'
import type { Watch } from './watch.ts'

export const appPaths = ['list', 'view', 'title', 'reload', 'back'] as const
export type AppPath = (typeof appPaths)[number]

/** A machine that runs other tests at the same time is slow with the mails that are made to be slow. */
const patience = 25_000

/** Signs in with one click and waits for the rows. */
export async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url)
  // The demo's button comes with the settings of the page's server, after the form.
  await page.locator('::-p-text(Try the demo)').click()
  await page.waitForSelector('[data-view=messages] [role=listitem]:not([aria-busy=true])', { timeout: 30_000 })
}

/** How many rows the list has; the mails are imported in the order of their names. */
export function rowCount(page: Page): Promise<number> {
  return page.$eval('[data-view=messages] [role=listitem]', (row) => Number(row.getAttribute('aria-setsize')))
}

/** Scrolls row `position` (from 1) into view and waits until its Email is there. */
export async function showRow(page: Page, position: number): Promise<void> {
  const deadline = Date.now() + patience
  for (;;) {
    const isThere = await page.evaluate((wanted) => {
      const rows = [...document.querySelectorAll<HTMLElement>('[data-view=messages] [role=listitem]')]
      const row = rows.find((each) => Number(each.getAttribute('aria-posinset')) === wanted)
      const positions = rows.map((each) => Number(each.getAttribute('aria-posinset')))
      const nearest = wanted > Math.max(...positions) ? rows.at(-1) : rows[0]
      ;(row ?? nearest)?.scrollIntoView({ block: 'center' })
      return row !== undefined && row.getAttribute('aria-busy') !== 'true'
    }, position)
    if (isThere) return
    if (Date.now() > deadline) throw new Error(`row ${position} did not come`)
    await pause(30)
  }
}

/** Opens row `position` and waits until every letter shown is painted. */
export async function openRow(page: Page, position: number): Promise<void> {
  const emailId = await page.evaluate((wanted) => {
    const row = document.querySelector<HTMLElement>(`[data-view=messages] [role=listitem][aria-posinset="${wanted}"]`)
    row?.querySelector<HTMLElement>('a[href]')?.click()
    return row?.dataset['emailId'] ?? null
  }, position)
  if (emailId === null) throw new Error(`row ${position} has no email`)
  await waitForLetter(page, emailId)
}

export async function waitForLetter(page: Page, emailId: string | null): Promise<void> {
  await page.waitForFunction(
    (id) => {
      const letters = [...document.querySelectorAll<HTMLElement>('main article[data-email-id]')]
      const isOurs = id === null || letters.some((letter) => letter.dataset['emailId'] === id)
      return letters.length > 0 && isOurs && letters.every((letter) => letter.getAttribute('aria-busy') !== 'true')
    },
    { timeout: patience, polling: 20 },
    emailId,
  )
}

/** Opens what is folded in the letter's head: addresses, quotes of plain text. */
export async function openDetails(page: Page): Promise<void> {
  await page.evaluate(() => {
    const folded = document.querySelectorAll<HTMLElement>(
      'main article button[aria-expanded=false]:not([data-fold], [aria-haspopup])',
    )
    for (const button of folded) button.click()
  })
  await pause(20)
}

/** The paths that a mail is driven through: everything for all, a reload and a step back where the corpus asks for it. */
export async function driveMail(watch: Watch, mail: HostileMail, position: number): Promise<readonly AppPath[]> {
  const { page } = watch
  await showRow(page, position)
  await openRow(page, position)
  await openDetails(page)
  const driven: AppPath[] = ['list', 'view', 'title']
  const isNavigator = mail.category === 'nav'
  if (isNavigator || mail.actions.includes('reload')) {
    watch.expectLoad()
    await page.reload()
    await waitForLetter(page, null)
    driven.push('reload')
  }
  if (isNavigator || mail.actions.includes('back')) {
    await page.evaluate(() => history.back())
    await page.waitForSelector('[data-view=messages] [role=listitem]')
    await pause(50)
    driven.push('back')
  }
  return driven
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
