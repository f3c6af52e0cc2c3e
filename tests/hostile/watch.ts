/** Watches one page for everything that a mail must not do. */
import type { Page } from 'puppeteer-core'
import { noCounts, type Counter, type Counts } from './counts.ts'
import type { Sink } from './sink.ts'

export interface Watch {
  readonly page: Page
  /** What happened since the last call. */
  /** The test itself loads the page again. */
  expectLoad(): void
  take(): Promise<{ counts: Counts; notes: string[] }>
}

interface Chrome {
  /** What lies over it. */
  readonly covered: string | null
  readonly style: string
}

/** `sentinel`: a selector of the app's own chrome, which must stay in view and keep its looks. */
export async function watchPage(page: Page, sinks: readonly Sink[], sentinel: string): Promise<Watch> {
  let counts = noCounts()
  let notes: string[] = []
  const note = (counter: Counter, text: string): void => {
    counts[counter]++
    notes.push(`${counter}: ${text}`)
  }
  const home = page.url()
  // the app moves by its history: a document without this mark is a new one
  const mark = (): Promise<boolean> =>
    page.evaluate(() => {
      const marked = globalThis as { posternWatched?: true }
      const isKept = marked.posternWatched === true
      marked.posternWatched = true
      return isKept
    })
  let isLoadExpected = false
  await mark()
  page.on('dialog', (dialog) => {
    note('dialogs', dialog.message())
    dialog.dismiss().catch(() => undefined)
  })
  page.on('framenavigated', (frame) => {
    // the frames of ours: srcdoc, the open page and the parser
    const url = frame.url()
    const isOurs = /^about:(?:srcdoc|blank)?/.test(url) || /\/(?:reader-open|parse)\.html(?:\?v=\w+)?$/.test(url)
    const isSameApp = frame === page.mainFrame() && url.startsWith(new URL(home).origin)
    if (!isSameApp && !isOurs) note('navigations', url)
  })
  page.on('pageerror', (error) => note('errors', error instanceof Error ? error.message : String(error)))
  page.on('console', (message) => {
    if (/content security policy|policy breach/i.test(message.text())) note('errors', message.text().slice(0, 200))
  })
  page.on('popup', (popup) => {
    note('popups', popup?.url() ?? '')
    popup?.close().catch(() => undefined)
  })
  const before = await chrome(page, sentinel)
  let seen = totals(sinks)
  let told = sinks.map(({ requests }) => requests.length)
  return {
    page,
    expectLoad() {
      isLoadExpected = true
    },
    async take() {
      if (!(await mark()) && !isLoadExpected) note('navigations', 'the app was loaded again')
      isLoadExpected = false
      for (const frame of page.frames()) {
        const pwned = await frame.evaluate(() => (globalThis as { __pwned?: unknown }).__pwned).catch(() => undefined)
        if (pwned !== undefined) note('scripts', JSON.stringify(pwned))
      }
      const now = totals(sinks)
      for (const name of ['tcp', 'http', 'forms'] as const) counts[name] += now[name] - seen[name]
      notes.push(...sinks.flatMap(({ requests }, index) => requests.slice(told[index])).map((line) => `sink: ${line}`))
      told = sinks.map(({ requests }) => requests.length)
      seen = now
      const after = await chrome(page, sentinel)
      if (after.covered !== null) note('overlay', after.covered)
      if (after.style !== before.style) note('style', `${before.style} became ${after.style}`)
      const taken = { counts, notes }
      counts = noCounts()
      notes = []
      return taken
    },
  }
}

function totals(sinks: readonly Sink[]): { tcp: number; http: number; forms: number } {
  const sum = (name: 'tcp' | 'http' | 'forms'): number => sinks.reduce((total, sink) => total + sink.counts[name], 0)
  return { tcp: sum('tcp'), http: sum('http'), forms: sum('forms') }
}

/** Is the app's own bar still where it was, uncovered, and looking the same? */
async function chrome(page: Page, sentinel: string): Promise<Chrome> {
  return page.evaluate((selector: string) => {
    const element = document.querySelector(selector)
    if (element === null) return { covered: 'nothing is there', style: 'gone' }
    const box = element.getBoundingClientRect()
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
    const { color, backgroundColor, font, display, position } = getComputedStyle(element)
    const style = [color, backgroundColor, font, display, position, Math.round(box.width), Math.round(box.height)].join(
      ' ',
    )
    const isFree = top !== null && (element.contains(top) || top.contains(element))
    return { covered: isFree ? null : `under ${top?.tagName ?? 'nothing'} ${top?.className ?? ''}`, style }
  }, sentinel)
}
