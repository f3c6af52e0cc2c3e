/** What the app's page is made of, for a driver: found by the names and roles of the contract. */
import { until, type EnginePage, type Realm } from './engine-page.ts'

/** A machine that runs other tests at the same time is slow with the mails that are made to be slow. */
export const patienceMs = 25_000

/** The letter as it stands open in its conversation. */
export const letterOf = (emailId: string): string => `main article[data-email-id="${emailId}"]`

/** Signs in with one click and waits for the rows. */
export async function signIn(page: Pick<EnginePage, 'evaluate' | 'goto'>, url: string): Promise<void> {
  await page.goto(url)
  // The demo's button comes with the settings of the page's server, after the form.
  await until(page, 'the demo', patienceMs, () => {
    const button = [...document.querySelectorAll('button')].find(({ textContent }) =>
      textContent.includes('Try the demo'),
    )
    button?.click()
    return button !== undefined
  })
  await until(
    page,
    'rows',
    30_000,
    () => document.querySelector('[data-view=messages] [role=listitem]:not([aria-busy=true])') !== null,
  )
}

/** How many rows the list has; the mails are imported in the order of their names. */
export function rowCount(page: Realm): Promise<number> {
  return page.evaluate(() =>
    Number(document.querySelector('[data-view=messages] [role=listitem]')?.getAttribute('aria-setsize')),
  )
}

/** Scrolls row `position` (from 1) into view and waits until its Email is there. */
export function showRow(page: Realm, position: number): Promise<void> {
  return until(
    page,
    `row ${position}`,
    patienceMs,
    (wanted) => {
      const rows = [...document.querySelectorAll<HTMLElement>('[data-view=messages] [role=listitem]')]
      const row = rows.find((each) => Number(each.getAttribute('aria-posinset')) === wanted)
      const positions = rows.map((each) => Number(each.getAttribute('aria-posinset')))
      const nearest = wanted > Math.max(...positions) ? rows.at(-1) : rows[0]
      // by its own scroller alone: the page itself must stay where it is
      const target = row ?? nearest
      let scroller = target?.parentElement
      while (scroller && !/auto|scroll/.test(getComputedStyle(scroller).overflowY)) scroller = scroller.parentElement
      if (target && scroller) {
        const [box, view] = [target.getBoundingClientRect(), scroller.getBoundingClientRect()]
        scroller.scrollTop += box.top + box.height / 2 - (view.top + view.height / 2)
      }
      return row !== undefined && row.getAttribute('aria-busy') !== 'true'
    },
    position,
  )
}

export interface Opening {
  /** From the click until every letter shown was painted. */
  readonly openMs: number
  /** The longest time in which the page could not have answered. */
  readonly blockedMs: number
}

/** Opens row `position`, in it the letter `emailId`, and waits until every letter shown is painted. */
export async function openRow(page: Realm, position: number, emailId?: string): Promise<Opening> {
  const opening = await page.evaluate(
    async (wanted, id, patience) => {
      const began = performance.now()
      let blockedMs = 0
      let last = began
      const beat = setInterval(() => {
        const now = performance.now()
        blockedMs = Math.max(blockedMs, now - last)
        last = now
      }, 4)
      const row = document.querySelector<HTMLElement>(
        `[data-view=messages] [role=listitem][aria-posinset="${String(wanted)}"]`,
      )
      const emailId = id ?? row?.dataset['emailId']
      row?.querySelector<HTMLElement>('a[href]')?.click()
      const isThere = (): boolean => {
        const letters = [...document.querySelectorAll<HTMLElement>('main article[data-email-id]')]
        const ours = letters.find((letter) => letter.dataset['emailId'] === emailId)
        const fold = ours?.querySelector<HTMLElement>('[data-fold][aria-expanded=false]')
        fold?.click()
        if (!ours && letters.length > 0) document.querySelector<HTMLElement>('main [data-folded]')?.click()
        return (
          ours !== undefined &&
          !fold &&
          letters.every(
            (letter) =>
              letter.getAttribute('aria-busy') !== 'true' ||
              letter.querySelector('[data-fold][aria-expanded=false]') !== null,
          )
        )
      }
      while (!isThere()) {
        if (performance.now() - began > patience) break
        await new Promise((resolve) => setTimeout(resolve, 8))
      }
      const isOpen = isThere()
      const openMs = performance.now() - began
      await new Promise((resolve) => setTimeout(resolve, 20))
      clearInterval(beat)
      return { isOpen, openMs: Math.round(openMs), blockedMs: Math.round(blockedMs) }
    },
    position,
    emailId,
    patienceMs,
  )
  if (!opening.isOpen) throw new Error(`the letter of row ${position} was not painted`)
  return opening
}

