/**
 * WebKitGTK, driven by its own driver. What it cannot tell, the page's probe tells (errors, breaches of the policy), or the
 * sink (names: it is the browser's SOCKS proxy, and resolves none); look-ups beside the proxy are not seen here.
 */
import { evaluateIn, type WebKitSession } from '../engines/webkit.ts'
import { pause, until, type EngineEvent, type EnginePage, type InputSource, type Realm } from './engine-page.ts'

/** As WebDriver writes an element: its only key is a constant of the protocol. */
type ElementRef = Readonly<Record<string, string>>

export function webKitPage(session: WebKitSession): EnginePage {
  let home: string | undefined
  const noted: EngineEvent[] = []
  const note = (counter: EngineEvent['counter'], what: string): void => void noted.push({ counter, what })

  const run = async <A extends unknown[], T>(fn: (...args: A) => T, args: A): Promise<Awaited<T>> =>
    evaluateIn<Awaited<T>>(session, `(${fn.toString()})(...args)`, args)

  const inFrame = async <T>(frame: ElementRef, task: () => Promise<T>): Promise<T> => {
    await session.ask('POST', '/frame', { id: frame })
    try {
      return await task()
    } finally {
      await session.ask('POST', '/frame', { id: null })
    }
  }
  const elements = async (selector: string): Promise<readonly ElementRef[]> =>
    (await session.ask('POST', '/elements', { using: 'css selector', value: selector })) as ElementRef[]

  /** A dialog stands in the way of every other command. */
  const dismiss = async (): Promise<void> => {
    const text = await session.ask('GET', '/alert/text').catch(() => undefined)
    if (text === undefined) return
    note('dialogs', JSON.stringify(text))
    await session.ask('POST', '/alert/dismiss', {}).catch(() => undefined)
  }
  const act = async (actions: readonly InputSource[]): Promise<void> => {
    await session.ask('POST', '/actions', { actions })
  }
  const handles = async (): Promise<string[]> => (await session.ask('GET', '/window/handles')) as string[]
  const enter = (handle: string): Promise<unknown> => session.ask('POST', '/window', { handle })
  const closeOthers = async (): Promise<void> => {
    home ??= (await session.ask('GET', '/window')) as string
    for (const handle of await handles()) {
      if (handle === home) continue
      note('popups', handle)
      await enter(handle)
      await session.ask('DELETE', '/window').catch(() => undefined)
      await enter(home)
    }
  }

  const page: EnginePage = {
    engine: 'webkit',
    evaluate: (fn, ...args) => run(fn, args),
    goto: async (url) => {
      home ??= (await session.ask('GET', '/window')) as string
      await session.ask('POST', '/url', { url })
    },
    reload: () => session.ask('POST', '/refresh', {}),
    frames: async (selector) =>
      (await elements(selector)).map((frame): Realm => ({
        evaluate: (fn, ...args) => inFrame(frame, () => run(fn, args)),
      })),
    everyFrame: async (fn) => {
      const found = [await run(fn, [])]
      for (const frame of await elements('iframe')) {
        found.push(await inFrame(frame, () => run(fn, [])).catch(() => null as never))
      }
      return found
    },
    pointer: async (kind, x, y) => {
      const actions: InputSource['actions'][number][] = [
        { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 },
      ]
      if (kind === 'click') actions.push({ type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 })
      await act([{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }])
    },
    act,
    print: () => page.evaluate(applyPrintStyle),
    withWindow: async (open, inside) => {
      home ??= (await session.ask('GET', '/window')) as string
      await open()
      const deadline = Date.now() + 10_000
      let other: string | undefined
      do {
        other = (await handles()).find((handle) => handle !== home)
        if (other === undefined) await pause(30)
      } while (other === undefined && Date.now() < deadline)
      if (other === undefined) throw new Error('no window was opened')
      await enter(other)
      try {
        await inside(page)
        for (const found of await page.everyFrame(() => (globalThis as { __pwned?: unknown }).__pwned)) {
          if (found !== null && found !== undefined) note('scripts', JSON.stringify(found))
        }
      } finally {
        await session.ask('DELETE', '/window').catch(() => undefined)
        await enter(home)
      }
    },
    events: async () => {
      await dismiss()
      await closeOthers()
      return noted.splice(0)
    },
    control: async (html, patienceMs) => {
      await session.ask('POST', '/url', { url: 'about:blank' })
      const look = (): Promise<{ style: string; top: string }> =>
        page.evaluate(() => {
          const bar = document.querySelector('#bar')!
          const { left, top } = bar.getBoundingClientRect()
          return { style: getComputedStyle(bar).color, top: document.elementFromPoint(left + 2, top + 2)?.id ?? '' }
        })
      const put = (text: string): Promise<void> =>
        page.evaluate((markup) => {
          document.open()
          // eslint-disable-next-line @typescript-eslint/no-deprecated -- the raw page is meant to be as raw as a page can be
          document.write(markup)
          document.close()
        }, text)
      await put('<!doctype html><p id="bar">bar</p>')
      const before = await look()
      await put(html)
      await pause(patienceMs)
      await dismiss()
      // without a press WebKit opens nothing
      await page.pointer('click', 700, 400)
      await pause(500)
      await closeOthers()
      const after = await look()
      await until(page, 'an error', 2_000, () => (window as { controlError?: string }).controlError !== undefined).then(
        () => note('errors', 'control'),
        () => undefined,
      )
      const frames = await page.everyFrame(() => ({
        pwned: (globalThis as { __pwned?: unknown }).__pwned,
        url: location.href,
      }))
      for (const frame of frames) {
        if (frame && frame.pwned !== undefined && frame.pwned !== null) note('scripts', JSON.stringify(frame.pwned))
        if (frame && /^http/.test(frame.url)) note('navigations', frame.url)
      }
      return { style: before.style !== after.style, overlay: before.top !== after.top }
    },
    close: () => session.close(),
  }
  return page
}

/** Runs in the page: what is meant for paper holds for the screen, for a moment. */
function applyPrintStyle(): Promise<number> {
  const changed: { media: MediaList; text: string }[] = []
  const visit = (rules: CSSRuleList): void => {
    for (const rule of rules) {
      if (!(rule instanceof CSSMediaRule)) continue
      const { media } = rule
      const text = media.mediaText
      if (/\bprint\b|\bscreen\b/.test(text)) {
        changed.push({ media, text })
        media.mediaText = /\bprint\b/.test(text) ? text.replace(/\bprint\b/, 'screen') : 'not all'
      }
      visit(rule.cssRules)
    }
  }
  for (const sheet of document.styleSheets) visit(sheet.cssRules)
  return new Promise((resolve) => {
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const isOnPaper = document.querySelector('[data-print-sheet]')?.getClientRects().length
        const isPageGone = getComputedStyle(document.querySelector('#app')!).display === 'none'
        for (const { media, text } of changed) media.mediaText = text
        resolve(isOnPaper && isPageGone ? changed.length : 0)
      }),
    )
  })
}
