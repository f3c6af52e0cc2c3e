/**
 * The app of this checkout, built, against the hostile mails of some categories, in Chromium: `node
 * tests/hostile/layers/app-cli.ts --category NAME[,NAME] [--corpus DIR] [--first] [--json FILE]`. For holes that lie
 * above the render pipeline; the whole of the app is `npm run test:hostile`.
 */
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'puppeteer-core'
import { serve } from '../../../demo/http/serve.ts'
import { buildApp } from '../../../src/build/build-app.ts'
import { signIn } from '../app-driver.ts'
import { readCorpus } from '../corpus.ts'
import { launchEngine } from '../engines.ts'
import { realmOf } from '../puppeteer-page.ts'
import { openSink } from '../sink.ts'
import { plainTextParts } from './plain-text-parts.ts'

interface AppFault {
  readonly layer: 'app'
  readonly file: string
  readonly what: string
}

const patience = 25_000

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      corpus: { type: 'string', default: join(import.meta.dirname, '../../fixtures/hostile') },
      category: { type: 'string', default: '' },
      first: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  })
  const corpus = resolve(values.corpus)
  const categories = values.category.split(',')
  const mails = (await readCorpus(corpus))
    .filter(({ category }) => categories.includes(category))
    .toSorted((a, b) => (a.file < b.file ? -1 : 1))
  const folder = await mkdtemp(join(tmpdir(), 'postern-app-mails-'))
  for (const { file } of mails) await copyFile(join(corpus, file), join(folder, file))
  const directory = resolve('.tmp/hole-dist')
  await buildApp(directory)
  const [site, sink] = [await serve({ directory, messages: 0, mail: folder }), await openSink()]
  const browser = await launchEngine('chromium', sink.port, new URL(site.url).host)
  if (browser === null) throw new Error('no Chromium here; set CHROMIUM to its path')
  const faults: AppFault[] = []
  try {
    const page = await browser.newPage()
    const heard = listen(page)
    await page.setViewport({ width: 1440, height: 900 })
    await openFirst(page, site.url)
    let requests = 0
    for (const [index, { file, category }] of mails.entries()) {
      // of an efail mail each part of text stands by itself
      const texts = category === 'efail' ? await plainTextParts(join(corpus, file)) : []
      const found = [...(await look(page, texts)), ...heard.splice(0)]
      if (sink.counts.http > requests) found.push(`${sink.counts.http - requests} requests`)
      requests = sink.counts.http
      faults.push(...found.map((what) => ({ layer: 'app' as const, file, what })))
      if (index === mails.length - 1 || (values.first && faults.length > 0)) break
      await openNext(page)
    }
  } finally {
    await browser.close()
    await Promise.all([site.close(), sink.close(), rm(folder, { recursive: true, force: true })])
  }
  if (values.json !== undefined) await writeFile(values.json, JSON.stringify({ mails: mails.length, faults }, null, 2))
  for (const { file, what } of faults.slice(0, 50)) console.log(`app ${file}: ${what}`)
  console.log(`${mails.length} mails, ${faults.length} faults`)
  return faults.length === 0 ? 0 : 1
}

/** What the page itself has to say, as sentences that are added while it lives. */
function listen(page: Page): string[] {
  const heard: string[] = []
  page.on('pageerror', (error) => heard.push(`error: ${error instanceof Error ? error.message : String(error)}`))
  page.on('dialog', (dialog) => {
    heard.push(`dialog: ${dialog.message()}`)
    dialog.dismiss().catch(() => undefined)
  })
  page.on('popup', (popup) => heard.push(`window: ${popup?.url() ?? ''}`))
  page.on('console', (message) => {
    const text = message.text()
    if (/content security policy|policy breach|requires 'Trusted/i.test(text)) heard.push(text.slice(0, 200))
  })
  return heard
}

async function openFirst(page: Page, url: string): Promise<void> {
  await signIn({ ...realmOf(page), goto: (to) => page.goto(to) }, url)
  const row = '[data-view=messages] [role=listitem]:not([aria-busy=true]) a[href]'
  await page.$eval(row, (link) => (link as HTMLElement).click())
  await painted(page, null)
}

async function openNext(page: Page): Promise<void> {
  const before = page.url()
  await page.keyboard.press('j')
  await page.waitForFunction((url) => location.href !== url, { timeout: patience }, before)
  await painted(page, before)
}

/** Every letter of the conversation stands, and not the one before. */
async function painted(page: Page, before: string | null): Promise<void> {
  await page.waitForFunction(
    (left) => {
      const letters = [...document.querySelectorAll('main article[data-email-id]')]
      return (
        location.href !== left &&
        letters.length > 0 &&
        letters.every((one) => one.getAttribute('aria-busy') === 'false')
      )
    },
    { timeout: patience, polling: 20 },
    before,
  )
}

async function look(page: Page, texts: readonly string[]): Promise<string[]> {
  const { marked, ran, shown } = await page.evaluate(() => ({
    marked: [...document.querySelectorAll('body *')]
      .filter((element) => element.getAttributeNames().some((name) => name.startsWith('on')))
      .map((element) => `markup was interpreted: ${element.localName}`),
    ran: (globalThis as { __pwned?: unknown }).__pwned,
    shown: document.querySelector('main')?.innerText ?? '',
  }))
  const lost = texts.filter((text) => !shown.includes(text)).map((text) => `a part went into another one: ${text}`)
  return [...marked, ...(ran === undefined ? [] : [`script ran: ${JSON.stringify(ran)}`]), ...lost]
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error)
    process.exit(2)
  },
)
