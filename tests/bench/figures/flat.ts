/** flat.*: warm start, open and switch of mailbox in an account of 200,000, beside the same in one of 2,000. */
import type { Page } from 'playwright'
import { throttle } from '../browser.ts'
import { THROTTLE, type BenchContext } from '../context.ts'
import { ratio, type Figure } from '../figure.ts'
import { openSite } from '../large-site.ts'
import { openRuns, switchRuns } from './open.ts'
import { timeNavigation } from './warm.ts'

export const FLAT_FIGURES = ['flat.warm', 'flat.open', 'flat.mailbox'] as const

const SMALL = 2_000
const MUST = 1.2
/** Starts come in two kinds, one twice as long: of fewer, the median may fall on either. */
const STARTS = 11
const OPENS = 40

export async function flatFigures(bench: BenchContext, wanted: (name: string) => boolean): Promise<Figure[]> {
  const [large, small] = [await openSite(bench), await openSite(bench, SMALL)]
  try {
    const pages = [large.page, small.page] as const
    const figures: Figure[] = []
    if (wanted('flat.open'))
      figures.push(await compare('flat.open', pages, bench.runs, async (page) => openTimes(page, bench.runs)))
    if (wanted('flat.mailbox'))
      figures.push(await compare('flat.mailbox', pages, bench.runs, async (page) => switchTimes(page, bench.runs)))
    if (wanted('flat.warm')) {
      const addresses = new Map(pages.map((page) => [page, page.url()]))
      const start = (page: Page): Promise<number> =>
        timeNavigation(page, addresses.get(page) ?? page.url(), 'postern:rows')
      figures.push(await compare('flat.warm', pages, STARTS, async (page) => [await start(page)]))
    }
    return figures
  } finally {
    await large.close()
    await small.close()
  }
}

/** In turn, so that whatever else the machine does falls on both alike. */
async function compare(
  name: (typeof FLAT_FIGURES)[number],
  [large, small]: readonly [Page, Page],
  rounds: number,
  measure: (page: Page) => Promise<readonly number[]>,
): Promise<Figure> {
  const values: number[] = []
  const floors: number[] = []
  for (let round = 0; round < rounds; round++) {
    await large.bringToFront()
    values.push(...(await measure(large)))
    await small.bringToFront()
    floors.push(...(await measure(small)))
  }
  return ratio(name, values, floors, MUST, undefined)
}

async function openTimes(page: Page, runs: number): Promise<readonly number[]> {
  return (await openRuns(page, 1, Math.ceil(OPENS / runs))).flat()
}

async function switchTimes(page: Page, runs: number): Promise<readonly number[]> {
  const stop = await throttle(page, THROTTLE)
  const times = await switchRuns(page, Math.ceil(runs / 2))
  await stop()
  return times
}
