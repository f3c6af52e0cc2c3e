/**
 * Proof that the hostile runs can see (security S31): each patch in `planted/` opens one hole in a copy of the sources,
 * and the mails of its category must find it there. `node tests/hostile/planted.ts [--only NAME[,NAME]] [--json FILE]`;
 * exits 1 if a hole was not found, or if the sources as they are let something through.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { applyPatch } from '../support/apply-patch.ts'
import { whyNoChromium } from '../support/chromium.ts'

const root = join(import.meta.dirname, '..', '..')
const patches = join(import.meta.dirname, 'planted')
/** What a run needs. Node modules are linked, the rest is copied. */
const copied = [
  'src',
  'demo',
  'public',
  'tests/engines',
  'tests/hostile',
  'tests/support',
  'index.html',
  'package.json',
  'svelte.config.js',
  'tsconfig.json',
  'vite.config.ts',
]

/** layers: each layer of the render pipeline by itself. app: the app as built, in front of the demo server. */
type Route = 'layers' | 'app'
const routes: Readonly<Record<Route, string>> = {
  layers: 'tests/hostile/layers/cli.ts',
  app: 'tests/hostile/layers/app-cli.ts',
}

export interface Hole {
  readonly name: string
  /** What is wrong, as a sentence. */
  readonly what: string
  readonly category: string
  readonly route: Route
  readonly patch: string
}

interface Fault {
  readonly layer: string
  readonly file: string
  readonly what: string
}

export interface Finding {
  readonly hole: string
  readonly category: string
  /** The layers that noticed, in the order in which a mail meets them; none: not found. */
  readonly layers: readonly string[]
  readonly mail: string | null
  readonly what: string | null
  readonly seconds: number
}

export function readHoles(): Hole[] {
  return readdirSync(patches)
    .filter((file) => file.endsWith('.patch'))
    .sort()
    .map((file) => {
      const patch = readFileSync(join(patches, file), 'utf8')
      const [, what, category, route] = /^(.+)\ncategory: (\w+)\nby: (layers|app)\n--- /.exec(patch) ?? []
      if (what === undefined || category === undefined || route === undefined) throw new Error(`${file} has no head`)
      return { name: file.slice(0, -'.patch'.length), what, category, route: route as Route, patch }
    })
}

/** The files of the present sources with this hole in them; throws where the patch does not fit. */
export function openHole({ patch }: Hole): Map<string, string> {
  return applyPatch(patch, (path) => readFileSync(join(root, path), 'utf8'))
}

/** What the mails of these categories find in the sources, with the given files replaced. */
function drive(route: Route, categories: readonly string[], changed: ReadonlyMap<string, string>): Fault[] {
  const copy = mkdtempSync(join(tmpdir(), 'postern-hole-'))
  try {
    for (const part of copied) cpSync(join(root, part), join(copy, part), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    for (const [file, text] of changed) writeFileSync(join(copy, file), text)
    // what only makes the build smaller takes most of its time
    const config = readFileSync(join(copy, 'vite.config.ts'), 'utf8')
    writeFileSync(join(copy, 'vite.config.ts'), config.replace(/^ *(?:secondMinifier|compress)Plugin\(\),\n/gm, ''))
    const json = join(copy, 'faults.json')
    const args = [routes[route], '--first', '--category', categories.join(), '--json', json]
    const corpus = ['--corpus', join(root, 'tests/fixtures/hostile')]
    const run = spawnSync(process.execPath, [...args, ...corpus], { cwd: copy, encoding: 'utf8' })
    // a run that could not begin ends with 1, too
    if (run.status === null || run.status > 1 || !existsSync(json))
      throw new Error(`the run broke: ${run.stderr.slice(0, 2_000)}`)
    return (JSON.parse(readFileSync(json, 'utf8')) as { faults: Fault[] }).faults
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

function find(hole: Hole): Finding {
  const started = performance.now()
  const faults = drive(hole.route, [hole.category], openHole(hole))
  return {
    hole: hole.name,
    category: hole.category,
    layers: [...new Set(faults.map(({ layer }) => layer))],
    mail: faults[0]?.file ?? null,
    what: faults[0]?.what ?? null,
    seconds: Math.round((performance.now() - started) / 1000),
  }
}

function main(): number {
  const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } })
  const missing = whyNoChromium()
  if (missing !== undefined) throw new Error(missing)
  const names = values.only?.split(',')
  const holes = readHoles().filter(({ name }) => names?.includes(name) ?? true)
  if (holes.length < (names?.length ?? 1)) throw new Error(`planted/ has no ${values.only ?? 'patch'}`)
  // a mail that is noticed without any hole would find every hole
  const before = (['layers', 'app'] as const).flatMap((route) => {
    const categories = [...new Set(holes.filter((hole) => hole.route === route).map(({ category }) => category))]
    return categories.length === 0 ? [] : drive(route, categories, new Map())
  })
  for (const { layer, file, what } of before) console.log(`without any hole: ${layer} ${file}: ${what}`)
  const findings = holes.map((hole) => {
    const finding = find(hole)
    const seen = finding.layers.length === 0 ? 'NOT FOUND' : finding.layers.join(', ')
    console.log(`${finding.hole} (${finding.category}, ${finding.seconds} s): ${seen}`)
    if (finding.mail !== null) console.log(`    ${finding.mail}: ${(finding.what ?? '').slice(0, 140)}`)
    return finding
  })
  const found = findings.filter(({ layers }) => layers.length > 0).length
  if (values.json !== undefined) {
    writeFileSync(values.json, JSON.stringify({ holes: findings.length, found, before, findings }, null, 2) + '\n')
  }
  console.log(`planted holes: ${found} of ${findings.length} found`)
  return found === findings.length && before.length === 0 ? 0 : 1
}

if (process.argv[1] === import.meta.filename) process.exitCode = main()
