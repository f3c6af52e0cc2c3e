/**
 * act.*: from the key to the row that shows it, in the Inbox of 200,000 conversations on a machine four times slower;
 * and 3,000 ticked rows put away in one stroke and brought back, by the longest task of the page.
 */
import type { Page } from 'playwright'
import { throttle, waitForReady } from '../browser.ts'
import { THROTTLE, type BenchContext } from '../context.ts'
import { absolute, absoluteP95, type Figure } from '../figure.ts'
import { openSite, type OpenSite } from '../large-site.ts'
import { longestTask } from '../main-thread.ts'

export const ACT_FIGURES = ['act.flag', 'act.archive', 'act.many', 'act.many.undo'] as const

const PRESSES = 20
const MANY = 3_000

export async function actFigures(bench: BenchContext, wanted: (name: string) => boolean): Promise<Figure[]> {
  const site = await openSite(bench)
  try {
    const figures: Figure[] = []
    for (const [name, key] of [
      ['act.flag', 's'],
      ['act.archive', 'e'],
    ] as const) {
      if (wanted(name)) figures.push(await pressFigure(bench, site.page, name, key))
    }
    if (wanted('act.many') || wanted('act.many.undo')) figures.push(...(await manyFigures(bench, site)))
    return figures
  } finally {
    await site.close()
  }
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

async function manyFigures({ browser, runs }: BenchContext, { page }: OpenSite): Promise<Figure[]> {
  const [away, back]: [number[], number[]] = [[], []]
  for (let run = 0; run < runs; run++) {
    const first = await tickMany(page)
    const row = page.locator(`[data-view=messages] [data-thread-id="${first}"]`)
    const act = (key: string, isHere: boolean): Promise<number> =>
      longestTask(browser, page, async () => {
        await page.keyboard.press(key)
        await row.first().waitFor({ state: isHere ? 'attached' : 'detached', timeout: 60_000 })
        await waitForReady(page, 3000)
      })
    away.push(await act('e', false))
    back.push(await act('z', true))
  }
  return [absolute('act.many', 'ms', away, 50), absolute('act.many.undo', 'ms', back, 50)]
}

/** Ticks the first 3,000 and returns the Thread of the first. */
async function tickMany(page: Page): Promise<string> {
  const row = (at: number): string => `[data-view=messages] [data-position="${String(at)}"]:not([aria-busy])`
  const scroll = async (at: number): Promise<void> => {
    await page.evaluate((position) => {
      const list = document.querySelector<HTMLElement>('[data-view=messages]')
      const pitch = Number.parseFloat(list?.style.getPropertyValue('--pitch') ?? '')
      if (list?.parentElement) list.parentElement.scrollTop = position * pitch
    }, at)
    await page.locator(row(at)).waitFor()
  }
  await scroll(0)
  await page.locator(`${row(0)} input`).check({ force: true })
  await scroll(MANY - 1)
  await page.locator(`${row(MANY - 1)} input`).click({ force: true, modifiers: ['Shift'] })
  await page.getByRole('toolbar', { name: `${MANY.toLocaleString('en-GB')} selected` }).waitFor()
  await scroll(0)
  await page.locator(`${row(0)} a`).focus()
  return (await page.locator(row(0)).getAttribute('data-thread-id')) ?? ''
}
