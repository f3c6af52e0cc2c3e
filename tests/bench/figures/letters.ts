/**
 * newsletters.*, large.*: letters in the built app, in Chromium; `npm run bench:letters` takes the same in other engines.
 * thread.memory: what a conversation of 30 letters, all open, takes more than one of a single letter.
 */
import { rmSync } from 'node:fs'
import type { Page } from 'playwright'
import { serve } from '../../../demo/http/serve.ts'
import { letterFigures, LETTER_FIGURES } from '../../letters/figures.ts'
import { largeNewsletter } from '../../letters/large-newsletter.ts'
import { asMail, writeMailFolder } from '../../letters/newsletter-mail.ts'
import { privateMemory } from '../../support/private-memory.ts'
import { freshContext, launch, waitForReady } from '../browser.ts'
import { clickDemo, type BenchContext } from '../context.ts'
import { absolute, couldNotRun, type Figure } from '../figure.ts'

export const OPEN_LETTER_FIGURES = [...LETTER_FIGURES, 'thread.memory']

const MUST_MB = 40
const LETTERS = 30
/** Bytes of each letter, pictures apart. */
const SIZE = 20_000

export async function openLetterFigures(bench: BenchContext, wanted: (name: string) => boolean): Promise<Figure[]> {
  const figures = await letterFigures('chromium', wanted)
  if (!wanted('thread.memory')) return figures
  const values: number[] = []
  for (let run = 0; run < bench.runs; run++) {
    const [one, all] = [await memoryOf('Alone'), await memoryOf('Round table')]
    if (one === undefined || all === undefined)
      return [
        ...figures,
        couldNotRun('thread.memory', 'MB', MUST_MB, 'memory of processes is not known on this system'),
      ]
    bench.say(`thread.memory, run ${String(run + 1)}: ${one.toFixed(1)} and ${all.toFixed(1)} MB`)
    values.push(all - one)
  }
  return [...figures, absolute('thread.memory', 'MB', values, MUST_MB)]
}

/** In a browser of its own: what another page left behind is not counted. */
async function memoryOf(subject: string): Promise<number | undefined> {
  const mail = writeMailFolder(letters())
  const site = await serve({ messages: 0, mail })
  const browser = await launch()
  try {
    const page = await (await freshContext(browser)).newPage()
    await page.goto(site.url)
    await clickDemo(page)
    await waitForReady(page, 3000)
    await page.locator('[data-view=messages] [role=listitem]').filter({ hasText: subject }).getByRole('link').click()
    await page.getByRole('heading', { level: 1, name: subject }).waitFor()
    await readAll(page)
    return await privateMemory(browser, page)
  } finally {
    await browser.close()
    await site.close()
    rmSync(mail, { recursive: true, force: true })
  }
}

/** Opens every letter, and goes through all of them to the end and back. */
async function readAll(page: Page): Promise<void> {
  const isQuiet = (): boolean => {
    const articles = [...document.querySelectorAll('main article[data-email-id]')]
    return (
      articles.length > 0 &&
      document.querySelector('main [data-folded]') === null &&
      articles.every((one) => one.matches('[aria-busy=false]') && one.querySelector('[data-fold][aria-expanded=true]'))
    )
  }
  await page.keyboard.press(';')
  await page.waitForFunction(isQuiet)
  const scroller = page.locator('main [data-scroller]')
  const height = await scroller.evaluate((element) => element.scrollHeight)
  for (const way of [1, -1]) {
    for (let passed = 0; passed < height + 800; passed += 800) {
      await scroller.evaluate((element, by) => {
        element.scrollBy(0, by)
      }, way * 800)
      await page.waitForFunction(isQuiet)
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    }
  }
}

function letters(): { name: string; raw: string }[] {
  const make = (number: number, subject: string, references: readonly string[]): { name: string; raw: string } => {
    const name = `letter-${String(number).padStart(2, '0')}`
    const html = largeNewsletter(number, SIZE)
    const picture = `600x200-${String(100_000 + number * 7_919)}-head`
    const headed = html.replace('<h1', `<img src="cid:${picture}" width="600" height="200" alt="Head" /><h1`)
    return { name, raw: asMail({ name, html: headed, pictures: [picture] }, { subject, references }) }
  }
  const names = Array.from({ length: LETTERS }, (_, index) => `letter-${String(index).padStart(2, '0')}@news.example`)
  const thread = names.map((_, index) =>
    make(index, index === 0 ? 'Round table' : 'Re: Round table', names.slice(0, index)),
  )
  return [...thread, make(LETTERS, 'Alone', [])]
}
