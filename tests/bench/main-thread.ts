/** The longest task on the page's main thread: out of Chromium's own trace, since a page is told of long ones only. */
import type { Browser, Page } from 'playwright'

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  readonly args?: { readonly name?: string; readonly data?: { readonly message?: string } }
}

const TASK = 'ThreadControllerImpl::RunTask'

/** Milliseconds of the longest task that began while `work` ran. */
export async function longestTask(browser: Browser, page: Page, work: () => Promise<void>): Promise<number> {
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing', '__metadata'] })
  const mark = `bench:${String(Date.now())}`
  await page.evaluate((name) => performance.mark(name), mark)
  await work()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] }
  // Letters' frames and workers live in processes or threads of their own: the page's is the one that made the mark.
  const own = traceEvents.find(({ name }) => name === mark)
  if (!own) throw new Error('the trace does not hold the mark of the page')
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid, ts }) => name === TASK && ph === 'X' && pid === own.pid && tid === own.tid && ts > own.ts,
  )
  if (tasks.length === 0) throw new Error('the trace holds no task of the page')
  return tasks.reduce((longest, { dur = 0 }) => Math.max(longest, dur), 0) / 1000
}
