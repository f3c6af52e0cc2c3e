/** rows.first: from the click on "Sign in" to rows, first time ever, on Cyrus, beside the least client there can be. */
import type { Page } from 'playwright'
import { serveUpstream } from '../../../demo/http/serve.ts'
import { startCyrus, whyNoCyrus, type CyrusServer } from '../../servers/cyrus.ts'
import { freshContext, markAfter } from '../browser.ts'
import type { BenchContext } from '../context.ts'
import { median, ratio, type Figure } from '../figure.ts'
import { loadCyrus } from '../load-cyrus.ts'
import { floorSite } from '../floor-site.ts'

const USER = 'alice'
const PASSWORD = 'alice-secret'

export async function firstFigures(bench: BenchContext): Promise<Figure[]> {
  const why = whyNoCyrus()
  if (why) throw new Error(why)
  const cyrus = await startCyrus([USER])
  try {
    await loadCyrus(cyrus, USER, PASSWORD)
    return await measure(bench, cyrus)
  } finally {
    await cyrus.stop()
  }
}

async function measure(bench: BenchContext, cyrus: CyrusServer): Promise<Figure[]> {
  const floor = await floorSite('ask', cyrus.url)
  const site = await serveUpstream(new URL(cyrus.url))
  try {
    const floors: number[] = []
    const values: number[] = []
    for (let run = 0; run < bench.runs; run++) {
      floors.push(await timeFloor(bench, floor.url))
      values.push(await timeApp(bench, site.url))
    }
    bench.seenFloors['rows.first'] = median(floors)
    return [ratio('rows.first', values, floors, 1.5, bench.recordedFloors['rows.first'])]
  } finally {
    await site.close()
    floor.close()
  }
}

function timeFloor(bench: BenchContext, url: string): Promise<number> {
  return timeFloorPage(bench, { url, user: USER, password: PASSWORD, mark: 'bench:rows' }, (page) =>
    page.evaluate(() => {
      const started = new Promise<number>((resolve) => {
        addEventListener('click', (event) => resolve(event.timeStamp), { capture: true, once: true })
      })
      new MutationObserver((_, observer) => {
        if (!document.querySelector('.row b')?.textContent) return
        observer.disconnect()
        requestAnimationFrame(() =>
          setTimeout(
            () => void started.then((start) => performance.mark('bench:rows', { detail: performance.now() - start })),
          ),
        )
      }).observe(document.body, { subtree: true, childList: true, characterData: true })
    }),
  )
}

interface FloorRun {
  readonly url: string
  readonly user: string
  readonly password: string
  /** Set when it is done, its detail the milliseconds. */
  readonly mark: string
}

/** Signs in on a yardstick page and answers what it took; `prepare` watches, once the form is filled in. */
export async function timeFloorPage(
  { browser }: BenchContext,
  { url, user, password, mark }: FloorRun,
  prepare?: (page: Page) => Promise<void>,
): Promise<number> {
  const context = await freshContext(browser)
  const page = await context.newPage()
  await page.goto(url)
  await page.fill('#user', user)
  await page.fill('#pass', password)
  await prepare?.(page)
  await page.click('#go')
  await markAfter(page, mark, 0, 300_000)
  const time = await page.evaluate(
    (name) => (performance.getEntriesByName(name)[0] as PerformanceMark).detail as number,
    mark,
  )
  await context.close()
  return time
}

/** Milliseconds from the click on "Sign in" to rows; `after` goes on in the same page, given the moment of the click. */
export async function timeApp(
  { browser }: BenchContext,
  url: string,
  { user, password } = { user: USER, password: PASSWORD },
  after?: (page: Page, clicked: number) => Promise<void>,
): Promise<number> {
  const context = await freshContext(browser)
  const page = await context.newPage()
  await page.goto(url)
  await page.fill('input[autocomplete=username]', user)
  await page.fill('input[autocomplete=current-password]', password)
  const box = page.getByRole('checkbox', { name: 'This device is mine' })
  if (!(await box.isChecked())) await box.check()
  await page.evaluate(() => {
    addEventListener('click', (event) => performance.mark('bench:click', { startTime: event.timeStamp }), {
      capture: true,
      once: true,
    })
  })
  await page.click('button[type=submit]')
  const rows = await markAfter(page, 'postern:rows', 0)
  const clicked = await page.evaluate(() => performance.getEntriesByName('bench:click')[0]?.startTime ?? Number.NaN)
  await after?.(page, clicked)
  await context.close()
  return rows - clicked
}
