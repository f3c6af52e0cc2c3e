/** The route through the app as built, in one engine, in front of a demo server of its own. */
import { serve, type DemoSite } from '../../demo/http/serve.ts'
import { demoPeople } from '../../demo/mailbox/demo-mailbox.ts'
import { closeLayers, letterOf, rowCount, signIn } from './app-driver.ts'
import type { HostileMail } from './corpus.ts'
import { driveMail, type MailPlace, type MailRun } from './drive-mail.ts'
import { until, pause, type EnginePage } from './engine-page.ts'
import type { Engine } from './engines.ts'
import { lookUpsIn } from './net-log.ts'
import { pathsFor, type AppPath } from './paths.ts'
import { allowPictures, pictureControl, provePictures, type PictureRun } from './pictures.ts'
import { addCounts, addFailure, addTruth, countDriven, type HostileOptions, type HostileReport } from './report.ts'
import { startEngine } from './start-engine.ts'
import { watchPage, type Watch } from './watch.ts'

export interface AppRun {
  readonly engine: Engine
  /** The folder as this engine gets it. */
  readonly corpus: string
  readonly mails: readonly HostileMail[]
  /** All of the corpus, which is imported as a whole. */
  readonly all: readonly HostileMail[]
  readonly asked: ReadonlyMap<AppPath, ReadonlySet<string>>
  readonly options: HostileOptions
  readonly report: HostileReport
}

interface Step {
  readonly file: string
  readonly path: AppPath
  readonly until: number
  /** Look-ups that the reader asked for by allowing pictures. */
  readonly allowed: number
}

/** The app's own parts, watched for what lies over them and what changes their looks. */
const sentinels = ['[role=tree]', '[role=search]', '[role=treeitem][aria-current=page]']
/** Mails whose real host or address must be seen before a click (security S21). */
const deceivers = new Set(['spoof', 'header'])
/** Until the next action of a mail that is made to be slow (security S25). */
const mostNextMs = 1_000
/**
 * Until a letter that comes is in the list. Where WebKit's storage stopped answering, on a busy machine, the worker has
 * gone on in memory and fetches the whole account anew first.
 */
const controlMs = 60_000
/** The place in the tree of the mailbox that is called like mails. */
const NAMED = 77

export async function driveApp(run: AppRun): Promise<void> {
  const { engine, report, options } = run
  const directory = options.appDirectory === undefined ? {} : { directory: options.appDirectory }
  const site = await serve({ ...directory, messages: 0, mail: run.corpus })
  const started = await startEngine(engine, site.url, report)
  const controlEnd = Date.now()
  const steps: Step[] = []
  try {
    if (!started) return
    const { page, sinks } = started
    await signIn(page, site.url)
    const places = placesOf(site, run.all)
    const rows = await rowCount(page)
    const wanted = Math.max(0, ...[...places.values()].map(({ position }) => position))
    if (rows !== wanted) report.incomplete.push(`${engine}: ${rows} rows for ${wanted} conversations`)
    await pause(300)
    const watch = await watchPage(page, sinks, ...sentinels)
    const pictures: PictureRun = { letters: 0, requests: 0, control: 0 }
    report.pictures[engine] = pictures
    for (const mail of run.mails) {
      const place = places.get(mail.file)
      if (place)
        await driveOne(run, { page, watch, nameMailbox: () => nameMailbox(site, place) }, mail, place, pictures, steps)
      else report.incomplete.push(`${mail.file} was not imported`)
    }
    await closeLayers(page)
    await proveThatPicturesCome(site, page, watch, pictures, run)
    compareWithAsked(run)
    options.log(`${engine}: ${run.mails.length} mails through the app, ${pictures.letters} with their pictures`)
  } finally {
    await started?.end()
    if (started?.netLog !== undefined) countLookUps(run, started.netLog, new URL(site.url).host, controlEnd, steps)
    started?.clean()
    await site.close()
  }
}

interface Driven {
  readonly page: EnginePage
  readonly watch: Watch
  readonly nameMailbox: () => string
}

/** What is called by the subjects of the mails, one after the other. */
function nameMailbox(site: DemoSite, { emailId, subject }: MailPlace): string {
  const account = site.server.accountOf(demoPeople.mara.username)
  const name = `${subject.slice(0, 200)} ${emailId}`
  const known = [...account.mailboxes.values()].find(({ role, sortOrder }) => role === null && sortOrder === NAMED)
  if (known) account.updateMailbox(known.id, { name })
  return (known ?? account.createMailbox({ name, parentId: null, sortOrder: NAMED })).id
}

async function driveOne(
  run: AppRun,
  { page, watch, nameMailbox }: Driven,
  mail: HostileMail,
  place: MailPlace,
  pictures: PictureRun,
  steps: Step[],
): Promise<void> {
  const { engine, report, options } = run
  const paths = pathsFor(mail, options.isWhole === true)
  let last: AppPath = 'list'
  let lastAt = performance.now()
  const pathMs = (report.pathMs[engine] ??= {})
  const check = async (path: AppPath, inFrames = false, allowed = 0): Promise<void> => {
    last = path
    addCounts(report, engine, mail.file, path, await watch.take(inFrames))
    steps.push({ file: mail.file, path, until: Date.now(), allowed })
    pathMs[path] = Math.round((pathMs[path] ?? 0) + performance.now() - lastAt)
    lastAt = performance.now()
  }
  try {
    const done = await driveMail({
      page,
      watch,
      place,
      paths,
      check,
      nameMailbox,
      withPictures: async () => {
        await allowPictures(page, watch, letterOf(place.emailId), pictures)
        await check('view', true, Infinity)
      },
    })
    note(run, mail, paths, done)
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    watch.add('errors', `after ${last}: ${what}`)
    await check(last).catch(() => report.failures.push({ file: mail.file, path: last, engine, what }))
    await recover(page, watch).catch(() => undefined)
  }
}

