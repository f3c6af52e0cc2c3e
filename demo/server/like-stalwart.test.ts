/** Every way in which Stalwart 0.16 departs, as recorded: the numbers are those of stalwart.md. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ALICE, mail, NEWEST_FIRST, TestClient } from './test-client.ts'
import { totpCode } from './totp.ts'

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const stalwart = (options: ConstructorParameters<typeof TestClient>[0] = {}): TestClient =>
  new TestClient({ like: 'stalwart', ...options })
const list = { sort: NEWEST_FIRST, filter: { inMailbox: 'a' }, collapseThreads: true }

async function signIn(client: TestClient, fields: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const body = {
    type: 'authCode',
    accountName: ALICE.username,
    accountSecret: ALICE.password,
    clientId: 'postern',
    redirectUri: 'http://127.0.0.1/',
    codeChallenge: createHash('sha256').update('verifier').digest('base64url'),
    codeChallengeMethod: 'S256',
    ...fields,
  }
  const response = await client.fetch('/api/auth', { method: 'POST', body: JSON.stringify(body), anonymous: true })
  expect(response.status).toBe(200)
  return (await response.json()) as Record<string, unknown>
}

async function token(client: TestClient, fields: Record<string, string>): Promise<[number, Record<string, unknown>]> {
  const form = new URLSearchParams({ client_id: 'postern', ...fields })
  const response = await client.fetch('/auth/token', { method: 'POST', body: form.toString(), anonymous: true })
  return [response.status, (await response.json()) as Record<string, unknown>]
}

const exchange = (code: unknown, verifier = 'verifier'): Record<string, string> => ({
  grant_type: 'authorization_code',
  code: String(code),
  redirect_uri: 'http://127.0.0.1/',
  code_verifier: verifier,
})

describe('like stalwart: sign-in', () => {
  it('M1: password to code to token; a wrong verifier leaves the code alive, a used one is access_denied', async () => {
    const client = stalwart()
    const { type, client_code, iss } = await signIn(client)
    expect([type, iss]).toEqual(['authenticated', 'https://mail.example.test'])
    expect(await token(client, exchange(client_code, 'wrong'))).toEqual([400, { error: 'invalid_grant' }])
    const [status, granted] = await token(client, exchange(client_code))
    expect([status, granted['expires_in']]).toEqual([200, 3600])
    expect(await token(client, exchange(client_code))).toEqual([400, { error: 'access_denied' }])
    const Authorization = `Bearer ${String(granted['access_token'])}`
    expect((await client.fetch('/jmap/session', { headers: { Authorization } })).status).toBe(200)
  })

  it('M1: a refresh answers without refresh_token and scope', async () => {
    const client = stalwart()
    const [, granted] = await token(client, exchange((await signIn(client, { scope: 'openid' }))['client_code']))
    expect(granted['scope']).toBe('openid')
    const [, again] = await token(client, {
      grant_type: 'refresh_token',
      refresh_token: String(granted['refresh_token']),
    })
    expect(Object.keys(again).sort()).toEqual(['access_token', 'expires_in', 'token_type'])
    expect(await token(client, { grant_type: 'refresh_token', refresh_token: 'x' })).toEqual([
      400,
      { error: 'invalid_grant' },
    ])
  })

  it('M2: TOTP: Basic is 402, no code mfaRequired, a wrong code failure as a wrong password', async () => {
    const client = stalwart({ users: [{ ...ALICE, totpSecret: SECRET, appPasswords: ['app_x'] }] })
    expect((await client.fetch('/jmap/session')).status).toBe(402)
    expect(await signIn(client)).toEqual({ type: 'mfaRequired' })
    expect(await signIn(client, { mfaToken: '000000' })).toEqual({ type: 'failure' })
    expect(await signIn(client, { accountSecret: 'no' })).toEqual({ type: 'failure' })
    const right = await signIn(client, { mfaToken: totpCode(SECRET, client.clock.now()) })
    expect(right['type']).toBe('authenticated')
  })

  it('M4: an app password works in Basic, with TOTP too', async () => {
    const client = stalwart({ users: [{ ...ALICE, totpSecret: SECRET, appPasswords: ['app_x'] }] })
    const Authorization = `Basic ${btoa(`${ALICE.username}:app_x`)}`
    expect((await client.fetch('/jmap/session', { headers: { Authorization } })).status).toBe(200)
  })

  it('M3: a password change ends tokens at once, and not the open event stream', async () => {
    const client = stalwart()
    const [, granted] = await token(client, exchange((await signIn(client))['client_code']))
    const headers = { Authorization: `Bearer ${String(granted['access_token'])}` }
    await client.fetch('/jmap/eventsource/?types=*&closeafter=no&ping=0', { headers })
    client.server.changePassword(ALICE.username, 'new')
    expect((await client.fetch('/jmap/session', { headers })).status).toBe(401)
    const refresh = { grant_type: 'refresh_token', refresh_token: String(granted['refresh_token']) }
    expect(await token(client, refresh)).toEqual([400, { error: 'invalid_grant' }])
    expect(client.server.streams.size).toBe(1)
  })

  it('M5: a 401 offers Bearer and Basic in one header', async () => {
    const response = await stalwart().fetch('/jmap/session', { headers: { Authorization: 'Bearer garbage' } })
    expect(response.status).toBe(401)
    expect(response.headers.get('WWW-Authenticate')).toMatch(/^Bearer realm="Stalwart Server".*Basic realm/)
  })

  it('answers the session without a password: capabilities, no accounts', async () => {
    const response = await stalwart().fetch('/jmap/session', { anonymous: true })
    expect(await response.json()).toMatchObject({ accounts: {}, primaryAccounts: {}, username: '', state: '0' })
  })

  it('M6: a preflight is 204 without CORS; discovery documents are open to all', async () => {
    const client = stalwart()
    const preflight = await client.fetch('/jmap/', { method: 'OPTIONS', anonymous: true })
    expect([preflight.status, preflight.headers.get('Access-Control-Allow-Origin')]).toEqual([204, null])
    for (const name of ['oauth-authorization-server', 'user-agent-configuration.json']) {
      const document = await client.fetch(`/.well-known/${name}`, { anonymous: true })
      expect(document.headers.get('Access-Control-Allow-Origin')).toBe('*')
    }
  })

  it('M7: PACC names the session and the issuer', async () => {
    const document = await stalwart().fetch('/.well-known/user-agent-configuration.json', { anonymous: true })
    expect(await document.json()).toMatchObject({
      protocols: { jmap: { url: 'https://mail.example.test/jmap/session' } },
      authentication: { 'oauth-public': { issuer: 'https://mail.example.test' }, password: true },
    })
  })
})

describe('like stalwart: states and queries', () => {
  it('M8: no Archive; same-named siblings but for case; update and destroy of one id', async () => {
    const client = stalwart()
    expect([...client.account.mailboxes.values()].map(({ role }) => role)).toEqual([
      'inbox',
      'trash',
      'junk',
      'drafts',
      'sent',
    ])
    const made = await client.call('Mailbox/set', {
      create: { p: { name: 'Projects' }, q: { name: 'projects' }, i: { name: 'In', role: 'inbox' } },
    })
    expect(made).toMatchObject({
      created: { p: { id: 'f' }, q: { id: 'g' } },
      notCreated: { i: { type: 'invalidProperties' } },
    })
    const both = await client.call('Mailbox/set', {
      destroy: ['a'],
      update: { a: { name: 'Eingang' }, b: { role: null } },
    })
    expect(both).toMatchObject({
      notUpdated: { a: { type: 'willDestroy' }, b: { properties: ['role'] } },
      notDestroyed: { a: { type: 'forbidden' } },
    })
  })

  it('M9: types that change together share a state; garbage is invalidArguments, a future state cannotCalculateChanges', async () => {
    const client = stalwart()
    client.account.deliver(mail())
    const answers = await client.calls([
      ['Email/get', { ids: [] }],
      ['Mailbox/get', { ids: [] }],
      ['Thread/get', { ids: [] }],
      ['Email/changes', { sinceState: 'garbage' }],
      ['Email/queryChanges', { ...list, sinceQueryState: 'garbage' }],
      ['Email/changes', { sinceState: 'sxyz' }],
    ])
    expect(new Set(answers.slice(0, 3).map(({ state }) => state)).size).toBe(1)
    expect(answers[0]?.['state']).toMatch(/^s[a-z792013]+$/)
    expect(answers.slice(3).map(({ type }) => type)).toEqual([
      'invalidArguments',
      'invalidArguments',
      'cannotCalculateChanges',
    ])
  })

  it('M10: changes and queryChanges stop at intermediate states, the latter without saying so', async () => {
    const client = stalwart()
    const { state } = await client.call('Email/get', { ids: [] })
    const { queryState } = await client.call('Email/query', list)
    client.account.transact(() => {
      for (let index = 0; index < 3; index += 1) client.account.deliver(mail())
    })
    client.clock.advance(5000)
    const page = await client.call('Email/changes', { sinceState: state, maxChanges: 2 })
    expect([page['hasMoreChanges'], (page['created'] as string[]).length]).toEqual([true, 2])
    expect(page['newState']).toMatch(/^r/)
    let since = String(queryState)
    const added: unknown[] = []
    for (let round = 0; round < 5; round += 1) {
      const changes = await client.call('Email/queryChanges', { ...list, sinceQueryState: since, maxChanges: 1 })
      expect(changes).not.toHaveProperty('hasMoreChanges')
      added.push(...(changes['added'] as unknown[]))
      if (changes['newQueryState'] === since) break
      since = String(changes['newQueryState'])
    }
    expect(added).toHaveLength(3)
  })

  it('M11: after a reply the old representative is not removed', async () => {
    const client = stalwart()
    const first = client.account.deliver(mail({ id: 'a' }), { receivedAt: 1.7e12 })
    const { queryState } = await client.call('Email/query', list)
    const reply = client.account.deliver(mail({ id: 'b', inReplyTo: ['a'] }))
    client.clock.advance(5000)
    const changes = await client.call('Email/queryChanges', { ...list, sinceQueryState: queryState })
    expect(changes).toMatchObject({ removed: [], added: [{ id: reply.id, index: 0 }] })
    expect((await client.call('Email/query', list))['ids']).toEqual([reply.id])
    expect(first.thread).toBe(reply.thread)
  })

  it('M11: a flag is removed and added of one id, also when it does not stand for its thread', async () => {
    const client = stalwart()
    const first = client.account.deliver(mail({ id: 'a' }), { receivedAt: 1.7e12 })
    client.account.deliver(mail({ id: 'b', inReplyTo: ['a'] }))
    client.clock.advance(5000)
    const { queryState } = await client.call('Email/query', list)
    client.account.setKeywords(first.id, { $flagged: true })
    const changes = await client.call('Email/queryChanges', { ...list, sinceQueryState: queryState })
    expect(changes).toMatchObject({ removed: [first.id], added: [{ id: first.id, index: 0 }] })
  })

  it('M12, M13: upToId is ignored, limit 0 gives everything, a position past the end nothing', async () => {
    const client = stalwart()
    client.account.deliver(mail())
    client.account.deliver(mail())
    expect(await client.call('Email/query', { ...list, limit: 0 })).toMatchObject({ limit: 0, ids: { length: 2 } })
    expect(await client.call('Email/query', { ...list, position: 1000 })).toMatchObject({ ids: [], position: 0 })
    const { queryState } = await client.call('Email/query', list)
    expect(
      await client.call('Email/queryChanges', { ...list, sinceQueryState: queryState, upToId: 'zz' }),
    ).toMatchObject({ removed: [] })
  })

  it('M14, M15: whole words only, after some seconds; a header filter finds nothing', async () => {
    const client = stalwart()
    client.account.deliver(mail({ subject: 'Merge requests', id: 'x' }))
    const find = async (filter: Record<string, unknown>): Promise<unknown> =>
      (await client.call('Email/query', { filter }))['ids']
    expect(await find({ text: 'merge' })).toEqual([])
    client.clock.advance(5000)
    expect(await find({ text: 'merge' })).toHaveLength(1)
    expect(await find({ text: 'Mer' })).toEqual([])
    expect(await find({ from: 'remote' })).toHaveLength(1)
    expect(await find({ header: ['Message-ID', 'x@remote.test'] })).toEqual([])
  })

  it('lies for some milliseconds after each new message, and no later delta mends it', async () => {
    const client = stalwart()
    const old = client.account.deliver(mail({ id: 'a' }), { receivedAt: 1.7e12 })
    client.clock.advance(5000)
    const { queryState } = await client.call('Email/query', list)
    const fresh = client.account.deliver(mail({ id: 'b', subject: 'Other' }))
    const first = await client.call('Email/queryChanges', { ...list, sinceQueryState: queryState })
    expect(first['added']).toEqual([{ id: fresh.id, index: 1 }])
    client.clock.advance(5000)
    expect((await client.call('Email/query', list))['ids']).toEqual([fresh.id, old.id])
    const since = first['newQueryState']
    expect(await client.call('Email/queryChanges', { ...list, sinceQueryState: since })).toMatchObject({
      added: [],
      newQueryState: since,
    })
  })

  it('misses a reply in a collapsed list for some milliseconds', async () => {
    const client = stalwart()
    const old = client.account.deliver(mail({ id: 'a' }), { receivedAt: 1.7e12 })
    client.clock.advance(5000)
    const { queryState } = await client.call('Email/query', list)
    client.account.deliver(mail({ id: 'b', inReplyTo: ['a'] }))
    const changes = await client.call('Email/queryChanges', { ...list, sinceQueryState: queryState })
    expect([changes['added'], changes['newQueryState'] === queryState]).toEqual([[], false])
    expect((await client.call('Email/query', list))['ids']).toEqual([old.id])
  })

  it('M17: a merge ends ids and begins new ones; the dead id still answers, with the dead thread', async () => {
    const client = stalwart()
    const one = client.account.deliver(mail({ id: 'a', subject: 'Merge' }))
    const two = client.account.deliver(mail({ id: 'b', subject: 'Merge' }))
    const [deadId, deadThread] = [two.id, two.thread.id]
    const { state } = await client.call('Email/get', { ids: [] })
    const joining = client.account.deliver(mail({ id: 'c', subject: 'Re: Merge', inReplyTo: ['a', 'b'] }))
    const [emails, threads, got] = await client.calls([
      ['Email/changes', { sinceState: state }],
      ['Thread/changes', { sinceState: state }],
      ['Email/get', { ids: [deadId, two.id], properties: ['threadId', 'blobId'] }],
    ])
    expect(emails).toMatchObject({ destroyed: [deadId], updated: [] })
    expect(new Set(emails?.['created'] as string[])).toEqual(new Set([joining.id, two.id]))
    expect(threads).toMatchObject({ destroyed: [deadThread] })
    expect(threads?.['updated']).toEqual(expect.arrayContaining([deadThread, one.thread.id]))
    expect(got).toMatchObject({
      list: [
        { id: deadId, threadId: deadThread, blobId: two.blobId },
        { id: two.id, threadId: one.thread.id, blobId: two.blobId },
      ],
      notFound: [],
    })
  })

  it('M17: threads join only when the subjects match', async () => {
    const client = stalwart()
    client.account.deliver(mail({ id: 'a', subject: 'One' }))
    client.account.deliver(mail({ id: 'b', subject: 'Two' }))
    client.account.deliver(mail({ id: 'c', subject: 'Re: One', inReplyTo: ['a', 'b'] }))
    expect(client.account.threads.size).toBe(2)
    expect((await client.call('Thread/get', { ids: null }))['list']).toHaveLength(2)
  })

  it('M40: a /set on a dead id acts on the living message and answers under the dead one', async () => {
    const client = stalwart()
    client.account.deliver(mail({ id: 'a', subject: 'Merge' }))
    const two = client.account.deliver(mail({ id: 'b', subject: 'Merge' }))
    const deadId = two.id
    client.account.deliver(mail({ id: 'c', subject: 'Merge', inReplyTo: ['a', 'b'] }))
    const { state } = await client.call('Email/get', { ids: [] })
    const [set, changes] = await client.calls([
      ['Email/set', { update: { [deadId]: { 'keywords/$flagged': true } } }],
      ['Email/changes', { sinceState: state }],
    ])
    expect(set).toMatchObject({ updated: { [deadId]: null } })
    expect(changes).toMatchObject({ updated: [two.id] })
    expect(await client.call('Email/set', { destroy: [deadId] })).toMatchObject({ destroyed: [deadId] })
    expect(await client.call('Email/get', { ids: [deadId] })).toMatchObject({ notFound: [deadId] })
  })

  it('M32, M33: 5,000 ids at most, and nothing is added back beyond index 5,000', async () => {
    const client = stalwart()
    client.account.transact(() => {
      for (let index = 0; index < 5010; index += 1) {
        const subject = `S ${index}`
        client.account.addLazy({
          from: null,
          to: null,
          subject,
          preview: 'p',
          size: 1,
          receivedAt: 1.6e12 + index * 1000,
          raw: () => mail(),
        })
      }
    })
    const all = { ...list, collapseThreads: false }
    const { ids, limit, queryState } = (await client.call('Email/query', all)) as {
      ids: string[]
      limit: number
      queryState: string
    }
    expect([ids.length, limit]).toEqual([5000, 5000])
    expect((await client.call('Email/query', { ...all, position: 5005 }))['ids']).toHaveLength(5)
    for (const email of client.account.emails.values()) client.account.setKeywords(email.id, { $flagged: true })
    const changes = await client.call('Email/queryChanges', { ...all, sinceQueryState: queryState })
    expect([(changes['removed'] as string[]).length, (changes['added'] as string[]).length]).toEqual([5010, 5000])
  })

  it('M34: equal receivedAt come in order of arrival in both directions', async () => {
    const client = stalwart()
    const ids = Array.from({ length: 3 }, () => client.account.deliver(mail(), { receivedAt: 1.7e12 }).id)
    client.clock.advance(5000)
    for (const isAscending of [true, false]) {
      const answer = await client.call('Email/query', { sort: [{ property: 'receivedAt', isAscending }] })
      expect(answer['ids']).toEqual(ids)
    }
  })
})
