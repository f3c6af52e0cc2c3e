/** Drives a corpus through engines and adds up what happened. */
import type { Browser } from 'puppeteer-core'
import { serve } from '../../demo/http/serve.ts'
import { appPaths, driveMail, rowCount, signIn } from './app-driver.ts'
import { controlled, runControl } from './control.ts'
import { parseMail, readCorpus, type HostileMail } from './corpus.ts'
import { counters, noCounts, type Counts, type Failure } from './counts.ts'
import { launchEngine, type Engine } from './engines.ts'
import { viewInPipeline } from './pipeline-driver.ts'
import { startPipelineServer } from './pipeline-server.ts'
import { openSink, type Sink } from './sink.ts'
import { watchPage, type Watch } from './watch.ts'

/** pipeline: the render layer alone, whose trees are read too. app: everything that shows mail, over the demo server. */
export type Route = 'pipeline' | 'app'

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
  readonly routes: readonly Route[]
  /** The built app, for the route `app`; `dist/` by default. */
  readonly appDirectory?: string
  readonly log: (line: string) => void
}

/** Requests that were scheduled while a letter was painted are made within this. */
const settleMs = 20

export async function runHostile(options: HostileOptions): Promise<HostileReport> {
  const mails = await readCorpus(options.corpus)
  const report: HostileReport = {
    mails: mails.length,
    paths: options.routes.flatMap((route) => (route === 'app' ? appPaths : ['pipeline'])),
    engines: options.engines,
    driven: {},
    counts: noCounts(),
    failures: [],
    incomplete: [],
  }
  for (const route of options.routes) {
    const server = await startServer(route, options)
    try {
      for (const engine of options.engines) await runEngine({ engine, route, url: server.url, mails, options, report })
    } finally {
      await server.close()
    }
  }
  return report
}

function startServer(route: Route, options: HostileOptions): Promise<{ url: string; close(): Promise<void> }> {
  if (route === 'pipeline') return startPipelineServer()
  const directory = options.appDirectory === undefined ? {} : { directory: options.appDirectory }
  return serve({ ...directory, messages: 0, mail: options.corpus })
}

interface EngineRun {
  readonly engine: Engine
  readonly route: Route
  readonly url: string
  readonly mails: readonly HostileMail[]
  readonly options: HostileOptions
  readonly report: HostileReport
}

async function runEngine(run: EngineRun): Promise<void> {
  const { engine, report, url } = run
  const sinks = await openSinks(engine)
  const browser = await launchEngine(engine, sinks[0]?.port ?? 0, new URL(url).host)
  try {
    if (browser === null) {
      report.incomplete.push(`${engine} cannot be driven here`)
      return
    }
    const control = await runControl(browser, sinks)
    const still = controlled.filter((name) => control[name] === 0)
    report.incomplete.push(...still.map((name) => `${engine}: the control did not move ${name}`))
    await (run.route === 'app' ? driveApp(run, browser, sinks) : drivePipeline(run, browser, sinks))
  } finally {
    await browser?.close()
    await Promise.all(sinks.map((sink) => sink.close()))
  }
}

/** Chromium maps every name to one sink; Firefox maps names but keeps ports, so it needs the ports that the mails use. */
async function openSinks(engine: Engine): Promise<Sink[]> {
  if (engine === 'chromium') return [await openSink()]
  return Promise.all([9, 80, 443].map((port) => openSink(port)))
}

async function drivePipeline(run: EngineRun, browser: Browser, sinks: readonly Sink[]): Promise<void> {
  const page = await browser.newPage()
  await page.goto(run.url)
  await page.waitForFunction(() => window.harness !== undefined)
  const watch = await watchPage(page, sinks, '#bar')
  for (const mail of run.mails) {
    const parsed = await parseMail(run.options.corpus, mail)
    await count(run, mail, 'pipeline', watch, () => viewInPipeline(page, parsed))
    didDrive(run, ['pipeline'])
  }
  run.options.log(`${run.engine}: ${run.mails.length} mails through the pipeline`)
}

async function driveApp(run: EngineRun, browser: Browser, sinks: readonly Sink[]): Promise<void> {
  const page = await browser.newPage()
  await page.setViewport({ width: 1440, height: 900 })
  await signIn(page, run.url)
  const rows = await rowCount(page)
  if (rows !== run.mails.length) run.report.incomplete.push(`${run.engine}: ${rows} rows for ${run.mails.length} mails`)
  const watch = await watchPage(page, sinks, '[role=tree]')
  const byName = run.mails.toSorted((a, b) => (a.file < b.file ? -1 : 1))
  for (const [index, mail] of byName.entries()) {
    await count(run, mail, 'view', watch, async () => {
      didDrive(run, await driveMail(watch, mail, index + 1))
      return []
    })
  }
  run.options.log(`${run.engine}: ${run.mails.length} mails through the app`)
}

/** Drives one mail and adds what it did. A mail that could not be shown counts as an error. */
async function count(
  { engine, report }: EngineRun,
  { file }: HostileMail,
  path: string,
  watch: Watch,
  drive: () => Promise<readonly string[]>,
): Promise<void> {
  const faults = await drive().catch((error: unknown) => [String(error)])
  await new Promise((resolve) => setTimeout(resolve, settleMs))
  const { counts, notes } = await watch.take()
  for (const name of counters) report.counts[name] += counts[name]
  report.counts.errors += faults.length
  report.failures.push(...[...faults, ...notes].map((what) => ({ file, path, engine, what })))
}

function didDrive({ engine, report }: EngineRun, paths: readonly string[]): void {
  for (const path of paths) {
    const engines = (report.driven[path] ??= {})
    engines[engine] = (engines[engine] ?? 0) + 1
  }
}
