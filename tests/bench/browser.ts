/** Chromium for the bench: a profile of its own per run, marks read from the page, throttling of page and frames. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from 'playwright'
import { CHROMIUM_ARGS, findChromium } from '../support/chromium.ts'

const LOOKS = { viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/Stockholm' }

export async function launch(): Promise<Browser> {
  return chromium.launch(programme())
}

function programme(): { executablePath: string; args: string[] } {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium here; set CHROMIUM to its path')
  return { executablePath, args: CHROMIUM_ARGS }
}

export async function freshContext(browser: Browser): Promise<BrowserContext> {
  return withMarks(await browser.newContext(LOOKS))
}

/**
 * A profile on the disk, as readers have one: a context beside others is a private window, whose databases are kept in
 * memory, and not compressed.
 */
export async function contextOnDisk(): Promise<{ context: BrowserContext; remove: () => Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), 'postern-profile-'))
  const context = await withMarks(await chromium.launchPersistentContext(directory, { ...programme(), ...LOOKS }))
  const remove = async (): Promise<void> => {
    await context.close()
    rmSync(directory, { recursive: true, force: true })
  }
  return { context, remove }
}

async function withMarks(context: BrowserContext): Promise<BrowserContext> {
  await context.addInitScript(() => {
    // What is looked for is kept as it comes: asking each frame would be work of ours in what is measured.
    const marks: PerformanceEntry[] = []
    const waiting = new Set<() => void>()
    new PerformanceObserver((list) => {
      marks.push(...list.getEntries())
      for (const look of waiting) look()
    }).observe({ type: 'mark', buffered: true })
    Object.assign(window, {
      benchMarkAfter: (name: string, since: number) =>
        new Promise<number>((resolve) => {
          const look = (): void => {
            const found = marks.find((mark) => mark.name === name && mark.startTime >= since)
            if (!found) return
            waiting.delete(look)
            resolve(found.startTime)
          }
          waiting.add(look)
          look()
        }),
    })
    // When a key went down, on the page's own clock: what every "key press to …" is measured from.
    addEventListener(
      'keydown',
      (event) => {
        performance.mark('bench:key', { startTime: event.timeStamp })
      },
      { capture: true },
    )
  })
  return context
}

/**
 * 4x on the page's process and every frame's. A worker shares the process's throttle only on paper (its threads are not
 * slowed), so throttled figures also give the worker's CPU time.
 */
export async function throttle(page: Page, rate: number): Promise<() => Promise<void>> {
  const sessions: CDPSession[] = []
  const slow = async (target: Parameters<BrowserContext['newCDPSession']>[0]): Promise<void> => {
    try {
      const session = await page.context().newCDPSession(target)
      await session.send('Emulation.setCPUThrottlingRate', { rate })
      sessions.push(session)
    } catch {
      // A frame in the page's own process has no session of its own: it is slowed with the page.
    }
  }
  await slow(page)
  for (const frame of page.frames()) if (frame !== page.mainFrame()) await slow(frame)
  const onFrame = (frame: ReturnType<Page['mainFrame']>): void => {
    void slow(frame)
  }
  page.on('frameattached', onFrame)
  return async () => {
    page.off('frameattached', onFrame)
    for (const session of sessions) await session.detach().catch(() => undefined)
  }
}

/** The time of the first mark of this name at or after `since`, waiting up to `timeout` ms. On the page's clock. */
export async function markAfter(page: Page, name: string, since: number, timeout = 15_000): Promise<number> {
  const found = page.evaluate(([mark, from]) => (window as unknown as MarkKeeper).benchMarkAfter(mark, from), [
    name,
    since,
  ] as const)
  const late = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`no ${name} within ${String(timeout)} ms`))
    }, timeout)
    const stop = (): void => {
      clearTimeout(timer)
    }
    void found.then(stop, stop)
  })
  return Promise.race([found, late])
}

interface MarkKeeper {
  readonly benchMarkAfter: (name: string, since: number) => Promise<number>
}

export async function now(page: Page): Promise<number> {
  return page.evaluate(() => performance.now())
}

export async function lastKey(page: Page): Promise<number> {
  return page.evaluate(() => performance.getEntriesByName('bench:key').at(-1)?.startTime ?? Number.NaN)
}

export async function waitForReady(page: Page, forMs = 0): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset['sync'] === 'ready', undefined, {
    timeout: 120_000,
  })
  const end = Date.now() + forMs
  while (Date.now() < end) {
    await page.waitForTimeout(100)
    if ((await page.evaluate(() => document.documentElement.dataset['sync'])) !== 'ready')
      return waitForReady(page, forMs)
  }
}
