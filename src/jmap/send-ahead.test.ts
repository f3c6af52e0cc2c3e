import { expect, test } from 'vitest'
import { fakeWeb } from '../../tests/support/fake-web.ts'
import { sessionJson } from '../../tests/support/jmap-session.ts'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import { json } from '../../tests/support/scripted-fetch.ts'
import { silentLogger } from '../platform/logger.ts'
import { systemRandom } from '../platform/random.ts'
import { HttpJmapClient } from './http-client.ts'
import { parseSession } from './parse-session.ts'
import { sendAhead } from './send-ahead.ts'
import type { Invocation } from './types.ts'

const policy = { allowedOrigins: [], rewriteTo: null }
const session = parseSession(sessionJson(), 'https://mail.example.test/jmap/session', policy)
const call = (name: string): Invocation => [name, { accountId: 'a' }, name]
const answer = (body: string): Response => {
  const { methodCalls } = JSON.parse(body) as { methodCalls: Invocation[] }
  return json({ methodResponses: methodCalls.map(([name, , id]) => [name, {}, id]), sessionState: session.state })
}

function setUp(status = 200) {
  let asked = 0
  const web = fakeWeb({
    [session.apiUrl]: ({ body }) => (++asked === 1 && status !== 200 ? new Response('', { status }) : answer(body)),
  })
  const deps = { fetch: web.fetch, clock: new ManualClock(), random: systemRandom, log: silentLogger }
  const ahead = sendAhead(deps, session, [call('Mailbox/get')], 'Basic x')
  const authorization = { header: () => Promise.resolve('Basic x'), renew: () => Promise.reject(new Error('refused')) }
  return { web, client: new HttpJmapClient({ ...deps, authorization }, { session, policy, ahead }) }
}

test('the answer of a request that has left serves the first one that is the same, once', async () => {
  const { web, client } = setUp()
  expect((await client.request([call('Mailbox/get')])).result('Mailbox/get').ok).toBe(true)
  expect(web.seen).toHaveLength(1)
  await client.request([call('Mailbox/get')])
  expect(web.seen).toHaveLength(2)
})

test('another request first: the answer is an old one by then, and is never used', async () => {
  const { web, client } = setUp()
  await client.request([call('Email/get')])
  await client.request([call('Mailbox/get')])
  expect(web.seen).toHaveLength(3)
})

test('a failure is the failure of the request that takes it', async () => {
  const { client } = setUp(503)
  await expect(client.request([call('Mailbox/get')])).rejects.toMatchObject({ kind: 'busy' })
  expect((await client.request([call('Mailbox/get')])).result('Mailbox/get').ok).toBe(true)
})
