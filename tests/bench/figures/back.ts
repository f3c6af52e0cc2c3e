/**
 * back.online and back.wake: how soon mail that came while the reader was away is on the screen. `online`: the network is
 * gone and returns, to the page by its `online` event. `wake`: page and worker stood still, and come
 * back in another network: what is left of the event stream is silent.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright'
import { serve, type DemoSite } from '../../../demo/http/serve.ts'
import { faultProxy, GOOD_LINE, type FaultProxy } from '../../support/fault-proxy.ts'
import { freshContext, waitForReady } from '../browser.ts'
import { BEHIND_PROXY, clickDemo, onOurClock, TRIP_MS, type BenchContext } from '../context.ts'
import { absolute, type Figure } from '../figure.ts'
import { deliver } from '../new-mail.ts'

export const BACK_FIGURES = ['back.online', 'back.wake'] as const

const MUST_MS = 2000
/** Several attempts have failed by then, and the pause before the next is long. */
const AWAY_MS = 20_000

interface Reader {
  readonly page: Page
  readonly proxy: FaultProxy
  readonly server: DemoSite['server']
}

export async function backFigures(bench: BenchContext, wanted: (name: string) => boolean): Promise<Figure[]> {
  const site = await serve({ ...BEHIND_PROXY, messages: 2000 })
  const proxy = await faultProxy(site.url, { ...GOOD_LINE, rttMs: TRIP_MS })
  const context = await freshContext(bench.browser)
  try {
    const page = await context.newPage()
    await page.goto(proxy.url)
    await clickDemo(page)
    const reader: Reader = { page, proxy, server: site.server }
    const figures: Figure[] = []
    for (const [name, leaveAndReturn] of [
      ['back.online', withoutNetwork],
      ['back.wake', asleep],
    ] as const) {
      if (!wanted(name)) continue
      const values: number[] = []
      for (let run = 0; run < bench.runs; run++) {
        await waitForReady(page, 3000)
        const subject = `Back ${String(Date.now())}`
        const shown = whenShown(page, subject)
        const returned = await leaveAndReturn(reader, subject)
        values.push(Math.round((await onOurClock(page, await shown)) - returned))
        bench.say(`${name}, run ${String(run + 1)}: ${String(values.at(-1))} ms`)
      }
      figures.push(absolute(name, 'ms', values, MUST_MS))
    }
    return figures
  } finally {
    await context.close()
    await proxy.close()
    await site.close()
  }
}

/** Answers when the network was there again. */
async function withoutNetwork({ page, proxy, server }: Reader, subject: string): Promise<number> {
  await page.context().setOffline(true)
  proxy.mode = 'down'
  proxy.cut()
  await page.waitForFunction(() => document.documentElement.dataset['sync'] === 'offline')
  deliver(server, subject)
  await pause(AWAY_MS)
  proxy.mode = 'pass'
  const returned = performance.now()
  await page.context().setOffline(false)
  return returned
}

/** Answers when the machine woke. */
async function asleep({ page, proxy, server }: Reader, subject: string): Promise<number> {
  await signalTabs(page, 'SIGSTOP')
  proxy.lose()
  deliver(server, subject)
  await pause(AWAY_MS)
  const returned = performance.now()
  await signalTabs(page, 'SIGCONT')
  return returned
}

/** Stops the processes that run pages and workers, as sleep and frozen tabs do: CDP has no such state for visible ones. */
async function signalTabs(page: Page, signal: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
  const session = await page.context().browser()?.newBrowserCDPSession()
  const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {}
  await session?.detach()
  for (const { id, type } of processInfo) if (type === 'renderer') process.kill(id, signal)
}

/** The page's clock at the frame in which a row says this. */
function whenShown(page: Page, subject: string): Promise<number> {
  return page.evaluate(
    (text) =>
      new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          const rows = [...document.querySelectorAll('[data-view=messages] [role=listitem]:not([aria-busy=true])')]
          if (!rows.some((row) => row.textContent.includes(text))) return
          observer.disconnect()
          requestAnimationFrame((time) => {
            resolve(time)
          })
        })
        observer.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true })
      }),
    subject,
  )
}
