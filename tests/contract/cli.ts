/**
 * `npm run test:contract -- --url U --user U --password P --json FILE`: the JMAP contract suite against any server.
 * `--demo` runs it on the demo server with each of its manners, `--cyrus` on a Cyrus of its own. Exits 2 when it could
 * not run at all. Without options: JMAP_TEST_URL, JMAP_TEST_USER, JMAP_TEST_PASSWORD. Cyrus and Stalwart are
 * recognised by their session, and what they are known to do otherwise is expected of them.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createJmapServer } from '../../demo/server/jmap-server.ts'
import { startCyrus, whyNoCyrus } from '../servers/cyrus.ts'
import { deviations, recognise } from './deviations.ts'
import { runSuite, type Outcome } from './suite.ts'
import { Target } from './target.ts'

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    user: { type: 'string' },
    password: { type: 'string' },
    demo: { type: 'boolean' },
    cyrus: { type: 'boolean' },
    json: { type: 'string' },
    counts: { type: 'string' },
  },
})

const results: { server: string; outcomes: readonly Outcome[] }[] = []

try {
  if (values.demo) await runDemo()
  else if (values.cyrus) await runCyrus()
  else await runOther()
} catch (error) {
  console.error(`The contract suite could not run: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(2)
}

const all = results.flatMap(({ server, outcomes }) => outcomes.map((outcome) => ({ server, ...outcome })))
for (const { server, name, result, why } of all)
  if (result !== 'passed') console.log(`${result.padEnd(9)}${server}: ${name}${why ? `\n         ${why}` : ''}`)
const failed = all.filter(({ result }) => result === 'failed').length
const counts = { passed: all.length - failed, failed, skipped: 0 }
if (values.json) writeFileSync(values.json, JSON.stringify(results, null, 2))
if (values.counts) writeFileSync(values.counts, JSON.stringify(counts))
console.log(`${String(counts.passed)} passed, ${String(failed)} failed`)
process.exit(failed > 0 ? 1 : 0)

async function runDemo(): Promise<void> {
  const runs = (['plain', 'stalwart', 'cyrus'] as const).map(async (like) => {
    const server = createJmapServer({
      like,
      origin: 'http://demo.test',
      users: [{ username: 'alice', password: 'alice-secret', name: 'Alice', addresses: ['alice@example.test'] }],
    })
    const name = like === 'plain' ? 'demo' : (`demo-${like}` as const)
    const outcomes = await runSuite(
      { url: 'http://demo.test', user: 'alice', password: 'alice-secret', fetch: (request) => server.fetch(request) },
      deviations[name],
    )
    server.close()
    return { server: name, outcomes }
  })
  // Beside each other: they wait more than they work.
  results.push(...(await Promise.all(runs)))
}

async function runCyrus(): Promise<void> {
  const why = whyNoCyrus()
  if (why) throw new Error(why)
  const cyrus = await startCyrus(['alice'])
  try {
    results.push({
      server: 'cyrus',
      outcomes: await runSuite({ url: cyrus.url, user: 'alice', password: 'alice-secret' }, deviations.cyrus),
    })
  } finally {
    await cyrus.stop()
  }
}

async function runOther(): Promise<void> {
  const url = values.url ?? process.env['JMAP_TEST_URL']
  const user = values.user ?? process.env['JMAP_TEST_USER']
  const password = values.password ?? process.env['JMAP_TEST_PASSWORD']
  if (!url || !user || !password)
    throw new Error('give --url, --user and --password, or JMAP_TEST_URL, JMAP_TEST_USER and JMAP_TEST_PASSWORD')
  const target = new Target({ url, user, password })
  await target.connect()
  const known = deviations[recognise(target.session)]
  results.push({ server: url, outcomes: await runSuite({ url, user, password }, known) })
}
