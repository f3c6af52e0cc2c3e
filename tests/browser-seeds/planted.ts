/**
 * Proof that `seeds` can see: `node tests/browser-seeds/planted.ts [NAME…]` runs each planted mistake of `plants.ts` until
 * a seed fails over it, in the build that is there.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { PLANTS } from './plants.ts'

/** The first seed that shows it, tried before others. A change of the schedule moves them. */
const FIRST_SEEDS: Readonly<Record<string, number>> = {}
const SEEDS = 6

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PLANTS)
let missed = 0
for (const name of names) {
  const found = find(name, FIRST_SEEDS[name] ?? 1)
  if (found === undefined) missed += 1
  console.log(`${name}: ${found?.slice(0, 160) ?? 'NOT FOUND'}`)
}
console.log(`planted: ${String(names.length - missed)} of ${String(names.length)} found`)
process.exitCode = missed === 0 ? 0 : 1

function find(name: string, from: number): string | undefined {
  const cli = join(import.meta.dirname, 'cli.ts')
  const args = [cli, '--no-build', '--first', '--plant', name, '--from', String(from), '--seeds', String(SEEDS)]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status === 0) return undefined
  if (status !== 1) throw new Error(`${name}: the run broke: ${stderr.slice(0, 2000)}`)
  return stdout.split('\n').find((line) => /^seed \d+: (?!ok)/.test(line))
}
