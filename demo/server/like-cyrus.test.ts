/** Every way in which Cyrus 3.6 departs, as cyrus.md has it. */
import { describe, expect, it } from 'vitest'
import { ALICE, BOB, mail, NEWEST_FIRST, TestClient } from './test-client.ts'

const alice = { username: 'alice', password: 'p' }
const cyrus = (): TestClient => new TestClient({ like: 'cyrus', users: [alice, BOB] }, alice)

describe('like cyrus', () => {
  it('redirects /.well-known/jmap by 301 to an absolute URL, and serves no session without a password', async () => {
    const client = cyrus()
    const response = await client.fetch('/.well-known/jmap', { anonymous: true })
    expect([response.status, response.headers.get('Location')]).toEqual([301, 'https://mail.example.test/jmap'])
    const refused = await client.fetch('/jmap', { anonymous: true })
    expect(refused.status).toBe(401)
    expect(refused.headers.get('WWW-Authenticate')).toMatch(/^Bearer .*Basic/)
    expect((await client.fetch('/jmap', { method: 'OPTIONS', anonymous: true })).status).toBe(401)
  })

  it('has relative URLs, other limits, a draft’s names, and the user name as account id', async () => {
    const session = (await (await cyrus().fetch('/jmap')).json()) as {
      capabilities: Record<string, unknown>
      accounts: Record<string, { accountCapabilities: Record<string, unknown> }>
    }
    expect(session).toMatchObject({ apiUrl: '/jmap/', username: 'alice' })
    expect(session.capabilities['urn:ietf:params:jmap:core']).toMatchObject({
      maxCallsInRequest: 50,
      maxObjectsInGet: 4096,
    })
    const mailCapability = session.accounts['alice']?.accountCapabilities['urn:ietf:params:jmap:mail']
    expect(mailCapability).toHaveProperty('emailsListSortOptions')
    expect(mailCapability).not.toHaveProperty('emailQuerySortOptions')
    expect(session.capabilities).not.toHaveProperty('urn:ietf:params:jmap:quota')
  })

  it('answers the event source with 204, always', async () => {
    const client = cyrus()
    expect((await client.fetch('/jmap/eventsource/?types=*&closeafter=no&ping=30')).status).toBe(204)
    expect(client.server.streams.size).toBe(0)
  })

  it('refuses one unknown capability with the whole request, and another content type with a page', async () => {
    const client = cyrus()
    const response = await client.post('{"using":["urn:ietf:params:jmap:quota"],"methodCalls":[]}')
    expect(await response.json()).toMatchObject({ type: 'urn:ietf:params:jmap:error:unknownCapability' })
    const page = await client.post('{}', { 'Content-Type': 'text/plain' })
    expect([page.status, page.headers.get('Content-Type')]).toEqual([415, 'text/html; charset=utf-8'])
  })

  it('refuses 4,097 ids with the whole request, and ids: null of Email/get', async () => {
    const client = cyrus()
    const ids = Array.from({ length: 4097 }, (_, index) => `M${index}`)
    await expect(client.call('Email/get', { ids })).rejects.toThrow(/maxObjectsInGet/)
    expect(await client.call('Email/get', { ids: null })).toMatchObject({ type: 'requestTooLarge' })
  })

  it('makes ids of content: the same bytes have the same id in two accounts', () => {
    const client = cyrus()
    const raw = mail({ id: 'same' })
    const [mine, theirs] = [client.account.deliver(raw), client.server.accountOf(BOB.username).deliver(raw)]
    expect(mine.id).toMatch(/^M[0-9a-f]{24}$/)
    expect(mine.blobId).toMatch(/^G[0-9a-f]{40}$/)
    expect(mine.thread.id).toMatch(/^T[0-9a-f]{16}$/)
    expect(theirs.id).toBe(mine.id)
  })

  it('refuses the same bytes twice', async () => {
    const client = cyrus()
    const raw = mail({ id: 'twice' })
    const { id } = client.account.deliver(raw)
    const upload = await client.fetch('/jmap/upload/alice/', { method: 'POST', body: raw })
    const { blobId } = (await upload.json()) as { blobId: string }
    const answer = await client.call('Email/import', { emails: { a: { blobId, mailboxIds: { mb1: true } } } })
    expect(answer).toMatchObject({ notCreated: { a: { type: 'alreadyExists', existingId: id } } })
    expect(answer).not.toHaveProperty('newState')
  })

  it('leaves out an empty preview, lower-cases keywords, adds $hasattachment', async () => {
    const client = cyrus()
    const attached = 'Content-Type: application/pdf\r\nContent-Disposition: attachment\r\n\r\nx'
    const { id } = client.account.deliver(attached)
    client.account.setKeywords(id, { $Forwarded: true })
    const answer = await client.call('Email/get', { ids: [id], properties: ['preview', 'keywords'] })
    expect(answer['list']).toEqual([{ id, keywords: { $forwarded: true, $hasattachment: true } }])
    expect((await client.call('Email/query', { filter: { hasKeyword: '$HasAttachment' } }))['ids']).toEqual([id])
  })

  it('has decimal states, a queryState of its own, and invalidArguments for garbage', async () => {
    const client = cyrus()
    client.account.deliver(mail())
    const answers = await client.calls([
      ['Email/get', { ids: [] }],
      ['Email/query', { sort: NEWEST_FIRST }],
      ['Email/changes', { sinceState: 'garbage' }],
    ])
    expect(answers[0]?.['state']).toMatch(/^\d+$/)
    expect(answers[1]?.['queryState']).toBe(`${String(answers[0]?.['state'])}:0`)
    expect(answers[1]).toMatchObject({ sort: NEWEST_FIRST, collapseThreads: false, total: 1 })
    expect(answers[2]).toMatchObject({ type: 'invalidArguments' })
  })

  it('cannot calculate changes of keyword, attachment and NOT filters', async () => {
    const client = cyrus()
    for (const filter of [
      { notKeyword: '$seen' },
      { hasAttachment: true },
      { operator: 'NOT', conditions: [{ text: 'x' }] },
    ]) {
      const { canCalculateChanges, queryState } = await client.call('Email/query', { filter })
      expect(canCalculateChanges).toBe(false)
      expect(await client.call('Email/queryChanges', { filter, sinceQueryState: queryState })).toMatchObject({
        type: 'cannotCalculateChanges',
      })
    }
    expect(await client.call('Email/query', { filter: { inMailbox: 'mb1' } })).toMatchObject({
      canCalculateChanges: true,
    })
  })

  it('refuses an unknown mailbox, thread keywords but $seen, and a sort', async () => {
    const client = cyrus()
    expect(await client.call('Email/query', { filter: { inMailbox: 'nope' } })).toMatchObject({
      type: 'invalidArguments',
    })
    const filter = { someInThreadHaveKeyword: '$flagged' }
    expect(await client.call('Email/query', { filter })).toMatchObject({ type: 'unsupportedFilter' })
    const sort = [{ property: 'allInThreadHaveKeyword', keyword: '$seen' }]
    expect(await client.call('Email/query', { sort })).toMatchObject({ type: 'unsupportedSort' })
  })

  it('lists an unknown id as destroyed, and takes a change of the subject for done', async () => {
    const client = cyrus()
    const { id } = client.account.deliver(mail({ subject: 'Before' }))
    const answer = await client.call('Email/set', { destroy: ['Mnope'], update: { [id]: { subject: 'After' } } })
    expect(answer).toMatchObject({ destroyed: ['Mnope'], notDestroyed: null, updated: { [id]: null } })
    expect(client.account.emails.get(id)?.meta.subject).toBe('Before')
  })

  it('takes a role from its mailbox silently, and refuses some names', async () => {
    const client = cyrus()
    const answer = await client.call('Mailbox/set', {
      create: { a: { name: 'New', role: 'archive' }, b: { name: 'a/b' } },
    })
    expect(answer).toMatchObject({ notCreated: { b: { type: 'serverFail' } } })
    expect(
      [...client.account.mailboxes.values()].filter(({ role }) => role === 'archive').map(({ name }) => name),
    ).toEqual(['New'])
  })

  it('finds a new message by words only after some milliseconds', async () => {
    const client = cyrus()
    client.account.deliver(mail({ subject: 'Findable' }))
    const find = async (): Promise<unknown> =>
      (await client.call('Email/query', { filter: { text: 'findable' } }))['ids']
    expect(await find()).toEqual([])
    client.clock.advance(100)
    expect(await find()).toHaveLength(1)
  })

  it('has one identity without an address, names a draft’s reference error, and an older quota', async () => {
    const client = new TestClient({ like: 'cyrus', users: [{ ...alice, quotaBytes: 1000 }, ALICE] }, alice)
    client.account.deliver(mail())
    const answers = await client.calls([
      ['Identity/get', { ids: null }],
      ['Email/get', { '#ids': { resultOf: 'zz', name: 'Email/query', path: '/ids' } }],
      ['Quota/get', { ids: null }],
      ['Identity/changes', { sinceState: '0' }],
    ])
    expect(answers[0]?.['list']).toMatchObject([{ id: 'alice', name: '', email: '' }])
    expect(answers[1]).toMatchObject({ type: 'resultReference' })
    expect(answers[2]?.['list']).toEqual([{ id: 'mail', used: client.account.usedBytes, total: 1000 }])
    expect(answers[3]).toMatchObject({ type: 'unknownMethod' })
  })
})
