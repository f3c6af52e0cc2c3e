/** One page in one engine: as little as the main paths need, over whatever protocol the engine speaks. */
import { launchEngine, type Engine } from '../hostile/engines.ts'
import { openWebKit } from './webkit.ts'

export interface DrivenPage {
  goto(url: string): Promise<void>
  /** Runs an expression in the page, and waits for its promise. */
  run<T>(expression: string): Promise<T>
  /** The same in the frame that a selector finds. */
  inFrame<T>(selector: string, expression: string): Promise<T>
  /** A PNG. */
  picture(): Promise<Uint8Array>
  close(): Promise<void>
}

export interface Look {
  readonly width: number
  readonly height: number
  readonly isDark: boolean
}

const patienceMs = 30_000

export function openPage(engine: Engine, look: Look): Promise<DrivenPage> {
  return engine === 'webkit' ? openWebKit(look) : openByPuppeteer(engine, look)
}

async function openByPuppeteer(engine: Engine, { width, height }: Look): Promise<DrivenPage> {
  const browser = await launchEngine(engine, 9, '127.0.0.1')
  if (!browser) throw new Error(`no ${engine} here`)
  const page = await browser.newPage()
  await page.setViewport({ width, height })
  return {
    goto: async (url) => {
      await page.goto(url, { waitUntil: 'domcontentloaded' })
    },
    run: <T>(expression: string) => page.evaluate(expression) as Promise<T>,
    inFrame: async <T>(selector: string, expression: string) => {
      const frame = await (await page.$(selector))?.contentFrame()
      if (!frame) throw new Error(`no frame ${selector}`)
      return frame.evaluate(expression) as Promise<T>
    },
    picture: () => page.screenshot(),
    close: () => browser.close(),
  }
}

/** Waits until the page says yes; a page on its way to another is asked again. */
export async function until(page: DrivenPage, what: string, expression: string): Promise<void> {
  const deadline = Date.now() + patienceMs
  let last: unknown
  do {
    try {
      if (await page.run<boolean>(`Promise.resolve(${expression}).then(Boolean)`)) return
    } catch (error) {
      last = error
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  } while (Date.now() < deadline)
  throw new Error(`waited for ${what}${last instanceof Error ? ` (${last.message})` : ''}`)
}
