/** Chromium and Firefox, driven by Puppeteer. */
import { TargetType, type Browser, type Frame, type Page, type Target } from 'puppeteer-core'
import type { Engine } from './engines.ts'
import { pause, type EngineEvent, type EnginePage, type Realm } from './engine-page.ts'

/** Frames of ours: srcdoc, the open page, the parser and the drawer of PDFs. */
const ownFrame = /^about:(?:srcdoc|blank)?|^blob:null\/|^chrome-error:\/\//

export async function openPuppeteerPage(browser: Browser, engine: Engine): Promise<EnginePage> {
  const page = await browser.newPage()
  await page.setViewport({ width: 1440, height: 900 })
  let events: EngineEvent[] = []
  let expected: ((target: Target) => void) | undefined
  const note = (counter: EngineEvent['counter'], what: string): void => {
    events.push({ counter, what })
  }
  let origin = 'about:'
  watchPage(page)

  function watchPage(watched: Page): void {
    watched.on('dialog', (dialog) => {
      note('dialogs', dialog.message())
      dialog.dismiss().catch(() => undefined)
    })
    watched.on('pageerror', (error) => note('errors', error instanceof Error ? error.message : String(error)))
    watched.on('console', (message) => {
      if (/content security policy|policy breach/i.test(message.text())) note('errors', message.text().slice(0, 200))
    })
    watched.on('error', (error) => note('errors', `the page crashed: ${error.message}`))
    watched.on('framenavigated', (frame) => {
      const url = frame.url()
      if (!ownFrame.test(url) && !url.startsWith(origin)) note('navigations', url)
    })
  }

  const onTarget = async (target: Target): Promise<void> => {
    if (target.type() !== TargetType.PAGE) return
    const taker = expected
    // what is gone by now has no tab
    if (engine === 'firefox' && !(await isTab(browser, target).catch(() => false))) return
    if (taker && taker === expected) {
      expected = undefined
      taker(target)
      return
    }
    note('popups', target.url())
    const other = await target.page().catch(() => null)
    await other?.close().catch(() => undefined)
  }
  browser.on('targetcreated', (target) => void onTarget(target))

  return {
    engine,
    ...realmOf(page),
    goto: (url) => {
      origin = new URL(url).origin
      return page.goto(url, { waitUntil: 'domcontentloaded' })
    },
    reload: () => page.reload({ waitUntil: 'domcontentloaded' }),
    frames: (selector) => framesOf(page, selector),
    everyFrame: (fn) => Promise.all(page.frames().map((frame) => frame.evaluate(fn).catch(() => null))),
    pointer: async (kind, x, y) => {
      await page.mouse.move(x, y)
      if (kind === 'click') await page.mouse.click(x, y)
    },
    act: async (actions) => {
      if (engine !== 'firefox') throw new Error('Chromium is not driven by WebDriver')
      await askBiDi(browser, 'input.performActions', { context: contextOf(page), actions })
    },
    print: async () => (await page.pdf({ timeout: 60_000 })).length,
    withWindow: async (open, inside) => {
      const coming = new Promise<Target>((resolve) => (expected = resolve))
      await open()
      const target = await Promise.race([coming, pause(10_000)])
      expected = undefined
      const other = await target?.page()
      if (!other) throw new Error('no window was opened')
      watchPage(other)
      try {
        await inside(realmOf(other))
        const scripts = await Promise.all(other.frames().map(readPwned))
        for (const found of scripts) if (found !== undefined) note('scripts', JSON.stringify(found))
      } finally {
        // Firefox takes the database from a page that closes before it stops the page's scripts, and tells of it
        other.removeAllListeners('pageerror')
        await other.close()
      }
    },
    events: () => {
      const taken = events
      events = []
      return Promise.resolve(taken)
    },
    control: async (html, patienceMs) => {
      const told = new Promise((resolve) => (expected = resolve))
      const raw = await browser.newPage()
      await Promise.race([told, pause(5_000)])
      events = []
      watchPage(raw)
      const look = (): Promise<{ style: string; top: string }> =>
        raw.evaluate(() => {
          const bar = document.querySelector('#bar')!
          const { left, top } = bar.getBoundingClientRect()
          return {
            style: getComputedStyle(bar).color,
            top: document.elementFromPoint(left + 2, top + 2)?.id ?? '',
          }
        })
      await raw.setContent('<!doctype html><p id="bar">bar</p>')
      const before = await look()
      await raw.setContent(html).catch(() => undefined)
      await pause(patienceMs)
      const after = await look()
      for (const found of await Promise.all(raw.frames().map(readPwned)))
        if (found !== undefined) note('scripts', JSON.stringify(found))
      await raw.close()
      return { style: before.style !== after.style, overlay: before.top !== after.top }
    },
    close: () => page.close(),
  }
}

interface Contexts {
  readonly contexts: readonly { readonly context: string }[]
}

/**
 * Firefox tells of frames, and of the copies that it prints, like of windows. What has a tab is in its tree of contexts
 * (WebDriver BiDi, `browsingContext.getTree`).
 */
async function isTab(browser: Browser, target: Target): Promise<boolean> {
  const page = await target.page()
  const { contexts } = await askBiDi<Contexts>(browser, 'browsingContext.getTree', { maxDepth: 0 })
  return page !== null && contexts.some(({ context }) => context === contextOf(page))
}

/** What Puppeteer has no words for. */
async function askBiDi<T>(browser: Browser, method: string, of: object): Promise<T> {
  const { connection } = browser as unknown as {
    connection: { send(method: string, of: object): Promise<{ readonly result: T }> }
  }
  return (await connection.send(method, of)).result
}

const contextOf = (page: Page): string => (page.mainFrame() as unknown as { readonly _id: string })._id

/** A document of Puppeteer's as the drivers of the app know it. */
export function realmOf(document: Page | Frame): Realm {
  return { evaluate: (fn, ...args) => document.evaluate(fn as never, ...(args as unknown as never[])) }
}

function readPwned(frame: Frame): Promise<unknown> {
  return frame.evaluate(() => (globalThis as { __pwned?: unknown }).__pwned).catch(() => undefined)
}

async function framesOf(page: Page, selector: string): Promise<(Realm | null)[]> {
  const elements = await page.$$(selector)
  return Promise.all(
    elements.map(async (element) => {
      const frame = await (element as unknown as { contentFrame(): Promise<Frame | null> }).contentFrame()
      void element.dispose()
      return frame && realmOf(frame)
    }),
  )
}
