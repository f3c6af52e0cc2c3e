/** Looks at and saves every file of a letter, and the letters in it. */
import { closeLayers } from './app-driver.ts'
import type { EnginePage } from './engine-page.ts'
import { tryLinks } from './links.ts'
import type { Watch } from './watch.ts'

export interface FileRun {
  previewed: number
  saved: number
  letters: number
}

const fileMs = 10_000
const deepest = 5

/** `check` is called where something stands on screen. */
export async function tryFiles(
  page: EnginePage,
  watch: Watch,
  scope: string,
  check: (path: 'attachment' | 'eml') => Promise<void>,
  level = 0,
): Promise<FileRun> {
  const run: FileRun = { previewed: 0, saved: 0, letters: 0 }
  const count = await page.evaluate((selector) => document.querySelectorAll(selector).length, filesIn(scope))
  for (let index = 0; index < count; index += 1) {
    const opened = await preview(page, filesIn(scope), index)
    if (opened !== null) {
      run.previewed += 1
      if (opened.fault !== null) watch.add('errors', opened.fault)
      if (opened.holds !== null) {
        const layer = `[data-${opened.holds}="${level + 1}"]`
        if (opened.holds === 'message-level') {
          run.letters += 1
          await tryLinks(page, watch, layer, true)
        }
        if (level < deepest) add(run, await tryFiles(page, watch, layer, check, level + 1))
      }
      await check(opened.holds === 'message-level' ? 'eml' : 'attachment')
      await closeTop(page)
    }
    if (await save(page, filesIn(scope), index)) run.saved += 1
  }
  if (count > 0) await check('attachment')
  for (const name of watch.takeSaved()) {
    // bidi marks, controls, paths and reserved names (security S15)
    if (/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069/\\:*?"<>|]|[. ]$/u.test(name) || name.length > 200)
      watch.add('errors', `a file would be saved as ${JSON.stringify(name.slice(0, 80))}`)
  }
  return run
}

const filesIn = (scope: string): string => `${scope} [role=list][aria-label="Attachments"] > *`

function add(to: FileRun, more: FileRun): void {
  to.previewed += more.previewed
  to.saved += more.saved
  to.letters += more.letters
}

interface Previewed {
  /** A letter, or a folder of files, which has files of its own. */
  readonly holds: 'message-level' | 'folder' | null
  readonly fault: string | null
}

/** Null where the app does not offer to show it. */
function preview(page: EnginePage, selector: string, index: number): Promise<Previewed | null> {
  return page.evaluate(
    async (list, at, limit) => {
      const button = [...(document.querySelectorAll(list)[at]?.querySelectorAll<HTMLElement>('button') ?? [])].find(
        (one) => /^show\b/i.test(one.getAttribute('aria-label') ?? one.textContent.trim()),
      )
      if (!button) return null
      const before = document.querySelectorAll('dialog[open]').length
      const deadline = performance.now() + limit
      button.click()
      const layer = (): HTMLElement | undefined => {
        const open = [...document.querySelectorAll<HTMLElement>('dialog[open]')]
        return open.length > before ? open.at(-1) : undefined
      }
      const isThere = (): boolean => {
        const content = layer()?.querySelector('[data-preview]')
        if (!content || content.querySelector('[aria-busy=true], progress')) return false
        // bytes on their way are only told of
        return content.querySelector('iframe, [data-message-level], [data-folder], [role=alert]') !== null
      }
      while (!isThere() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10))
      // two frames: what is drawn may do what it does
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      const inside = layer()?.querySelector<HTMLElement>('[data-message-level], [data-folder]')
      const holds = inside ? ('folder' in inside.dataset ? 'folder' : 'message-level') : null
      const name = button.textContent.trim().slice(0, 80)
      return { holds, fault: isThere() ? null : `${name}: nothing was shown` }
    },
    selector,
    index,
    fileMs,
  )
}

/** Answers a warning about its type with yes. */
function save(page: EnginePage, selector: string, index: number): Promise<boolean> {
  return page.evaluate(
    async (list, at, limit) => {
      const probe = (window as unknown as { posternProbe?: { saved: string[] } }).posternProbe
      const buttons = [...(document.querySelectorAll(list)[at]?.querySelectorAll<HTMLElement>('button') ?? [])]
      const button = buttons.find((one) =>
        /^(?:download|save)\b/i.test(one.getAttribute('aria-label') ?? one.textContent.trim()),
      )
      if (!button || !probe) return false
      const before = probe.saved.length
      const layers = document.querySelectorAll('dialog[open]').length
      const deadline = performance.now() + limit
      button.click()
      while (probe.saved.length === before && performance.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 10))
        const open = [...document.querySelectorAll<HTMLElement>('dialog[open]')]
        if (open.length > layers) {
          const yes = [...(open.at(-1)?.querySelectorAll<HTMLElement>('button') ?? [])]
          yes.find(({ textContent }) => /^(?:save|download)/i.test(textContent.trim()))?.click()
        }
      }
      return probe.saved.length > before
    },
    selector,
    index,
    fileMs,
  )
}

/** The layer that was opened last; those below it stay. */
async function closeTop(page: EnginePage): Promise<void> {
  const left = await page.evaluate(async () => {
    const open = [...document.querySelectorAll<HTMLDialogElement>('dialog[open]')]
    const top = open.at(-1)
    const close = [...(top?.querySelectorAll<HTMLElement>('button') ?? [])].find(
      (one) => one.getAttribute('aria-label') === 'Close' || one.textContent.trim() === 'Close',
    )
    close?.click()
    const deadline = performance.now() + 5_000
    while (document.querySelectorAll('dialog[open]').length >= open.length && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 8))
    return document.querySelectorAll('dialog[open]').length >= open.length
  })
  if (left) await closeLayers(page)
}
