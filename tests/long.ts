/**
 * `npm run test:long [-- PART…] [--from N]`: what does not fit into `npm test`. Each part can be named; `--from` continues
 * the seeds of an earlier run. Closes with `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { from: { type: 'string', default: '1' }, seeds: { type: 'string' } },
})

const root = join(import.meta.dirname, '..')
const seeds = ['--seeds', values.seeds ?? '2000', '--from', values.from]
const corpus = join(root, 'tests/fixtures/hostile')

const parts: Readonly<Record<string, readonly string[]>> = {
  converge: ['tests/converge/cli.ts', ...seeds],
  'converge-stalwart': ['tests/converge/cli.ts', ...seeds, '--like', 'stalwart'],
  'converge-cyrus': ['tests/converge/cli.ts', ...seeds, '--like', 'cyrus'],
  simulate: ['tests/simulate/cli.ts', '--seeds', values.seeds ?? '10000', '--from', values.from],
  reliability: ['tests/reliability/cli.ts'],
  seeds: ['tests/browser-seeds/cli.ts', '--seeds', values.seeds ?? '300', '--from', values.from],
  'seeds-cyrus': [
    'tests/browser-seeds/cli.ts',
    '--seeds',
    values.seeds ?? '60',
    '--from',
    values.from,
    '--server',
    'cyrus',
  ],
  soak: ['tests/soak/cli.ts', '--minutes', '60', '--graph', join(root, '.tmp/soak.svg')],
  image: ['tests/image/cli.ts'],
  hostile: ['tests/hostile/cli.ts', '--corpus', corpus, '--engines', 'chromium,firefox,webkit', '--whole'],
  planted: ['tests/hostile/planted.ts'],
  letters: ['tests/letters/cli.ts'],
  fuzz: ['tests/hostile/fuzz/cli.ts', '--minutes', '60'],
}

const unknown = positionals.filter((name) => !(name in parts))
if (unknown.length > 0) {
  console.error(`No part is called ${unknown.join(', ')}. There are ${Object.keys(parts).join(', ')}.`)
  process.exit(2)
}

let failed = 0
const wanted = Object.entries(parts).filter(([name]) => positionals.length === 0 || positionals.includes(name))
for (const [name, args] of wanted) {
  console.log(`— ${name}`)
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) failed += 1
}
console.log(`${String(wanted.length - failed)} passed, ${String(failed)} failed`)
process.exit(failed > 0 ? 1 : 0)
