/** What browser tests show, run here by the name of the check that stands in their titles. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atLeast, atMost, type Figure } from './check.ts'

const ROOT = join(import.meta.dirname, '..', '..')

interface Report {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number }
  readonly suites: readonly Suite[]
}

interface Suite {
  readonly suites?: readonly Suite[]
  readonly specs: readonly { readonly title: string; readonly ok: boolean; readonly tests: readonly Test[] }[]
}

interface Test {
  readonly annotations: readonly { readonly type: string; readonly description?: string }[]
}

/** Figures by name, with their bars, as tests note them: `{type: 'figure: NAME', description: '12.5'}`. */
export interface Noted {
  readonly name: string
  readonly must: number
}

/** The tests of these specs whose titles begin with the check's name, `times` over. */
export function atSpecs(
  name: string,
  specs: readonly string[],
  { times = 1, noted = [] }: { readonly times?: number; readonly noted?: readonly Noted[] } = {},
): Promise<readonly Figure[]> {
  const { stats, suites } = play(name, specs, times)
  const all = suites.flatMap(specsIn)
  const bad = all.find(({ ok }) => !ok)
  const notes = all.flatMap(({ tests }) => tests.flatMap(({ annotations }) => annotations))
  const figures = noted.map((figure) => {
    const values = notes.filter(({ type }) => type === `figure: ${figure.name}`).map((note) => Number(note.description))
    return atMost(figure.name, Math.max(...values), figure.must, `most of ${String(values.length)}`)
  })
  return Promise.resolve([
    atMost('browser tests failed', stats.unexpected + stats.flaky, 0, bad?.title),
    atLeast(
      'passed',
      stats.expected,
      times,
      [...new Set(all.map(({ title }) => title.slice(name.length + 2, 60)))].join(' / '),
    ),
    ...figures,
  ])
}

function play(name: string, specs: readonly string[], times: number): Report {
  const directory = mkdtempSync(join(tmpdir(), 'postern-reliability-'))
  const file = join(directory, 'report.json')
  try {
    const files = specs.map((spec) => `e2e/${spec}.spec`)
    const how = ['--config', 'tests/e2e/playwright.config.ts', '--grep', `${name}: `, '--repeat-each', String(times)]
    spawnSync('npx', ['playwright', 'test', ...how, ...files], {
      cwd: ROOT,
      env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
      stdio: 'ignore',
    })
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function specsIn(suite: Suite): Suite['specs'] {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsIn)]
}
