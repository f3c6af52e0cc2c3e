/** Hovers over and clicks on every link of a letter, in its frames and in the page, with a real pointer. */
import { domainToUnicode } from 'node:url'
import { closeLayers } from './app-driver.ts'
import { pause, type EnginePage, type Realm } from './engine-page.ts'
import type { Watch } from './watch.ts'

/** A letter may hold thousands: the first and the last of each frame. */
const mostLinks = 8
const hoverMs = 500
const answerMs = 300

export interface LinkRun {
  hovered: number
  clicked: number
  /** Beyond `mostLinks`. */
  left: number
  /** Links whose host was not shown before the click. */
  readonly unseen: string[]
}

interface FoundLink {
  readonly realm: Realm
  /** -1: in the page. */
  readonly frame: number
  readonly index: number
  readonly href: string
}

/** `scope` is where the letter stands: its article, or a dialog. `onHovered`: what hovering alone did can be told now. */
export async function tryLinks(
  page: EnginePage,
  watch: Watch,
  scope: string,
  mayClick: boolean,
  onHovered?: () => Promise<void>,
): Promise<LinkRun> {
  const run: LinkRun = { hovered: 0, clicked: 0, left: 0, unseen: [] }
  const links = await findLinks(page, scope, run)
  const clickable: { link: FoundLink; shown: string }[] = []
  for (const link of links) {
    const place = await bringIntoView(page, scope, link)
    if (!place) continue
    await page.pointer('move', place.x, place.y)
    run.hovered += 1
    const shown = await readTarget(page, namesOf(link.href), hoverMs)
    if (/^https?:/i.test(link.href) && !isNamed(link.href, shown))
      run.unseen.push(`${link.href.slice(0, 80)} showed "${shown}"`)
    clickable.push({ link, shown })
  }
  await onHovered?.()
  for (const { link, shown } of mayClick ? clickable : []) {
    const place = await bringIntoView(page, scope, link)
    if (!place) continue
    run.clicked += 1
    await clickLink(page, watch, place, shown)
  }
  // a connection that a press has begun is accepted a moment later
  if (run.clicked > 0) await pause(80)
  return run
}

/** What the reader's own click opens must be what was said; anything else is a popup. */
async function clickLink(
  page: EnginePage,
  watch: Watch,
  place: { x: number; y: number },
  shown: string,
): Promise<void> {
  const before = await page.evaluate(() => location.href)
  await page.pointer('click', place.x, place.y)
  const asked = await answerDialog(page)
  for (const address of await watch.takeOpened()) {
    if (!isNamed(address, `${shown} ${asked}`)) watch.add('popups', `${address} was opened, "${shown}" was shown`)
  }
  await closeLayers(page)
  const after = await page.evaluate(() => location.href)
  if (after !== before) watch.add('navigations', `a click led from ${before} to ${after}`)
}

async function findLinks(page: EnginePage, scope: string, run: LinkRun): Promise<FoundLink[]> {
  const inPage = await page.evaluate(listLinks, `${scope} a[href]:not([download])`, mostLinks)
  const found: FoundLink[] = inPage.links.map((link) => ({ ...link, realm: page, frame: -1 }))
  run.left += inPage.left
  for (const [frame, realm] of (await page.frames(`${scope} iframe`)).entries()) {
    const inFrame = await realm?.evaluate(listLinks, 'a[href]', mostLinks).catch(() => undefined)
    if (!realm || !inFrame) continue
    found.push(...inFrame.links.map((link) => ({ ...link, realm, frame })))
    run.left += inFrame.left
  }
  return found
}

/** Runs in a document. */
function listLinks(selector: string, most: number): { links: { index: number; href: string }[]; left: number } {
  const rest = 'about:blank#'
  const all = [...document.querySelectorAll<HTMLAnchorElement>(selector)].flatMap((link, index) =>
    link.getClientRects().length > 0 ? [{ index, href: link.href.replace(rest, '') }] : [],
  )
  const links = all.length <= most ? all : [...all.slice(0, most - 2), ...all.slice(-2)]
  return { links, left: all.length - links.length }
}

