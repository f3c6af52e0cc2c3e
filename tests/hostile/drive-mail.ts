/** Leads one mail along its paths through the app. */
import { chooseFromMenu, closeLayers, letterOf, openDetails, openRow, showRow, waitForLetters } from './app-driver.ts'
import { until, type EnginePage } from './engine-page.ts'
import { tryFiles } from './files.ts'
import { tryLinks } from './links.ts'
import type { AppPath } from './paths.ts'
import { letOneWindowPass } from './probe.ts'
import { tellByToast } from './toasts.ts'
import type { Watch } from './watch.ts'

export interface MailPlace {
  readonly position: number
  readonly emailId: string
  /** The address that it says to come from, as the server reads it. */
  readonly from: string | null
  readonly subject: string
}

export interface MailRun {
  /** Things done on each path: letters opened, links clicked, bytes of paper. */
  readonly done: Partial<Record<AppPath, number>>
  readonly openMs: number
  /** Until the next action worked. */
  readonly nextMs: number
  /** Real hosts and addresses that were not to be seen before a click. */
  readonly unseen: readonly string[]
}

interface Context {
  readonly page: EnginePage
  readonly watch: Watch
  readonly place: MailPlace
  readonly paths: ReadonlySet<AppPath>
  /** Counts what happened on a path; `inFrames` where new frames stand. */
  readonly check: (path: AppPath, inFrames?: boolean) => Promise<void>
  /** A mailbox that is called by the mail's subject from now on. */
  readonly nameMailbox: () => string
  /** The letter stands open, and holds pictures back: shows them, and counts what they are asked for. */
  readonly withPictures: () => Promise<void>
}

export async function driveMail(context: Context): Promise<MailRun> {
  const { page, watch, place, paths, check } = context
  const scope = letterOf(place.emailId)
  const done: Partial<Record<AppPath, number>> = {}
  await showRow(page, place.position)
  await check('list')
  done.list = 1
  if (paths.has('toast')) {
    const mailboxId = context.nameMailbox()
    done.toast = await tellByToast(page, { position: place.position, mailboxId }, () => check('toast'))
    await showRow(page, place.position)
  }
  const { openMs, blockedMs } = await openRow(page, place.position, place.emailId)
  done.view = 1
  done.title = (await page.evaluate(() => document.title)).length > 0 ? 1 : 0
  const acted = await timeAction(page, scope)
  await openDetails(page)
  done.details = 1
  await check('view', true)
  const words = await page.evaluate((selector) => document.querySelector<HTMLElement>(selector)?.innerText ?? '', scope)
  const isHoldingPictures = await page.evaluate(
    (selector) =>
      [...document.querySelectorAll(`${selector} button`)].some(({ textContent }) =>
        /^show once/i.test(textContent.trim()),
      ),
    scope,
  )
  const links = await tryLinks(page, watch, scope, paths.has('click'), () => check('hover'))
  done.hover = links.hovered
  if (paths.has('click')) done.click = links.clicked
  await check('click', true)
  if (paths.has('attachment') || paths.has('eml')) {
    const files = await tryFiles(page, watch, scope, (path) => check(path, true))
    done.attachment = files.previewed + files.saved
    done.eml = files.letters
  }
  if (paths.has('source')) done.source = await viewSource(page, scope, check)
  if (paths.has('print')) done.print = await print(page, scope, check)
  if (paths.has('window')) done.window = await ownWindow(page, scope, check)
  if (isHoldingPictures) await context.withPictures()
  if (paths.has('reload')) done.reload = await reload(page, watch, check)
  if (paths.has('back')) done.back = await back(page, check)
  const unseen = [...links.unseen, ...unseenSender(place, words)]
  const nextMs = Math.max(blockedMs, acted)
  return { done, openMs, nextMs, unseen }
}

function unseenSender({ from }: MailPlace, words: string): string[] {
  if (from === null) return []
  const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\s]/gu, '').toLowerCase()
  return plain(words).includes(plain(from)) ? [] : [`the sender's address ${from.slice(0, 80)} is not shown`]
}

/** How long the app takes to answer a press now: the details open and close again. */
function timeAction(page: EnginePage, scope: string): Promise<number> {
  return page.evaluate(async (selector) => {
    const button = document.querySelector<HTMLElement>(`${selector} [data-details]`)
    if (!button) return 0
    const began = performance.now()
    const before = button.getAttribute('aria-expanded')
    button.click()
    while (button.getAttribute('aria-expanded') === before && performance.now() - began < 20_000)
      await new Promise((resolve) => setTimeout(resolve, 4))
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    return Math.round(performance.now() - began)
  }, scope)
}

async function viewSource(page: EnginePage, scope: string, check: Context['check']): Promise<number> {
  await chooseFromMenu(page, scope, 'View source')
  await until(page, 'the source', 15_000, () => document.querySelector('[data-source][aria-busy=false] pre') !== null)
  const size = await page.evaluate(() => document.querySelector('[data-source]')!.textContent.length)
  await check('source')
  await closeLayers(page)
  return size
}

async function print(page: EnginePage, scope: string, check: Context['check']): Promise<number> {
  await chooseFromMenu(page, scope, 'Print this message')
  await until(page, 'the paper', 30_000, () => {
    const probe = (window as unknown as { posternProbe?: { prints: number } }).posternProbe
    return (probe?.prints ?? 0) > 0
  })
  await check('print', true)
  const size = await page.print()
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await until(page, 'the page', 10_000, () => !document.querySelector('[data-print-sheet]'))
  await check('print')
  return size
}

async function ownWindow(page: EnginePage, scope: string, check: Context['check']): Promise<number> {
  await page.withWindow(
    async () => {
      await letOneWindowPass(page)
      await chooseFromMenu(page, scope, 'Open in its own window', true)
    },
    (window) => waitForLetters(window),
  )
  await check('window')
  return 1
}

async function reload(page: EnginePage, watch: Watch, check: Context['check']): Promise<number> {
  watch.expectLoad()
  await page.reload()
  await waitForLetters(page)
  await check('reload', true)
  return 1
}

async function back(page: EnginePage, check: Context['check']): Promise<number> {
  await page.evaluate(() => history.back())
  await until(page, 'the list', 15_000, () => document.querySelector('[data-view=messages] [role=listitem]') !== null)
  await check('back')
  return 1
}
