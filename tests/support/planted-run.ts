/** Proof that a run from seeds can see: each patch puts one bug into a copy of the sources, and a run over it must fail. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { applyPatch } from './apply-patch.ts'

const ROOT = join(import.meta.dirname, '..', '..')

export interface PlantedSuite {
  /** The run's command: it takes `--seeds` and `--first`, and exits 1 on a failure. */
  readonly cli: string
  /** What the run needs besides `src`, `demo` and `tests/support`. */
  readonly copied: readonly string[]
  /** Folders of patches. */
  readonly patches: readonly string[]
  readonly seeds: number
  /** By name: tried before all others. */
  readonly firstSeeds?: Readonly<Record<string, number>>
  /** How many may stay unseen. */
  readonly mayMiss: number
}

/** `[NAME…] [--seeds N]`; sets the exit code to 1 if too few bugs were found. */
export function runPlanted(suite: PlantedSuite): void {
  const { values, positionals } = parseArgs({ options: { seeds: { type: 'string' } }, allowPositionals: true })
  const all = new Map(suite.patches.flatMap((folder) => patchesIn(join(ROOT, folder))))
  const names = positionals.length > 0 ? positionals : [...all.keys()].sort()
  let missed = 0
  for (const name of names) {
    const patch = all.get(name)
    if (patch === undefined) throw new Error(`no patch is called ${name}`)
    const found = find(suite, patch, { first: suite.firstSeeds?.[name], seeds: Number(values.seeds ?? suite.seeds) })
    if (found === undefined) missed += 1
    console.log(`${name}: ${found?.slice(0, 160) ?? 'NOT FOUND'}`)
  }
  console.log(`planted: ${names.length - missed} of ${names.length} found`)
  process.exitCode = missed <= suite.mayMiss ? 0 : 1
}

/** Each bug by its name, with the file of its patch. */
export function patchesIn(folder: string): [name: string, file: string][] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.patch'))
    .map((file) => [file.slice(0, -'.patch'.length), join(folder, file)])
}

/** The first failure a run over the sources with this bug reports, or undefined: the bug was not found. */
function find(
  suite: PlantedSuite,
  patch: string,
  { first, seeds }: { readonly first: number | undefined; readonly seeds: number },
): string | undefined {
  const copy = mkdtempSync(join(tmpdir(), 'postern-planted-'))
  try {
    for (const part of ['src', 'demo', 'tests/support', 'package.json', ...suite.copied])
      cpSync(join(ROOT, part), join(copy, part), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
    const read = (path: string): string => readFileSync(join(copy, path), 'utf8')
    for (const [file, text] of applyPatch(readFileSync(patch, 'utf8'), read)) writeFileSync(join(copy, file), text)
    const search = (from: number, count: number): string | undefined => {
      const args = [join(copy, suite.cli), '--from', String(from), '--seeds', String(count), '--first']
      const run = spawnSync(process.execPath, args, { encoding: 'utf8' })
      if (run.status === 0) return undefined
      if (run.status !== 1) throw new Error(`${patch}: the run broke: ${run.stderr.slice(0, 2_000)}`)
      return run.stderr.split('\n')[0]
    }
    return (first === undefined ? undefined : search(first, 1)) ?? search(1, seeds)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}