/** Where to point at; null where a pointer cannot reach it. */
async function bringIntoView(
  page: EnginePage,
  scope: string,
  { realm, frame, index }: FoundLink,
): Promise<{ x: number; y: number } | null> {
  const selector = frame < 0 ? `${scope} a[href]:not([download])` : 'a[href]'
  const inside = await realm.evaluate(placeOfLink, selector, index, frame < 0).catch(() => null)
  if (!inside || frame < 0) return inside
  return page.evaluate(
    async (frames, at, x, y) => {
      const element = document.querySelectorAll(frames)[at]
      if (!element) return null
      let scroller = element.parentElement
      while (scroller && !/auto|scroll/.test(getComputedStyle(scroller).overflowY)) scroller = scroller.parentElement
      const view = scroller?.getBoundingClientRect()
      if (scroller && view) scroller.scrollTop += element.getBoundingClientRect().top + y - (view.top + view.height / 2)
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      const box = element.getBoundingClientRect()
      const place = { x: box.left + x, y: box.top + y }
      return document.elementFromPoint(place.x, place.y) === element ? place : null
    },
    `${scope} iframe`,
    frame,
    inside.x,
    inside.y,
  )
}

/** Runs in a document. */
async function placeOfLink(
  selector: string,
  index: number,
  mayScroll: boolean,
): Promise<{ x: number; y: number } | null> {
  const link = document.querySelectorAll(selector)[index]
  if (!link) return null
  let scroller = mayScroll ? link.parentElement : null
  while (scroller && !/auto|scroll/.test(getComputedStyle(scroller).overflowY)) scroller = scroller.parentElement
  const view = scroller?.getBoundingClientRect()
  // by its own scroller alone: the page itself must stay where it is
  if (scroller && view) scroller.scrollTop += link.getBoundingClientRect().top - (view.top + view.height / 2)
  if (mayScroll) await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  for (const box of link.getClientRects()) {
    const x = Math.max(0, Math.min(box.left + box.width / 2, document.documentElement.clientWidth - 1))
    const y = box.top + box.height / 2
    const top = document.elementFromPoint(x, y)
    // beyond the window a frame cannot say what lies there; the page brings it into view
    if (box.width > 0 && box.height > 0 && (top === null || link.contains(top))) return { x, y }
  }
  return null
}

/** What stands in the status line, once it names the link or the time is over. */
function readTarget(page: Realm, names: readonly string[], patience: number): Promise<string> {
  return page.evaluate(
    async (wanted, limit) => {
      const deadline = performance.now() + limit
      for (;;) {
        const lines = [...document.querySelectorAll<HTMLElement>('[data-link-target]')].map((line) => line.innerText)
        const good = lines.find((line) => wanted.some((name) => line.toLowerCase().includes(name)))
        if (good !== undefined || performance.now() > deadline) return good ?? lines.at(-1) ?? ''
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    },
    [...names],
    patience,
  )
}

/** Waits for what a click brings; a question is answered with "Open". Comes back with what it said. */
function answerDialog(page: Realm): Promise<string> {
  return page.evaluate(async (limit) => {
    const probe = (window as unknown as { posternProbe?: { opened: string[] } }).posternProbe
    const before = document.querySelectorAll('dialog[open]').length
    const deadline = performance.now() + limit
    for (;;) {
      if ((probe?.opened.length ?? 0) > 0 || performance.now() > deadline) return ''
      const open = [...document.querySelectorAll<HTMLElement>('dialog[open]')]
      const question = open.length > before || open.at(-1)?.querySelector('[id*=link]') ? open.at(-1) : undefined
      if (question) {
        const said = question.innerText
        const yes = [...question.querySelectorAll<HTMLElement>('button')].find(({ textContent }) =>
          /^open/i.test(textContent.trim()),
        )
        yes?.click()
        return said
      }
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }, answerMs)
}

/** A host as people and as servers write it; of an address that has none, what follows the scheme. */
function namesOf(href: string): readonly string[] {
  try {
    const url = new URL(href)
    if (url.hostname !== '')
      return [...new Set([url.hostname, domainToUnicode(url.hostname)])].filter((name) => name !== '')
    return [decodeURIComponent(url.pathname.split('?', 1)[0] ?? '').toLowerCase()]
  } catch {
    return [href.toLowerCase()]
  }
}

/** The whole host, not the end of a longer one. */
function isNamed(href: string, shown: string): boolean {
  const words = shown.toLowerCase().split(/[\s()]+/)
  return namesOf(href).some((name) => words.some((word) => word === name || hostOf(word) === name))
}

/** The status line may show more than the host, and the sheet shows the whole address. */
function hostOf(word: string): string {
  return word.replace(/^[a-z]+:\/\//, '').replace(/[/:?#].*$/, '')
}