/** Until what stands in the conversation is painted. */
export function waitForLetters(page: Realm): Promise<void> {
  return until(page, 'the letter', patienceMs, () => {
    const letters = [...document.querySelectorAll('main article[data-email-id]')]
    return letters.length > 0 && letters.every((letter) => letter.getAttribute('aria-busy') !== 'true')
  })
}

/** Opens what is folded in the letter's head: addresses, quotes of plain text. */
export async function openDetails(page: Realm): Promise<void> {
  await page.evaluate(async () => {
    const folded = document.querySelectorAll<HTMLElement>(
      'main article button[aria-expanded=false]:not([data-fold], [aria-haspopup])',
    )
    for (const button of folded) button.click()
    const deadline = performance.now() + 5_000
    const isOpen = (): boolean =>
      !document.querySelector('main article [data-details]') ||
      document.querySelector('main article [data-details][aria-controls]') !== null
    while (!isOpen() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 8))
    // the part that shows them is fetched with the first
    const region = document.querySelector('main article [data-details][aria-controls]')?.getAttribute('aria-controls')
    while (region && !document.getElementById(region) && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 8))
  })
}

/** Opens the letter's menu and chooses from it; a real click where the choice opens a window. */
export async function chooseFromMenu(page: EnginePage, scope: string, item: string, isReal = false): Promise<void> {
  const place = await page.evaluate(
    async (selector, name, leaveIt) => {
      const opener = [...document.querySelectorAll<HTMLElement>(`${selector} button[aria-haspopup=menu]`)].at(-1)
      // a link of the letter may have scrolled its head away, and a menu hangs where its button is
      let scroller = opener?.parentElement
      while (scroller && !/auto|scroll/.test(getComputedStyle(scroller).overflowY)) scroller = scroller.parentElement
      if (opener && scroller) {
        scroller.scrollTop += opener.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 40
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      }
      opener?.click()
      const deadline = performance.now() + 5_000
      let found: HTMLElement | undefined
      while (!found && performance.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 8))
        found = [...document.querySelectorAll<HTMLElement>('[role=menu] [role=menuitem]')].find(({ textContent }) =>
          textContent.trim().startsWith(name),
        )
      }
      if (!found) return null
      if (!leaveIt) {
        found.click()
        return { x: 0, y: 0 }
      }
      // the menu finds its place when its styles are here
      let still = 0
      let box = found.getBoundingClientRect()
      while (still < 4 && performance.now() < deadline) {
        await new Promise((resolve) => requestAnimationFrame(resolve))
        const now = found.getBoundingClientRect()
        still = now.left === box.left && now.top === box.top && now.width > 0 ? still + 1 : 0
        box = now
      }
      return { x: box.left + box.width / 2, y: box.top + box.height / 2 }
    },
    scope,
    item,
    isReal,
  )
  if (!place) throw new Error(`no "${item}" in the menu of the letter`)
  if (isReal) await page.pointer('click', place.x, place.y)
}

/** Closes whatever lies over the page, the topmost first. */
export async function closeLayers(page: Realm): Promise<void> {
  await page.evaluate(async () => {
    const deadline = performance.now() + 5_000
    for (;;) {
      const open = [...document.querySelectorAll<HTMLDialogElement>('dialog[open]')].at(-1)
      if (!open || performance.now() > deadline) return
      const button = [...open.querySelectorAll<HTMLElement>('button')].find((one) =>
        /^(?:close|cancel)\b/i.test(one.getAttribute('aria-label') ?? one.textContent.trim()),
      )
      if (button) button.click()
      else open.close()
      while (open.isConnected && open.open && performance.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 8))
    }
  })
}
