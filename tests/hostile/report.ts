/** What a run tells, and how it is added up. */
import { counters, noCounts, type Counter, type Counts, type Failure } from './counts.ts'
import type { Engine } from './engines.ts'
import type { AppPath } from './paths.ts'
import type { PictureRun } from './pictures.ts'

/** pipeline: the render layer alone, whose trees are read too. app: everything that shows mail, over the demo server. */
export type Route = 'pipeline' | 'app'

export interface SlowMail {
  readonly file: string
  readonly engine: Engine
  readonly openMs: number
  /** Until the next action worked; at most 1000 (security S25). */
  readonly nextMs: number
}

/** Mails that deceive (security S21). */
export interface Truth {
  readonly mails: number
  /** Those whose real host or address was visible before a click. */
  readonly seen: number
  readonly unseen: readonly string[]
}

export interface HostileReport {
  readonly mails: number
  readonly paths: readonly string[]
  readonly engines: readonly Engine[]
  readonly driven: Record<string, Record<string, number>>
  readonly counts: Counts
  /** The same by engine and path. */
  readonly byPath: Partial<Record<Engine, Record<string, Counts>>>
  readonly failures: Failure[]
  /** Things done on the way: links clicked, files opened, bytes of paper. Nothing done proves nothing. */
  readonly done: Record<string, Record<string, number>>
  readonly seconds: Partial<Record<Engine, number>>
  /** Of them on each path: its letters, and what is told of it. */
  readonly pathMs: Partial<Record<Engine, Record<string, number>>>
  /** After "load images". */
  readonly pictures: Partial<Record<Engine, PictureRun>>
  readonly truth: Partial<Record<Engine, Truth>>
  /** Mails made to be slow, the slowest first. */
  readonly slowest: SlowMail[]
  /** Asked for by the corpus, and built by a later issue. */
  readonly coming: Readonly<Record<string, number>>
  /** What an engine's driver cannot tell. */
  readonly blind: string[]
  /** Why the run proves less than it should; empty when it is whole. */
  readonly incomplete: string[]
}

export interface HostileOptions {
  readonly corpus: string
  readonly engines: readonly Engine[]
  readonly routes: readonly Route[]
  /** The built app, for the route `app`; `dist/` by default. */
  readonly appDirectory?: string
  /** Every path for every mail, asked for or not. */
  readonly isWhole?: boolean
  /** So many mails, evenly from the whole corpus. */
  readonly sample?: number
  /** Mails whose file has this in its name. */
  readonly only?: string
  readonly log: (line: string) => void
}

export function addCounts(
  report: HostileReport,
  engine: Engine,
  file: string,
  path: string,
  { counts, notes }: { readonly counts: Counts; readonly notes: readonly string[] },
): void {
  const paths = (report.byPath[engine] ??= {})
  const ofPath = (paths[path] ??= noCounts())
  for (const name of counters) {
    report.counts[name] += counts[name]
    ofPath[name] += counts[name]
  }
  report.failures.push(...notes.map((what) => ({ file, path, engine, what })))
}

/** One more of something, found when the path was over. */
export function addFailure(
  report: HostileReport,
  engine: Engine,
  file: string,
  path: string,
  counter: Counter,
  what: string,
): void {
  addCounts(report, engine, file, path, { counts: { ...noCounts(), [counter]: 1 }, notes: [`${counter}: ${what}`] })
}

/** One more mail that deceives, and what of it was not to be seen. */
export function addTruth(report: HostileReport, engine: Engine, file: string, unseen: readonly string[]): void {
  const { mails, seen, unseen: before } = report.truth[engine] ?? { mails: 0, seen: 0, unseen: [] }
  report.truth[engine] = {
    mails: mails + 1,
    seen: seen + (unseen.length === 0 ? 1 : 0),
    unseen: [...before, ...unseen.map((what) => `${file}: ${what}`)],
  }
}

export function countDriven(report: HostileReport, engine: Engine, path: AppPath | 'pipeline'): void {
  const engines = (report.driven[path] ??= {})
  engines[engine] = (engines[engine] ?? 0) + 1
}