/** After a mail that did not go its way the next one begins at the list. */
async function recover(page: EnginePage, watch: Watch): Promise<void> {
  watch.expectLoad()
  await page.reload()
  await until(page, 'rows', 30_000, () => document.querySelector('[data-view=messages] [role=listitem]') !== null)
  await watch.take()
}

function note({ engine, report, options }: AppRun, mail: HostileMail, paths: ReadonlySet<AppPath>, run: MailRun): void {
  for (const path of paths) {
    if (run.done[path] === undefined) continue
    countDriven(report, engine, path)
    const engines = (report.done[path] ??= {})
    engines[engine] = (engines[engine] ?? 0) + (run.done[path] ?? 0)
  }
  if (deceivers.has(mail.category)) {
    addTruth(report, engine, mail.file, run.unseen)
    for (const what of run.unseen)
      addFailure(report, engine, mail.file, 'hover', 'errors', `unseen before a click: ${what}`)
  }
  if (mail.category === 'dos') {
    report.slowest.push({ file: mail.file, engine, openMs: run.openMs, nextMs: run.nextMs })
    // a share of the mails is led beside other tests: its times are told, and not judged
    if (options.sample === undefined && run.nextMs > mostNextMs)
      addFailure(report, engine, mail.file, 'view', 'errors', `the next action took ${run.nextMs} ms`)
  }
}

async function proveThatPicturesCome(
  site: DemoSite,
  page: EnginePage,
  watch: Watch,
  pictures: PictureRun,
  { engine, report }: AppRun,
): Promise<void> {
  const { id } = site.server.accountOf(demoPeople.mara.username).deliver(pictureControl.raw())
  await until(
    page,
    'the letter of the control',
    controlMs,
    (emailId) => {
      // by its own scroller alone: the page itself must stay where it is
      let scroller = document.querySelector('[data-view=messages]')
      while (scroller && !/auto|scroll/.test(getComputedStyle(scroller).overflowY)) scroller = scroller.parentElement
      if (scroller) scroller.scrollTop = 0
      return document.querySelector(`[data-view=messages] [role=listitem][data-email-id="${emailId}"]`) !== null
    },
    id,
  )
  await provePictures(page, watch, id, pictures)
  addCounts(report, engine, 'the letter of the control', 'view', await watch.take(true))
  if (pictures.control === 0)
    report.incomplete.push(`${engine}: the picture of the control was not asked for over https`)
}

/** Positions in the list, by file: conversations, the newest first; the folder was imported in the order of its names. */
function placesOf(site: DemoSite, mails: readonly HostileMail[]): ReadonlyMap<string, MailPlace> {
  const emails = [...site.server.accountOf(demoPeople.mara.username).emails.values()].sort(
    (a, b) => b.receivedAt - a.receivedAt,
  )
  const names = new Map<string, string>()
  for (const email of emails) {
    const [line = ''] = new TextDecoder().decode(email.raw().subarray(0, 2_000)).split('\r\n')
    names.set(email.id, line.replace(/^X-Postern-File: */, ''))
  }
  const threads: string[] = []
  const places = new Map<string, MailPlace>()
  for (const email of emails) {
    if (!threads.includes(email.thread.id)) threads.push(email.thread.id)
    const from = email.meta.from?.[0]?.email ?? null
    places.set(names.get(email.id) ?? '', {
      position: threads.indexOf(email.thread.id) + 1,
      emailId: email.id,
      from,
      subject: email.meta.subject ?? '',
    })
  }
  return new Map(mails.flatMap(({ file }) => (places.has(file) ? [[file, places.get(file)!]] : [])))
}

/** Exits 2 if fewer were driven than the corpus asks for, or if a path did nothing at all. */
function compareWithAsked({ engine, report, asked }: AppRun): void {
  for (const [path, files] of asked) {
    const driven = report.driven[path]?.[engine] ?? 0
    if (driven < files.size)
      report.incomplete.push(`${engine}: ${path} was driven for ${driven} of ${files.size} mails`)
    const isMuch = files.size >= 10
    if (isMuch && (report.done[path]?.[engine] ?? 0) === 0)
      report.incomplete.push(`${engine}: nothing was done on ${path}`)
  }
}

/** Look-ups belong to the step during which they began. */
function countLookUps(
  { engine, report }: AppRun,
  file: string,
  app: string,
  controlEnd: number,
  steps: readonly Step[],
): void {
  const lookUps = lookUpsIn(file, app)
  if (!lookUps.some(({ at }) => at <= controlEnd)) report.incomplete.push(`${engine}: the control did not move dns`)
  const left = new Map(steps.map((step) => [step, step.allowed]))
  for (const { host, at } of lookUps) {
    const step = steps.find(({ until: end }) => at <= end)
    // before the first step stands the control, and after the last one its letter
    if (at <= controlEnd || !step) continue
    const allowed = left.get(step) ?? 0
    left.set(step, allowed - 1)
    if (allowed > 0) continue
    addFailure(report, engine, step.file, step.path, 'dns', `${host} was looked up`)
  }
}
