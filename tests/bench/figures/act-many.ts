/**
 * act.archive3000, act.undo3000: 3,000 ticked rows of the Inbox of 200,000 conversations are archived, and brought back,
 * until the server has all of it: the longest task on the page's main thread.
 */
import type { Page } from 'playwright'
import { waitForReady } from '../browser.ts'
import type { BenchContext } from '../context.ts'
import { absolute, type Figure } from '../figure.ts'
import { openSite } from '../large-site.ts'

export const ACT_MANY_FIGURES = ['act.archive3000', 'act.undo3000'] as const

const ROWS = 3_000
const MUST = 50

export async function actManyFigures(bench: BenchContext): Promise<Figure[]> {
  const { page, close } = await openSite(bench)
  try {
    return await manyFigures(bench, page)
  } finally {
    await close()
  }
}

/** `of`: what the names end in. */
export async function manyFigures(bench: BenchContext, page: Page, of = ''): Promise<Figure[]> {
  const tasks = { archive: [] as number[], undo: [] as number[] }
  for (let run = 0; run < bench.runs; run++) {
    await tick(page, ROWS)
    const first = await page.locator('[data-view=messages] [role=listitem]').first().getAttribute('data-thread-id')
    const row = page.locator(`[data-view=messages] [data-thread-id="${first ?? ''}"]`)
    tasks.archive.push(
      await longestTask(page, async () => {
        await page.keyboard.press('e')
        await row.waitFor({ state: 'detached' })
        await settled(page)
      }),
    )
    tasks.undo.push(
      await longestTask(page, async () => {
        await page.keyboard.press('z')
        await settled(page)
      }),
    )
    bench.say(`${String(tasks.archive.at(-1))} ms, undo ${String(tasks.undo.at(-1))} ms`)
  }
  const note = 'longest task from 50 ms on, until the server has it'
  return [
    absolute(`act.archive3000${of}`, 'ms', tasks.archive, MUST, note),
    absolute(`act.undo3000${of}`, 'ms', tasks.undo, MUST, note),
  ]
}

/** By the page's own word, which tells of tasks from 50 ms on: a trace of all that time is more than a string holds. */
async function longestTask(page: Page, act: () => Promise<void>): Promise<number> {
  const watch = await page.evaluateHandle(() => {
    let longest = 0
    const observer = new PerformanceObserver((list) => {
      longest = Math.max(longest, ...list.getEntries().map(({ duration }) => duration))
    })
    observer.observe({ type: 'longtask' })
    return { end: () => (observer.disconnect(), longest) }
  })
  await act()
  return watch.evaluate(({ end }) => end())
}

/** The first row, then with Shift the last of so many, as a reader does who scrolls there. */
async function tick(page: Page, count: number): Promise<void> {
  const list = page.locator('[data-view=messages]')
  await list.evaluate((box) => box.parentElement?.scrollTo({ top: 0 }))
  await at(page, 1).click({ modifiers: ['ControlOrMeta'] })
  for (let tries = 0; tries < 20 && (await at(page, count).count()) === 0; tries++) {
    await list.evaluate((box, position) => {
      const shown = [...box.querySelectorAll<HTMLElement>('[role=listitem]')]
      const middle = shown[Math.floor(shown.length / 2)]
      const height = middle?.offsetHeight ?? 0
      box.parentElement?.scrollBy({ top: (position - Number(middle?.getAttribute('aria-posinset') ?? 0)) * height })
    }, count)
    await page.waitForTimeout(300)
  }
  await at(page, count).click({ modifiers: ['Shift'] })
  await page.getByRole('toolbar', { name: `${count.toLocaleString('en-GB')} selected` }).waitFor()
  await waitForReady(page, 1000)
}

const at = (page: Page, position: number) =>
  page.locator(`[data-view=messages] [role=listitem][aria-posinset="${String(position)}"]:not([aria-busy=true]) a`)

/** Nothing waits, and nothing is asked. */
async function settled(page: Page): Promise<void> {
  await page
    .waitForFunction(() => Number(document.documentElement.dataset['outbox'] ?? '0') > 0, undefined, {
      timeout: 5_000,
    })
    .catch(() => undefined)
  await page.waitForFunction(() => document.documentElement.dataset['outbox'] === '0', undefined, { timeout: 120_000 })
  await waitForReady(page, 3000)
}
