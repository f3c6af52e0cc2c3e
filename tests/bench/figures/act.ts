/** act.*: from the key to the row that shows it, in the Inbox of 200,000 conversations on a machine four times slower. */
import type { Page } from 'playwright'
import { throttle, waitForReady } from '../browser.ts'
import { THROTTLE, type BenchContext } from '../context.ts'
import { absoluteP95, type Figure } from '../figure.ts'
import { openSite } from '../large-site.ts'

export const ACT_FIGURES = ['act.flag', 'act.archive'] as const

const PRESSES = 20

export async function actFigures(bench: BenchContext, wanted: (name: string) => boolean): Promise<Figure[]> {
  const site = await openSite(bench)
  try {
    return await pressFigures(bench, site.page, wanted)
  } finally {
    await site.close()
  }
}

/** `of`: what the names end in. */
export async function pressFigures(
  bench: BenchContext,
  page: Page,
  wanted: (name: string) => boolean,
  of = '',
): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [name, key] of [
    ['act.flag', 's'],
    ['act.archive', 'e'],
  ] as const) {
    if (wanted(name + of)) figures.push(await pressFigure(bench, page, name + of, key))
  }
  return figures
}

async function pressFigure(bench: BenchContext, page: Page, name: string, key: string): Promise<Figure> {
  const free = await throttle(page, THROTTLE)
  const runs: number[][] = []
  await page.locator('[data-view=messages] [role=listitem] a').first().focus()
  for (let run = 0; run < bench.runs; run++) {
    const times: number[] = []
    for (let press = 0; press < PRESSES; press++) {
      await page.keyboard.press('j')
      await page.waitForTimeout(100)
      times.push(await pressed(page, key))
      await page.waitForTimeout(200)
    }
    runs.push(times)
    bench.say(`${name}: ${times.map(Math.round).join(' ')}`)
  }
  await free()
  await waitForReady(page, 3000)
  return absoluteP95(name, runs, 50)
}

/** Milliseconds from the key, by its own clock, to the frame after the focused row has changed or left. */
async function pressed(page: Page, key: string): Promise<number> {
  const shown = await page.evaluateHandle(() => {
    const id = document.activeElement?.closest<HTMLElement>('[role=listitem]')?.dataset['threadId'] ?? ''
    const list = document.querySelector('[data-view=messages]')
    const state = (): string => {
      const row = list?.querySelector(`[data-thread-id="${id}"]`)
      return row ? String(row.hasAttribute('data-flagged')) : 'gone'
    }
    const before = state()
    let since = Number.NaN
    addEventListener('keydown', ({ timeStamp }) => (since = timeStamp), { capture: true, once: true })
    const time = new Promise<number>((resolve) => {
      const observer = new MutationObserver(() => {
        if (state() === before) return
        observer.disconnect()
        requestAnimationFrame(() => {
          const painted = new MessageChannel()
          painted.port1.onmessage = () => resolve(performance.now() - since)
          painted.port2.postMessage(0)
        })
      })
      if (list) observer.observe(list, { subtree: true, childList: true, attributes: true })
    })
    return { time }
  })
  await page.keyboard.press(key)
  return shown.evaluate(({ time }) => time)
}
