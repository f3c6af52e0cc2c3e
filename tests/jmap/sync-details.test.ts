/** What support is given holds nothing of the mail: the demo mailbox is asked for, written, refused, and looked for in it. */
import { expect, test } from 'vitest'
import { demoPeople, fillDemo } from '../../demo/mailbox/demo-mailbox.ts'
import { createJmapServer } from '../../demo/server/jmap-server.ts'
import { StoredAuthorization } from '../../src/auth/authorization.ts'
import { MemoryCredentialStore } from '../../src/auth/memory-credential-store.ts'
import { signIn } from '../../src/auth/sign-in.ts'
import { findTarget } from '../../src/auth/sign-in-target.ts'
import { noDeployment } from '../../src/jmap/deployment.ts'
import { HttpJmapClient } from '../../src/jmap/http-client.ts'
import type { Email, EmailId, State } from '../../src/jmap/types.ts'
import { silentLogger } from '../../src/platform/logger.ts'
import { systemRandom } from '../../src/platform/random.ts'
import { MemoryReplica } from '../../src/replica/memory/memory-replica.ts'
import { inspect } from '../../src/sync/inspect.ts'
import { syncReport, toText } from '../../src/ui/settings/sync-report.ts'
import { demoFetch } from '../support/demo-fetch.ts'
import { ManualClock } from '../support/manual-clock.ts'

const page = 'https://webmail.example.test'

async function signedIn(): Promise<{ client: HttpJmapClient; clock: ManualClock }> {
  const clock = new ManualClock()
  const server = createJmapServer({ users: demoPeople.users, clock })
  fillDemo(server, { messages: 300, seed: 1, now: clock.now() })
  server.faults.add({
    match: { method: 'Email/set', nth: 2 },
    do: { kind: 'methodError', type: 'mara@lindqvist.example', description: 'Grandma' },
  })
  server.faults.add({ match: { method: 'Core/echo' }, do: { kind: 'status', status: 503, body: 'Grandma' } })
  const store = new MemoryCredentialStore()
  const deps = {
    fetch: demoFetch(server, page).fetch,
    clock,
    log: silentLogger,
    random: systemRandom,
    locks: undefined,
  }
  const { username, password } = demoPeople.mara
  const typed = { server: '', username, password, keep: false }
  const place = { deployment: noDeployment, pageOrigin: page, isSecureContext: true }
  const target = await findTarget(deps, { ...typed, ...place })
  await signIn({ ...deps, store: () => Promise.resolve(store), pageOrigin: page }, typed, target)
  const [info] = await store.list()
  const authorization = new StoredAuthorization({ ...deps, store }, info!.login)
  const client = new HttpJmapClient({ ...deps, authorization }, { session: info!.session, policy: info!.policy })
  return { client, clock }
}

interface Got {
  readonly list: readonly Email[]
  readonly state: State
}

async function getAll(client: HttpJmapClient): Promise<Got> {
  const accountId = client.session.primaryMail!
  const ids = { resultOf: 'q', name: 'Email/query', path: '/ids' }
  const response = await client.request([
    ['Email/query', { accountId, limit: 200 }, 'q'],
    ['Email/get', { accountId, '#ids': ids }, 'g'],
  ])
  const result = response.result('g')
  if (!result.ok) throw new Error(result.type)
  return result.args as unknown as Got
}

test('the sync details name no address, subject or id of the demo mailbox', async () => {
  const { client, clock } = await signedIn()
  const accountId = client.session.primaryMail!
  const { list, state } = await getAll(client)
  const [first] = list
  for (const id of ['gone', first!.id]) {
    const update = { [id]: { 'keywords/$flagged': true } }
    await client.request([['Email/set', { accountId, update }, 's']])
  }
  await expect(client.request([['Core/echo', {}, 'e']])).rejects.toMatchObject({ kind: 'busy' })
  const replica = new MemoryReplica({ clock, random: systemRandom })
  const epoch = await replica.claimEpoch()
  await replica.write({ epoch }, async (tx) => {
    await tx.putEmails(list)
    tx.setState('Email', state)
  })
  const mutation = { type: 'setKeyword', keyword: '$flagged', value: true } as const
  const row = await replica.appendMutation({
    ...mutation,
    emailIds: list.map((email) => email.id),
    blobIds: list.map((email) => email.blobId),
  })
  await replica.write({ epoch }, (tx) => tx.putOutbox({ ...row, status: 'failed', lastError: first!.subject! }))
  await replica.appendMutation({ type: first!.subject as never, emailIds: ['x' as EmailId] } as never)

  const inspection = await inspect(replica, client)
  const status = { phase: 'ready', outbox: 2, failed: 1, backfill: 100, syncedAt: clock.now() } as const
  const estimate = { usage: 5_000_000, quota: 1_000_000_000 }
  const text = toText('Account 1', syncReport({ inspection, status, estimate, build: '1.2.3 abc' }))

  expect(text).toContain('setKeyword failed: 1')
  expect(text).toContain('other queued: 1')
  expect(text).toContain(`emails: ${String(list.length)}`)
  expect(text).toMatch(/Email\/query Email\/get: \d+ ms, 200$/m)
  expect(text).toMatch(/Email\/set: \d+ ms, 200 notFound$/m)
  expect(text).toMatch(/Email\/set: \d+ ms, 200 other$/m)
  expect(text).toMatch(/Core\/echo: \d+ ms, 503 busy$/m)
  expect(text).toContain('urn:ietf:params:jmap:mail')
  expect(list.length).toBeGreaterThan(100)
  const secrets = list.flatMap(({ id, blobId, threadId, subject, from, to }) => [
    id,
    blobId,
    threadId,
    subject,
    ...[...(from ?? []), ...(to ?? [])].flatMap(({ name, email }) => [name, email]),
  ])
  for (const secret of new Set([...secrets, accountId, client.session.username])) {
    // As a word: an id may be one letter.
    if (secret) expect(text.split(/[\s,:/]+/)).not.toContain(secret)
    if (secret && secret.length > 5) expect(text).not.toContain(secret)
  }
  expect(text).not.toContain('@')
})
