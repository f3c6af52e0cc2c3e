/** Drives a corpus through engines and adds up what happened. */
import type { Browser } from 'puppeteer-core'
import { controlled, runControl } from './control.ts'
import { parseMail, readCorpus } from './corpus.ts'
import { counters, noCounts, type Counts, type Failure } from './counts.ts'
import { launchEngine, type Engine } from './engines.ts'
import { viewInPipeline } from './pipeline-driver.ts'
import { startPipelineServer } from './pipeline-server.ts'
import { openSink, type Sink } from './sink.ts'
import { watchPage } from './watch.ts'

export interface HostileReport {
  readonly mails: number
  readonly paths: readonly string[]
  readonly engines: readonly Engine[]
  readonly driven: Record<string, Record<string, number>>
  readonly counts: Counts
  readonly failures: Failure[]
  /** Why the run proves less than it should; empty when it is whole. */
  readonly incomplete: string[]
}

export interface HostileOptions {
  readonly corpus: string
  readonly engines: readonly Engine[]
  readonly log: (line: string) => void
}

/** Sends that were scheduled while a letter was painted are made within this. */
const settleMs = 20

export async function runHostile({ corpus, engines, log }: HostileOptions): Promise<HostileReport> {
  const mails = await readCorpus(corpus)
  const report: HostileReport = {
    mails: mails.length,
    paths: ['view'],
    engines,
    driven: { view: {} },
    counts: noCounts(),
    failures: [],
    incomplete: [],
  }
  const server = await startPipelineServer()
  try {
    for (const engine of engines) {
      const sinks = await openSinks(engine)
      const browser = await launchEngine(engine, sinks[0]?.port ?? 0, new URL(server.url).host)
      if (browser === null) report.incomplete.push(`${engine} cannot be driven here`)
      else {
        try {
          await runEngine({ engine, browser, sinks, corpus, url: server.url, report, log })
        } finally {
          await browser.close()
        }
      }
      await Promise.all(sinks.map((sink) => sink.close()))
    }
  } finally {
    await server.close()
  }
  return report
}

/** Chromium maps every name to one sink; Firefox maps names but keeps ports, so it needs the ports that the mails use. */
async function openSinks(engine: Engine): Promise<Sink[]> {
  if (engine === 'chromium') return [await openSink()]
  return Promise.all([9, 80, 443].map((port) => openSink(port)))
}

interface EngineRun {
  readonly engine: Engine
  readonly browser: Browser
  readonly sinks: readonly Sink[]
  readonly corpus: string
  readonly url: string
  readonly report: HostileReport
  readonly log: (line: string) => void
}

async function runEngine({ engine, browser, sinks, corpus, url, report, log }: EngineRun): Promise<void> {
  const control = await runControl(browser, sinks)
  for (const name of controlled)
    if (control[name] === 0) report.incomplete.push(`${engine}: the control did not move ${name}`)
  const page = await browser.newPage()
  await page.goto(url)
  await page.waitForFunction(() => window.harness !== undefined)
  const watch = await watchPage(page, sinks, '#bar')
  let driven = 0
  for (const mail of await readCorpus(corpus)) {
    const fail = (what: string): void => {
      report.failures.push({ file: mail.file, path: 'view', engine, what })
    }
    const faults = await viewInPipeline(page, await parseMail(corpus, mail)).catch((error: unknown) => [String(error)])
    await new Promise((resolve) => setTimeout(resolve, settleMs))
    const { counts, notes } = await watch.take()
    for (const name of counters) report.counts[name] += counts[name]
    report.counts.errors += faults.length
    for (const what of [...faults, ...notes]) fail(what)
    driven++
  }
  report.driven['view'] = { ...report.driven['view'], [engine]: driven }
  log(`${engine}: ${driven} mails`)
}
