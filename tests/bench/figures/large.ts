/** scroll.*, heap.*, delta.large.*, burst: the Inbox of 200,000 conversations, open in a page. */
import type { Page } from 'playwright'
import { waitForReady } from '../browser.ts'
import type { BenchContext } from '../context.ts'
import { absolute, quantile, type Figure } from '../figure.ts'
import { openSite, type OpenSite } from '../large-site.ts'
import { heapsOf } from '../../support/heaps.ts'
import { longestTask } from '../main-thread.ts'
import { deliver, pullsOf } from '../new-mail.ts'
import { jumpTo, watchScroll } from '../watch-scroll.ts'

export const LARGE_FIGURES = [
  'scroll.p99',
  'scroll.rows',
  'scroll.fill',
  'heap.page',
  'heap.worker',
  'delta.large.requests',
  'delta.large.bytes',
  'delta.large.task',
  'burst',
] as const

const WHEEL_MS = 10_000
const JUMPS = 20
const BURST = 5_000
const LONG_TASK_MS = 50

export async function largeFigures(bench: BenchContext, wanted: (name: string) => boolean): Promise<Figure[]> {
  const site = await openSite(bench)
  try {
    const figures: Figure[] = []
    const wants = (part: string): boolean => LARGE_FIGURES.some((name) => name.startsWith(part) && wanted(name))
    if (wants('delta.')) figures.push(...(await deltaFigures(bench, site)))
    if (wants('burst')) figures.push(await burstFigure(bench, site))
    // What was passed must not stay: memory is looked at after the scrolling.
    if (wants('scroll.') || wants('heap.')) figures.push(...(await scrollFigures(bench, site.page)))
    if (wants('heap.')) {
      const { page, workers } = await (await heapsOf(site.page))()
      figures.push(absolute('heap.page', 'MB', [page / 1e6], 40), absolute('heap.worker', 'MB', [workers / 1e6], 60))
    }
    return figures
  } finally {
    await site.close()
  }
}

/** A hand on the wheel for half of the 20 s, then the thumb of the scroll bar, dropped in 20 places. */
async function scrollFigures({ say }: BenchContext, page: Page): Promise<Figure[]> {
  await page.locator('[data-view=messages]').hover({ position: { x: 200, y: 200 } })
  const stop = await watchScroll(page)
  // From the top, where rows are kept, and from the middle, where they are the server's.
  for (const share of [0, 0.5]) {
    await jumpTo(page, share)
    await wheel(page, WHEEL_MS / 2)
  }
  const fills: number[] = []
  for (let jump = 0; jump < JUMPS; jump++) {
    // In no order, from end to end.
    fills.push(await jumpTo(page, ((jump * 7 + 3) % JUMPS) / (JUMPS - 1)))
    await page.waitForTimeout(200)
  }
  const { frames, longTasks, rows } = await stop()
  say(`fills: ${fills.map(Math.round).join(' ')}; long tasks: ${longTasks.map(Math.round).join(' ')}`)
  const p99 = quantile(frames, 0.99)
  const frame: Figure = {
    ...absolute('scroll.p99', 'ms', [p99], 33, `${String(longTasks.length)} tasks over ${String(LONG_TASK_MS)} ms`),
    n: frames.length,
  }
  return [
    { ...frame, ok: frame.ok && longTasks.length === 0 },
    absolute('scroll.rows', 'rows', [rows], 120),
    absolute('scroll.fill', 'ms', fills, 300),
  ]
}

async function wheel(page: Page, ms: number): Promise<void> {
  const end = performance.now() + ms
  while (performance.now() < end) {
    await page.mouse.wheel(0, 240)
    await page.waitForTimeout(16)
  }
}

/** One new mail among 200,000, counted as `delta.*` is. */
async function deltaFigures({ browser, runs }: BenchContext, { page, log, server }: OpenSite): Promise<Figure[]> {
  const requests: number[] = []
  const bytes: number[] = []
  const tasks: number[] = []
  for (let run = 0; run < runs; run++) {
    const since = performance.now()
    const subject = `Delta ${String(Date.now())}`
    const task = await longestTask(browser, page, async () => {
      deliver(server, subject)
      await page.getByText(subject).first().waitFor({ timeout: 15_000 })
      await waitForReady(page, 5000)
    })
    const pulls = pullsOf(log, since)
    requests.push(pulls.length)
    bytes.push(pulls.reduce((sum, { sent, received }) => sum + sent + received, 0) / 1000)
    tasks.push(task)
  }
  return [
    absolute('delta.large.requests', 'requests', requests, 1),
    absolute('delta.large.bytes', 'kB', bytes, 8),
    absolute('delta.large.task', 'ms', tasks, 50),
  ]
}

/** Another client marks the newest 5,000 as unread, and as read again, each in one stroke. */
async function burstFigure({ browser, runs }: BenchContext, { page, server }: OpenSite): Promise<Figure> {
  const account = server.accountOf('mara@lindqvist.example')
  const inbox = account.mailboxByRole('inbox')
  const newest = [...(inbox?.emails ?? [])].sort((a, b) => b.receivedAt - a.receivedAt).slice(0, BURST)
  const mark = (isSeen: boolean): void =>
    account.transact(() => {
      for (const { id } of newest) account.setKeywords(id, { $seen: isSeen })
    })
  const tasks: number[] = []
  for (let run = 0; run < runs + 1; run++) {
    const isSeen = run % 2 === 1
    const task = await longestTask(browser, page, async () => {
      mark(isSeen)
      await page.waitForFunction(
        (state) => {
          const rows = [...document.querySelectorAll('[data-view=messages] [role=listitem]')]
          return rows.length > 5 && rows.every((row) => row.hasAttribute('data-unread') !== state)
        },
        isSeen,
        { timeout: 120_000 },
      )
      await waitForReady(page, 1000)
    })
    // The first one only makes sure that all of them change in the next.
    if (run > 0) tasks.push(task)
  }
  return absolute('burst', 'ms', tasks, 50)
}
