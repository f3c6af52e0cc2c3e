/** Sign-in, requests and push against the demo server in its three manners: the whole protocol layer, as the worker wires it. */
import { afterEach, describe, expect, test } from 'vitest'
import { createJmapServer } from '../../demo/server/jmap-server.ts'
import type { JmapServerOptions } from '../../demo/server/jmap-server.ts'
import { StoredAuthorization } from '../../src/auth/authorization.ts'
import { MemoryCredentialStore } from '../../src/auth/memory-credential-store.ts'
import type { SignInRequest } from '../../src/auth/outcomes.ts'
import { signIn } from '../../src/auth/sign-in.ts'
import { findTarget } from '../../src/auth/sign-in-target.ts'
import type { PushEvent } from '../../src/jmap/client.ts'
import { noDeployment } from '../../src/jmap/deployment.ts'
// Loaded here: the client fetches it when it is asked to listen, and these tests wait for no file.
import '../../src/jmap/event-source.ts'
import { HttpJmapClient } from '../../src/jmap/http-client.ts'
import { silentLogger } from '../../src/platform/logger.ts'
import { systemRandom } from '../../src/platform/random.ts'
import { demoFetch } from '../support/demo-fetch.ts'
import { ManualClock, settle } from '../support/manual-clock.ts'

const page = 'https://webmail.example.test'
const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const users = [
  { username: 'mara@example.test', password: 'mara-secret', name: 'Mara' },
  { username: 'carol@example.test', password: 'carol-secret', totpSecret },
]
const manners = ['plain', 'stalwart', 'cyrus'] as const

const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

async function setUp(options: JmapServerOptions, request: Partial<SignInRequest> = {}) {
  const clock = new ManualClock()
  const server = createJmapServer({ users, clock, ...options })
  open.push(() => server.close())
  const web = demoFetch(server, page)
  const store = new MemoryCredentialStore()
  const deps = { fetch: web.fetch, clock, log: silentLogger, random: systemRandom, locks: undefined, store }
  const typed = { server: '', username: 'mara@example.test', password: 'mara-secret', keep: false, ...request }
  const place = { deployment: noDeployment, pageOrigin: page, isSecureContext: true }
  const outcome = await signIn(
    { ...deps, store: () => Promise.resolve(store), pageOrigin: page },
    typed,
    await findTarget(deps, { ...typed, ...place }),
  )
  const connect = async (): Promise<HttpJmapClient> => {
    const [info] = await store.list()
    const authorization = new StoredAuthorization(deps, info!.login)
    return new HttpJmapClient({ ...deps, authorization }, { session: info!.session, policy: info!.policy })
  }
  const mailboxes = async (client: HttpJmapClient): Promise<unknown[]> => {
    const accountId = client.session.primaryMail!
    const result = (await client.request([['Mailbox/get', { accountId, ids: null }, 'm']])).result('m')
    return result.ok ? (result.args['list'] as unknown[]) : []
  }
  return { clock, server, web, store, outcome, connect, mailboxes }
}

describe.each(manners)('--like %s', (like) => {
  test('signs in and reads the mailboxes', async () => {
    const { outcome, connect, mailboxes, store } = await setUp({ like })
    expect(outcome.kind).toBe('signedIn')
    expect((await mailboxes(await connect())).length).toBeGreaterThan(2)
    expect((await store.list())[0]?.kind).toBe(like === 'stalwart' ? 'stalwart' : 'basic')
  })

  test('a wrong password is refused after one try', async () => {
    const { outcome, web, store } = await setUp({ like }, { password: 'wrong-secret' })
    expect(outcome).toEqual({ kind: 'refused', withCode: false, scheme: like === 'stalwart' ? 'stalwart' : 'basic' })
    const basic = btoa('mara@example.test:wrong-secret')
    const tries = web.seen.filter(
      ({ headers, body }) => body.includes('wrong-secret') || headers.get('authorization') === `Basic ${basic}`,
    )
    expect(tries).toHaveLength(1)
    expect(await store.list()).toEqual([])
  })

  test('more calls than the server takes leave as several requests', async () => {
    const { connect, web } = await setUp({ like, limits: { maxCallsInRequest: 3 } })
    const client = await connect()
    const before = web.seen.length
    const ids = Array.from({ length: 10 }, (_unused, index) => `c${index}`)
    const response = await client.request(ids.map((id) => ['Core/echo', { id }, id]))
    expect(ids.map((id) => response.result(id))).toMatchObject(ids.map((id) => ({ ok: true, args: { id } })))
    expect(web.seen.length - before).toBe(4)
  })

  test('push speaks, or says that there is none', async () => {
    const { clock, connect, server } = await setUp({ like })
    const client = await connect()
    const events: PushEvent[] = []
    open.push(client.listen((event) => events.push(event)))
    await settle()
    if (like === 'cyrus') {
      expect(events).toEqual([{ kind: 'unsupported' }])
      return
    }
    expect(events).toEqual([{ kind: 'open' }])
    const result = await client.request([
      ['Mailbox/set', { accountId: client.session.primaryMail!, create: { n: { name: 'News' } } }, 's'],
    ])
    expect(result.result('s').ok).toBe(true)
    // Events are bundled for up to a second.
    await clock.advance(1_500)
    const accountId = server.accountOf('mara@example.test').id
    expect(events.at(-1)).toMatchObject({
      kind: 'state',
      changed: { [accountId]: { Mailbox: expect.any(String) as string } },
    })
  })
})

describe('--like stalwart', () => {
  test('a code is asked for where the account has one', async () => {
    const carol = { username: 'carol@example.test', password: 'carol-secret' }
    expect((await setUp({ like: 'stalwart' }, carol)).outcome).toEqual({ kind: 'codeNeeded' })
    expect((await setUp({ like: 'stalwart' }, { ...carol, code: '000000' })).outcome).toMatchObject({
      kind: 'refused',
      withCode: true,
    })
  })

  test('a token at its end is refreshed once for many requests', async () => {
    const { clock, connect, mailboxes, web } = await setUp({ like: 'stalwart' })
    const client = await connect()
    await clock.advance(3_700_000)
    const answers = await Promise.all([mailboxes(client), mailboxes(client), mailboxes(client)])
    expect(answers.every((list) => list.length > 2)).toBe(true)
    expect(web.seen.filter(({ body }) => body.startsWith('grant_type=refresh_token'))).toHaveLength(1)
  })
})

test('--like plain: an account with a second factor wants an app password', async () => {
  const { outcome } = await setUp({ like: 'plain' }, { username: 'carol@example.test', password: 'carol-secret' })
  expect(outcome).toEqual({ kind: 'appPasswordNeeded' })
})
