/** Drives a corpus through engines and adds up what happened. */
import { rmSync } from 'node:fs'
import { parseMail, readCorpus, type HostileMail } from './corpus.ts'
import { noCounts } from './counts.ts'
import { pause } from './engine-page.ts'
import type { Engine } from './engines.ts'
import { appPaths, askedOf } from './paths.ts'
import { viewInPipeline } from './pipeline-driver.ts'
import { startPipelineServer } from './pipeline-server.ts'
import { reachable } from './reachable.ts'
import { addCounts, countDriven, type HostileOptions, type HostileReport } from './report.ts'
import { driveApp } from './run-app.ts'
import { startEngine } from './start-engine.ts'
import { watchPage } from './watch.ts'

/** Requests that were scheduled while a letter was painted are made within this. */
const settleMs = 20

export async function runHostile(options: HostileOptions): Promise<HostileReport> {
  const all = await readCorpus(options.corpus)
  const mails = sampleOf(all, options.sample).filter(({ file }) =>
    (options.only ?? '').split(',').some((part) => file.includes(part)),
  )
  const asked = askedOf(mails)
  const report: HostileReport = {
    mails: mails.length,
    paths: options.routes.flatMap((route) => (route === 'app' ? appPaths : ['pipeline'])),
    engines: options.engines,
    driven: {},
    counts: noCounts(),
    byPath: {},
    failures: [],
    done: {},
    seconds: {},
    pathMs: {},
    pictures: {},
    truth: {},
    slowest: [],
    coming: asked.coming,
    blind: [],
    incomplete: asked.unknown.map((action) => `nobody here knows the action "${action}"`),
  }
  for (const engine of options.engines) {
    const began = performance.now()
    const copy = engine === 'webkit' ? reachable(options.corpus) : undefined
    const corpus = copy?.directory ?? options.corpus
    if (copy) {
      report.blind.push(
        'webkit: look-ups beside its proxy and errors inside the frames of letters are not seen',
        `webkit refuses port 9 itself: the canaries of ${copy.changed} mails were moved to another one`,
      )
    }
    if (options.routes.includes('pipeline')) await drivePipeline(engine, corpus, mails, options, report)
    if (options.routes.includes('app'))
      await driveApp({ engine, corpus, mails, all, options, report, asked: asked.paths })
    if (copy) rmSync(copy.directory, { recursive: true, force: true })
    report.seconds[engine] = Math.round((performance.now() - began) / 1000)
  }
  report.slowest.sort((a, b) => b.nextMs - a.nextMs)
  return report
}

/** Evenly, so that every category has its share. */
function sampleOf(mails: readonly HostileMail[], size: number | undefined): readonly HostileMail[] {
  if (size === undefined || size >= mails.length) return mails
  return Array.from({ length: size }, (_, index) => mails[Math.floor((index * mails.length) / size)]!)
}

async function drivePipeline(
  engine: Engine,
  corpus: string,
  mails: readonly HostileMail[],
  options: HostileOptions,
  report: HostileReport,
): Promise<void> {
  const server = await startPipelineServer()
  const started = await startEngine(engine, server.url, report)
  try {
    if (!started) return
    const { page, sinks } = started
    await page.goto(server.url)
    await page.evaluate(async () => {
      while (window.harness === undefined) await new Promise((resolve) => setTimeout(resolve, 10))
    })
    const watch = await watchPage(page, sinks, '#bar')
    for (const mail of mails) {
      const faults = await parseMail(corpus, mail)
        .then((parsed) => viewInPipeline(page, parsed))
        .catch((error: unknown) => [String(error)])
      await pause(settleMs)
      for (const fault of faults) {
        // a frame gives up a letter that is made to be slow, and the app shows its text: how soon is counted there
        if (mail.category === 'dos' && fault === 'failed: slow') continue
        watch.add('errors', fault)
      }
      addCounts(report, engine, mail.file, 'pipeline', await watch.take(true))
      countDriven(report, engine, 'pipeline')
    }
    options.log(`${engine}: ${mails.length} mails through the pipeline`)
  } finally {
    await started?.end()
    started?.clean()
    await server.close()
  }
}
