/**
 * `npm test`: every step in order, two at a time where they do not disturb each other, one closing line
 * `N passed, N failed` (`, N skipped`). With CI=true a skip is a failure. What cannot run says why in one line.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gistOf } from './support/gist.ts'
import { whyNoChromium } from './support/chromium.ts'
import { whyNoFirefox } from './hostile/engines.ts'
import { whyNoPorts } from './hostile/start-engine.ts'
import { whyNoPayloads } from './hostile/fuzz/payloads.ts'
import { whyNoWebKit } from './engines/webkit.ts'
import { whyNoCyrus } from './servers/cyrus.ts'
import { whyNoProgram } from './servers/program.ts'
import { whyNoTraefik } from './servers/traefik.ts'
import { whyNoCorpus } from './malformed/corpus.ts'

interface Counts {
  passed: number
  failed: number
  skipped: number
}

interface Step {
  readonly name: string
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Reads the step's own report; without one the step counts as a single test. */
  readonly count?: () => Counts
  readonly skipBecause?: string | undefined
  /** Needs what lies outside the repository and is not here: said like a skip, but no failure with CI=true. */
  readonly lacks?: string | undefined
  /** Its last line is a figure to be read when all went well, too. */
  readonly tellsMore?: true
}

const root = join(import.meta.dirname, '..')
const reports = join(root, '.tmp', 'reports')
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

const report = (file: string): unknown => JSON.parse(readFileSync(join(reports, file), 'utf8'))

const countVitest = (file: string) => (): Counts => {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites, success } = report(
    file,
  ) as Record<string, number> & { success: boolean }
  const failed = (numFailedTests ?? 0) || (success ? 0 : Math.max(1, numFailedTestSuites ?? 1))
  return { passed: numPassedTests ?? 0, failed, skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0) }
}

const countPlaywright = (file: string) => (): Counts => {
  const { stats } = report(file) as { stats: { expected: number; unexpected: number; flaky: number; skipped: number } }
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
}

const countPlain = (file: string) => (): Counts => report(file) as Counts

const chromium = whyNoChromium()
const cyrus = whyNoCyrus()
const caddy = whyNoProgram('caddy')
const node = process.execPath

