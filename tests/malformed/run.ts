/** Drives a folder of mails through the app as built: each is imported, listed, opened, and looked at. */
import { launch, type Browser, type Page } from 'puppeteer-core'
import { serve, type DemoSite } from '../../demo/http/serve.ts'
import { quantile } from '../bench/figure.ts'
import { rowCount, showRow, signIn } from '../hostile/app-driver.ts'
import { realmOf } from '../hostile/puppeteer-page.ts'
import { CHROMIUM_ARGS, findChromium } from '../support/chromium.ts'
import { lookAtLetters, lookAtRow, openDetails, openRow, unfoldAll } from './letter-state.ts'
import type { LetterState } from './letter-state.ts'

export interface MalformedFailure {
  readonly file: string
  readonly what: string
}

export interface MalformedReport {
  readonly mails: number
  readonly shown: number
  /** How many show what. */
  readonly shows: Partial<Record<LetterState['shows'], string[]>>
  /** 95 of 100 letters were painted within this many ms of the click. */
  readonly p95: number
  readonly slowest: number
  readonly failures: readonly MalformedFailure[]
}

/** p95 of opening, ms (issue 4). */
export const mostMs = 500
/** A letter that is not there by then is a failure of its own. */
const patience = 10_000
const demoUser = 'mara@lindqvist.example'

export async function openEveryLetter(corpus: string): Promise<MalformedReport> {
  const site = await serve({ messages: 0, mail: corpus })
  let browser: Browser | undefined
  try {
    browser = await launch({
      executablePath: findChromium() ?? 'chromium',
      args: [...CHROMIUM_ARGS, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
    })
    return await drive(await browser.newPage(), site)
  } finally {
    await browser?.close()
    await site.close()
  }
}

async function drive(page: Page, site: DemoSite): Promise<MalformedReport> {
  const files = fileNames(site)
  const failures: MalformedFailure[] = []
  const times: number[] = []
  const seen = new Map<string, LetterState>()
  const breaches = watch(page, site.url)
  await page.setViewport({ width: 1440, height: 900 })
  const driven = { ...realmOf(page), goto: (url: string) => page.goto(url) }
  await signIn(driven, site.url)
  const count = await rowCount(driven)
  for (let position = 1; position <= count; position++) {
    await showRow(driven, position)
    const rowFaults = await lookAtRow(page, position)
    const took = [await openRow(page, position, patience), ...(await unfoldAll(page, patience))]
    await openDetails(page)
    const letters = await lettersShown(page, patience)
    times.push(...took.map((ms) => ms ?? patience))
    for (const letter of letters) seen.set(letter.emailId, letter)
    // what a row or a script did wrong is told of the first letter that was open
    const first = files.get(letters[0]?.emailId ?? '') ?? `row ${position}`
    const common = [
      ...rowFaults,
      ...breaches.splice(0),
      ...took.flatMap((ms) => (ms === undefined ? ['it did not open'] : [])),
    ]
    failures.push(...common.map((what) => ({ file: first, what })))
    for (const { emailId, faults } of letters)
      failures.push(...faults.map((what) => ({ file: files.get(emailId) ?? emailId, what })))
  }
  for (const [id, file] of files) if (!seen.has(id)) failures.push({ file, what: 'it was never shown' })
  const shows: Partial<Record<LetterState['shows'], string[]>> = {}
  for (const letter of seen.values()) (shows[letter.shows] ??= []).push(files.get(letter.emailId) ?? letter.emailId)
  return {
    mails: files.size,
    shown: seen.size,
    shows,
    p95: Math.round(quantile(times, 0.95)),
    slowest: Math.round(Math.max(...times)),
    failures,
  }
}

/** Email id to the path in the corpus, which the import wrote into a header of its own. */
function fileNames(site: DemoSite): Map<string, string> {
  const emails = [...site.server.accountOf(demoUser).emails.values()]
  return new Map(
    emails.map((email) => {
      const head = Buffer.from(email.raw().subarray(0, 400)).toString('latin1')
      return [email.id, /^X-Postern-File: (.*)/.exec(head)?.[1]?.trim() ?? email.id]
    }),
  )
}

/** What may happen on no page: uncaught errors, breaches of the policy, requests elsewhere, dialogs. */
function watch(page: Page, url: string): string[] {
  const breaches: string[] = []
  page.on('pageerror', (error) => breaches.push(`uncaught: ${error instanceof Error ? error.message : String(error)}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || /content security policy|trusted ?(?:types|html)/i.test(message.text()))
      breaches.push(message.text().slice(0, 300))
  })
  page.on('request', (request) => {
    const to = request.url()
    if (/^https?:/.test(to) && !to.startsWith(url)) breaches.push(`request to ${to}`)
  })
  page.on('dialog', (dialog) => {
    breaches.push(`dialog: ${dialog.message()}`)
    dialog.dismiss().catch(() => undefined)
  })
  return breaches
}

/** A picture's or a file's code comes with the first that needs it: until then an empty box holds its place. */
async function lettersShown(page: Page, patience: number): Promise<Awaited<ReturnType<typeof lookAtLetters>>> {
  const until = performance.now() + patience
  for (;;) {
    const letters = await lookAtLetters(page)
    if (letters.every(({ shows }) => shows !== 'nothing') || performance.now() > until) return letters
  }
}
