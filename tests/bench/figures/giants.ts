/** giants.*: the longest task of the page while something far out of the ordinary comes on screen. */
import type { Page } from 'playwright'
import { serve, type DemoSite } from '../../../demo/http/serve.ts'
import { giantSubjects } from '../../../demo/mailbox/generated/giants.ts'
import { freshContext, waitForReady } from '../browser.ts'
import { BEHIND_PROXY, clickDemo, type BenchContext } from '../context.ts'
import { absolute, type Figure } from '../figure.ts'
import { longestTask } from '../main-thread.ts'

interface Giant {
  readonly name: string
  readonly act: (page: Page, site: DemoSite) => Promise<void>
}

const MUST = 200
/** What is put there bit by bit is watched until nothing more comes. */
const SETTLE_MS = 3_000

const opened =
  (subject: string) =>
  async (page: Page): Promise<void> => {
    const row = page.locator('[data-view=messages] [role=listitem]').filter({ hasText: subject }).first()
    await row.getByRole('link').click()
    await page.getByRole('heading', { level: 1, name: subject }).waitFor()
    await page.locator('main article:not([aria-busy=true]) [aria-expanded=true]').first().waitFor({ timeout: 60_000 })
  }

const pressed =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key)
  }

const giants: readonly Giant[] = [
  {
    name: 'giants.mailboxes',
    act: async (page) => {
      await page.getByRole('tree', { name: 'Folders' }).locator('[tabindex="0"]').focus()
      for (const key of ['End', 'Home', 'End']) {
        await page.keyboard.press(key)
        await page.waitForTimeout(300)
      }
    },
  },
  {
    name: 'giants.new',
    act: async (page, { server }) => {
      server
        .accountOf('mara@lindqvist.example')
        .deliver(
          'From: a@remote.example\r\nSubject: Among giants\r\nMessage-ID: <giant-new@remote.example>\r\n\r\nHi\r\n',
        )
      await page.getByText('Among giants').first().waitFor()
    },
  },
  { name: 'giants.thread', act: opened(giantSubjects.read) },
  { name: 'giants.thread.all', act: pressed(';') },
  { name: 'giants.unread', act: opened(giantSubjects.unread) },
  { name: 'giants.unread.next', act: pressed('n', 'n', 'n', 'I') },
  { name: 'giants.recipients', act: opened(giantSubjects.recipients) },
  { name: 'giants.recipients.all', act: pressed('i') },
  { name: 'giants.file', act: opened(giantSubjects.file) },
  { name: 'giants.lines', act: opened(giantSubjects.lines) },
  { name: 'giants.wall', act: opened(giantSubjects.wall) },
  { name: 'giants.html', act: opened(giantSubjects.html) },
]

export const GIANT_FIGURES = ['giants.start', ...giants.map(({ name }) => name)]

export async function giantFigures(bench: BenchContext, wanted: (name: string) => boolean): Promise<Figure[]> {
  const tasks = new Map<string, number[]>()
  for (let run = 0; run < bench.runs; run++) {
    for (const [name, task] of await oneRun(bench, wanted)) tasks.set(name, [...(tasks.get(name) ?? []), task])
  }
  return [...tasks].map(([name, values]) => absolute(name, 'ms', values, MUST))
}

async function oneRun({ browser }: BenchContext, wanted: (name: string) => boolean): Promise<[string, number][]> {
  const site = await serve({ ...BEHIND_PROXY, messages: 300, giants: true })
  const context = await freshContext(browser)
  try {
    const page = await context.newPage()
    await page.goto(site.url)
    const tasks: [string, number][] = []
    const start = await longestTask(browser, page, async () => {
      await clickDemo(page)
      await waitForReady(page, SETTLE_MS)
    })
    tasks.push(['giants.start', start])
    for (const { name, act } of giants) {
      // what one leads to is where the next begins
      const longest = await longestTask(browser, page, async () => {
        await act(page, site)
        await page.waitForTimeout(SETTLE_MS)
      })
      tasks.push([name, longest])
    }
    return tasks.filter(([name]) => wanted(name))
  } finally {
    await context.close()
    await site.close()
  }
}
