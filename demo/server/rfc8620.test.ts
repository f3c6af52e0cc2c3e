import { describe, expect, it } from 'vitest'
import { mail, TestClient, USING } from './test-client.ts'

const problem = async (response: Response): Promise<[number, Record<string, unknown>]> => [
  response.status,
  (await response.json()) as Record<string, unknown>,
]

describe('a plain server, RFC 8620', () => {
  it('leads from /.well-known/jmap to a session with a password only', async () => {
    const client = new TestClient()
    const wellKnown = await client.fetch('/.well-known/jmap')
    expect([wellKnown.status, wellKnown.headers.get('Location')]).toEqual([307, '/jmap/session'])
    const refused = await client.fetch('/jmap/session', { anonymous: true })
    expect([refused.status, refused.headers.get('WWW-Authenticate')]).toEqual([401, 'Basic realm="mail.example.test"'])
    const session = (await (await client.fetch('/jmap/session')).json()) as Record<string, unknown>
    expect(session['username']).toBe('alice@example.test')
    expect(session['apiUrl']).toBe('https://mail.example.test/jmap/')
    expect(Object.keys(session['accounts'] as object)).toEqual([client.account.id])
  })

  it.each([
    ['{nope', 'notJSON'],
    ['{"using":[],"methodCalls":{}}', 'notRequest'],
    ['{"using":["urn:example:nope"],"methodCalls":[]}', 'unknownCapability'],
  ])('refuses %s as %s', async (body, type) => {
    const client = new TestClient()
    const [status, detail] = await problem(await client.post(body))
    expect([status, detail['type']]).toEqual([400, `urn:ietf:params:jmap:error:${type}`])
  })

  it('refuses a content type that is not JSON', async () => {
    const [status, detail] = await problem(await new TestClient().post('{}', { 'Content-Type': 'text/plain' }))
    expect([status, detail['type']]).toEqual([400, 'urn:ietf:params:jmap:error:notJSON'])
  })

  it('names the limit that a request exceeds', async () => {
    const client = new TestClient({ limits: { maxCallsInRequest: 2, maxSizeRequest: 500 } })
    const calls = Array.from({ length: 3 }, (_, index) => ['Core/echo', {}, String(index)])
    const many = await problem(await client.post(JSON.stringify({ using: USING.slice(0, 1), methodCalls: calls })))
    expect(many[1]).toMatchObject({ type: 'urn:ietf:params:jmap:error:limit', limit: 'maxCallsInRequest' })
    const large = await problem(await client.post(' '.repeat(501)))
    expect(large[1]).toMatchObject({ limit: 'maxSizeRequest' })
  })

  it('refuses more concurrent requests than allowed', async () => {
    const client = new TestClient({ limits: { maxConcurrentRequests: 1 } })
    client.server.faults.add({ match: { path: '/jmap/', nth: 1 }, do: { kind: 'delay', ms: 1000 } })
    const slow = client.call('Core/echo', { a: 1 })
    await new Promise((resolve) => setTimeout(resolve, 0))
    const [status, detail] = await problem(await client.post('{"using":[],"methodCalls":[]}'))
    expect([status, detail['limit']]).toEqual([400, 'maxConcurrentRequests'])
    client.clock.advance(1000)
    expect(await slow).toMatchObject({ a: 1 })
    expect((await client.call('Core/echo', { b: 2 }))['b']).toBe(2)
  })

  it('wants the capability of a method in using', async () => {
    const client = new TestClient()
    const body = { using: [USING[0]], methodCalls: [['Email/get', { accountId: client.account.id, ids: [] }, 'a']] }
    const answer = (await (await client.post(JSON.stringify(body))).json()) as { methodResponses: unknown[][] }
    expect(answer.methodResponses[0]).toMatchObject(['error', { type: 'unknownMethod' }, 'a'])
  })

  it('answers each call on its own: an error leaves the others standing', async () => {
    const client = new TestClient()
    const answers = await client.calls([
      ['Email/nope', {}],
      ['Core/echo', { still: 'here' }],
      ['Email/get', { accountId: 'zzz', ids: [] }],
      ['Email/get', { ids: 3 }],
    ])
    expect(answers.map((answer) => answer['type'] ?? answer['still'])).toEqual([
      'unknownMethod',
      'here',
      'accountNotFound',
      'invalidArguments',
    ])
  })

  it('resolves result references, flattening lists of lists', async () => {
    const client = new TestClient()
    client.account.deliver(mail({ id: 'a' }))
    client.account.deliver(mail({ id: 'b', inReplyTo: ['a'] }))
    const reference = (resultOf: string, name: string, path: string): unknown => ({ resultOf, name, path })
    const answers = await client.calls([
      ['Email/query', { collapseThreads: true }, 'q'],
      ['Email/get', { '#ids': reference('q', 'Email/query', '/ids'), properties: ['threadId'] }, 'g'],
      ['Thread/get', { '#ids': reference('g', 'Email/get', '/list/*/threadId') }, 't'],
      ['Email/get', { '#ids': reference('t', 'Thread/get', '/list/*/emailIds'), properties: ['subject'] }, 'l'],
      ['Email/get', { '#ids': reference('q', 'Email/get', '/ids') }, 'x'],
      ['Email/get', { ids: [], '#ids': reference('q', 'Email/query', '/ids') }, 'y'],
    ])
    expect(answers[3]?.['list']).toHaveLength(2)
    expect(answers[4]?.['type']).toBe('invalidResultReference')
    expect(answers[5]?.['type']).toBe('invalidArguments')
  })

  it('carries creation ids through the calls of a request', async () => {
    const client = new TestClient()
    const [mailboxes, emails] = await client.calls([
      ['Mailbox/set', { create: { p: { name: 'Parent' }, c: { name: 'Child', parentId: '#p' } } }],
      ['Email/set', { create: { d: { mailboxIds: { '#c': true }, subject: 'in child' } } }],
    ])
    const child = (mailboxes?.['created'] as Record<string, { id: string }>)['c']!
    const created = (emails?.['created'] as Record<string, { id: string }>)['d']!
    expect(client.account.emails.get(created.id)?.mailboxIds).toEqual(new Set([child.id]))
  })

  it('keeps to ifInState', async () => {
    const client = new TestClient()
    const email = client.account.deliver(mail())
    const update = { [email.id]: { 'keywords/$seen': true } }
    expect(await client.call('Email/set', { ifInState: '0', update })).toMatchObject({ type: 'stateMismatch' })
    const { state } = await client.call('Email/get', { ids: [] })
    expect(await client.call('Email/set', { ifInState: state, update })).toMatchObject({
      updated: { [email.id]: null },
    })
  })

  it('takes an upload and gives it back as a download nobody can run', async () => {
    const client = new TestClient()
    const path = `/jmap/upload/${client.account.id}/`
    const uploaded = await client.fetch(path, {
      method: 'POST',
      body: 'hello',
      headers: { 'Content-Type': 'text/html' },
    })
    const { blobId, size } = (await uploaded.json()) as { blobId: string; size: number }
    expect([uploaded.status, size]).toEqual([201, 5])
    const name = encodeURIComponent('naïve & name.html')
    const file = await client.fetch(`/jmap/download/${client.account.id}/${blobId}/${name}?accept=text%2Fplain`)
    expect(await file.text()).toBe('hello')
    expect(file.headers.get('Content-Type')).toBe('text/plain')
    expect(file.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(file.headers.get('Content-Disposition')).toBe(`attachment; filename*=UTF-8''${name}`)
    expect((await client.fetch(`/jmap/download/${client.account.id}/nonsense/x`)).status).toBe(404)
  })
})