const lanes: readonly (readonly Step[])[] = [
  [
    { name: 'build', command: ['npx', 'vite', 'build', '--logLevel', 'warn'] },
    {
      name: 'types',
      command: ['npx', 'svelte-check', '--fail-on-warnings', '--tsconfig', './tsconfig.json', '--output', 'human'],
    },
    { name: 'lint', command: ['npx', 'eslint', '--max-warnings', '0', '.'] },
    {
      name: 'import rules',
      command: ['npx', 'depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'demo', 'tests'],
    },
    { name: 'dead code', command: ['npx', 'knip'] },
  ],
  [
    {
      name: 'unit and component',
      command: [
        'npx',
        'vitest',
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${join(reports, 'vitest.json')}`,
      ],
      count: countVitest('vitest.json'),
    },
    {
      name: 'contract on the demo server',
      command: [node, 'tests/contract/cli.ts', '--demo', '--counts', join(reports, 'contract-demo.json')],
      count: countPlain('contract-demo.json'),
    },
    {
      name: 'contract on Cyrus',
      command: [node, 'tests/contract/cli.ts', '--cyrus', '--counts', join(reports, 'contract-cyrus.json')],
      count: countPlain('contract-cyrus.json'),
      skipBecause: cyrus,
    },
    {
      name: 'converge, 200 seeds',
      command: [node, 'tests/converge/cli.ts', '--seeds', '200', '--json', join(reports, 'converge.json')],
    },
    {
      name: 'simulate, 500 seeds',
      command: [node, 'tests/simulate/cli.ts', '--seeds', '500', '--json', join(reports, 'simulate.json')],
      tellsMore: true,
    },
    {
      // what only a browser shows of them: `npm run reliability`, and by the same names the browser tests below
      name: 'reliability, R8 to R24 in process',
      command: [node, 'tests/reliability/cli.ts', '--in-process', '--json', join(reports, 'reliability.json')],
      tellsMore: true,
    },
    { name: 'planted bugs are found', command: [node, 'tests/converge/planted.ts'] },
    { name: 'planted bugs are found by the simulation', command: [node, 'tests/simulate/planted.ts'] },
  ],
]

const last: readonly Step[] = [
  {
    name: 'browser',
    command: ['npx', 'playwright', 'test', '--config', 'tests/e2e/playwright.config.ts'],
    env: {
      PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'playwright.json'),
      ...(cyrus ? { POSTERN_NO_CYRUS: cyrus } : {}),
    },
    count: countPlaywright('playwright.json'),
    skipBecause: chromium,
  },
  {
    name: 'served by Caddy, routed by proxies',
    command: [
      'npx',
      'vitest',
      'run',
      '--config',
      'tests/deploy/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(reports, 'deploy.json')}`,
    ],
    count: countVitest('deploy.json'),
    lacks: caddy ?? whyNoTraefik() ?? whyNoProgram('nginx', 'nginx-light'),
  },
  // all of them on every path, in all engines: `npm run test:hostile`
  {
    name: 'hostile mail, Chromium, all of them through the letter pipeline',
    command: [node, 'tests/hostile/cli.ts', '--engines', 'chromium', '--routes', 'pipeline'],
    skipBecause: chromium,
    tellsMore: true,
  },
  hostileStep('chromium', 20, chromium, undefined),
  hostileStep('firefox', 7, undefined, whyNoFirefox() ?? whyNoPorts()),
  hostileStep('webkit', 7, undefined, whyNoWebKit()),
  keyboardStep('chromium', chromium),
  keyboardStep('firefox', undefined),
  enginesStep('firefox', whyNoFirefox()),
  enginesStep('webkit', whyNoWebKit()),
  pressStep('firefox', whyNoFirefox() ?? whyNoPorts()),
  pressStep('webkit', whyNoWebKit()),
  {
    name: 'soak, one minute',
    command: [node, 'tests/soak/cli.ts', '--no-build', '--minutes', '1', '--counts', join(reports, 'soak.json')],
    count: countPlain('soak.json'),
    skipBecause: chromium,
    tellsMore: true,
  },
  {
    name: 'holes planted in the letter pipeline are found, three of them',
    command: [
      node,
      'tests/hostile/planted.ts',
      '--only',
      'walker-takes-any-element,frame-trusts-styles,user-names-are-not-noticed',
    ],
    skipBecause: chromium,
  },
  {
    name: 'fuzz of the letter pipeline, 25 s',
    // one seed: what a machine finds by chance is for `npm run fuzz`, not for whoever lands something else
    command: [node, 'tests/hostile/fuzz/cli.ts', '--seconds', '25', '--seed', '1'],
    skipBecause: chromium,
    tellsMore: true,
  },
  {
    name: 'payload lists of others',
    command: [node, 'tests/hostile/fuzz/payloads-cli.ts', '--counts', join(reports, 'payloads.json')],
    count: countPlain('payloads.json'),
    skipBecause: chromium,
    lacks: whyNoPayloads('DOMPurify, expect.mjs'),
    tellsMore: true,
  },
  newslettersStep('chromium', chromium, undefined),
  newslettersStep('firefox', undefined, whyNoFirefox()),
  newslettersStep('webkit', undefined, whyNoWebKit()),
  {
    name: 'malformed mail',
    command: [node, 'tests/malformed/cli.ts', '--no-build', '--counts', join(reports, 'malformed.json')],
    count: countPlain('malformed.json'),
    skipBecause: chromium,
    lacks: whyNoCorpus(),
    tellsMore: true,
  },
]

/** The main paths where nothing else is driven; without the engine the step says so, and is no failure. */
function enginesStep(engine: 'firefox' | 'webkit', lacks: string | undefined): Step {
  const counts = `engines-${engine}.json`
  return {
    name: `main paths, ${engine}`,
    command: [node, 'tests/engines/cli.ts', '--no-build', '--engine', engine, '--counts', join(reports, counts)],
    count: countPlain(counts),
    lacks,
  }
}

/** What `tests/e2e/press.spec.ts` proves of Chromium; without the engine the step says so. */
function pressStep(engine: 'firefox' | 'webkit', lacks: string | undefined): Step {
  return {
    name: `a press on a link contacts nobody, ${engine}`,
    command: [node, 'tests/engines/press-cli.ts', '--no-build', '--engine', engine],
    lacks,
    tellsMore: true,
  }
}

/** So many hostile mails on every path; without the engine the step says so. */
function hostileStep(
  engine: 'chromium' | 'firefox' | 'webkit',
  mails: number,
  skipBecause: string | undefined,
  lacks: string | undefined,
): Step {
  const counts = `hostile-${engine}.json`
  const how = ['--no-build', '--routes', 'app', '--whole', '--engines', engine, '--sample', String(mails)]
  return {
    name: `hostile mail, ${engine}, ${mails} of them on every path`,
    command: [node, 'tests/hostile/cli.ts', ...how, '--counts', join(reports, counts)],
    count: countPlain(counts),
    skipBecause,
    lacks,
    tellsMore: true,
  }
}

/** Newsletters of our own beside what the browser makes of them; without the engine the step says so. */
function newslettersStep(
  engine: 'chromium' | 'firefox' | 'webkit',
  skipBecause: string | undefined,
  lacks: string | undefined,
): Step {
  return {
    name: `newsletters beside the same HTML raw, ${engine}`,
    command: [node, 'tests/letters/cli.ts', '--no-build', '--engines', engine, '--only', 'newsletters'],
    skipBecause,
    lacks,
    tellsMore: true,
  }
}

/** Without Firefox its run says so, and is no failure: one browser is what the tests ask of a machine. */
function keyboardStep(engine: 'chromium' | 'firefox', skipBecause: string | undefined): Step {
  const counts = `keyboard-${engine}.json`
  return {
    name: `reading by keyboard alone, ${engine}`,
    command: [node, 'tests/keyboard/cli.ts', '--no-build', '--engines', engine, '--counts', join(reports, counts)],
    count: countPlain(counts),
    skipBecause,
    lacks: engine === 'firefox' ? whyNoFirefox() : undefined,
  }
}

const total: Counts = { passed: 0, failed: 0, skipped: 0 }
let lacking = 0
const failures: string[] = []
const started = performance.now()
await Promise.all(lanes.map(runLane))
await runLane(last)
const seconds = Math.round((performance.now() - started) / 1000)
const skipsFail = process.env['CI'] === 'true' && total.skipped > lacking
// once more, short and last: whoever keeps only the end of a long log must still learn which test it was
if (failures.length > 0) console.log(`\nWhat failed:\n${failures.join('\n')}`)
console.log(`\nTook ${String(seconds)} s.${skipsFail ? ' CI=true: what was skipped counts as failed.' : ''}`)
const failed = total.failed + (skipsFail ? total.skipped - lacking : 0)
console.log(
  `${String(total.passed)} passed, ${String(failed)} failed${total.skipped > 0 && !skipsFail ? `, ${String(total.skipped)} skipped` : ''}`,
)
process.exitCode = failed > 0 ? 1 : 0

async function runLane(steps: readonly Step[]): Promise<void> {
  for (const step of steps) add(step, await runStep(step))
}

function add(step: Step, { counts, output, seconds: took }: { counts: Counts; output: string; seconds: number }): void {
  total.passed += counts.passed
  total.failed += counts.failed
  total.skipped += counts.skipped
  const verdict = counts.failed > 0 ? 'FAILED' : counts.skipped > 0 && counts.passed === 0 ? 'skipped' : 'ok'
  console.log(
    `${verdict.padEnd(8)}${step.name} (${String(counts.passed)} passed${counts.failed > 0 ? `, ${String(counts.failed)} failed` : ''}${counts.skipped > 0 ? `, ${String(counts.skipped)} skipped` : ''}, ${String(took)} s)`,
  )
  const why = step.lacks ?? step.skipBecause
  if (step.lacks) lacking += counts.skipped
  if (why) console.log(`        not run: ${why}`)
  if (counts.failed > 0) {
    console.log(indent(output.slice(-20_000)))
    failures.push(`${step.name}:\n${indent(gistOf(output))}`)
  } else if (step.tellsMore && !why) console.log(indent(output.trimEnd().split('\n').at(-1) ?? ''))
}

async function runStep(step: Step): Promise<{ counts: Counts; output: string; seconds: number }> {
  if (step.lacks ?? step.skipBecause) return { counts: { passed: 0, failed: 0, skipped: 1 }, output: '', seconds: 0 }
  const start = performance.now()
  const { code, output } = await execute(step)
  const seconds = Math.round((performance.now() - start) / 1000)
  return { counts: countsOf(step, code), output, seconds }
}

function countsOf(step: Step, code: number): Counts {
  if (!step.count) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
  try {
    const counts = step.count()
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
  } catch {
    // No report: the step fell over before it could write one.
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

function execute(step: Step): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const [file, ...args] = step.command
    const child = spawn(file ?? '', args, {
      cwd: root,
      env: { ...process.env, ...step.env, FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const take = (chunk: Buffer): void => {
      output += chunk.toString()
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', (error) => resolve({ code: 1, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `        ${line}`)
    .join('\n')
}
