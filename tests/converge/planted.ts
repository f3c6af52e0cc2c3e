/**
 * Proof that `converge` can see: each patch in `planted/` puts one bug into a copy of the sources, and a run over the
 * copy must fail. `node tests/converge/planted.ts [NAME…] [--seeds N]`; exits 1 if a bug was not found.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { applyPatch } from '../support/apply-patch.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const PATCHES = join(import.meta.dirname, 'planted')
/** What a run needs. Node modules are linked, the rest is copied. */
const COPIED = ['src', 'demo', 'tests/converge', 'tests/support', 'package.json']

export function plantedNames(): string[] {
  return readdirSync(PATCHES)
    .filter((file) => file.endsWith('.patch'))
    .map((file) => file.slice(0, -'.patch'.length))
    .sort()
}

/** The first failure a run over the sources with this bug reports, or undefined: the bug was not found. */
export function findPlanted(name: string, seeds: number): string | undefined {
  const copy = mkdtempSync(join(tmpdir(), 'postern-planted-'))
  try {
    for (const part of COPIED) cpSync(join(ROOT, part), join(copy, part), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
    for (const [file, text] of applyPatch(readFileSync(join(PATCHES, `${name}.patch`), 'utf8'), (path) =>
      readFileSync(join(copy, path), 'utf8'),
    )) {
      writeFileSync(join(copy, file), text)
    }
    const run = spawnSync(
      process.execPath,
      [join(copy, 'tests/converge/cli.ts'), '--seeds', String(seeds), '--first'],
      { encoding: 'utf8' },
    )
    if (run.status === 0) return undefined
    if (run.status !== 1) throw new Error(`${name}: the run broke: ${run.stderr.slice(0, 2_000)}`)
    return run.stderr.split('\n')[0]
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

if (process.argv[1] === import.meta.filename) {
  const { values, positionals } = parseArgs({
    options: { seeds: { type: 'string', default: '1000' } },
    allowPositionals: true,
  })
  const names = positionals.length > 0 ? positionals : plantedNames()
  let missed = 0
  for (const name of names) {
    const found = findPlanted(name, Number(values.seeds))
    if (found === undefined) missed += 1
    console.log(`${name}: ${found?.slice(0, 160) ?? 'NOT FOUND'}`)
  }
  console.log(`planted: ${names.length - missed} of ${names.length} found`)
  process.exitCode = missed === 0 ? 0 : 1
}
