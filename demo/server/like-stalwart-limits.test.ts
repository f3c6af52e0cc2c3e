/** Stalwart's errors, limits and blobs, as recorded: the numbers are those of stalwart.md. */
import { describe, expect, it } from 'vitest'
import { ALICE, BOB, mail, TestClient, USING } from './test-client.ts'

const stalwart = (options: ConstructorParameters<typeof TestClient>[0] = {}): TestClient =>
  new TestClient({ like: 'stalwart', ...options })

describe('like stalwart: errors and limits', () => {
  it('M19: notRequest repeats the whole request, for broken JSON and unknown capabilities too', async () => {
    const client = stalwart()
    for (const body of ['{nope', '{"a":1}', '{"using":["urn:example:nope"],"methodCalls":[]}']) {
      const response = await client.post(body)
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ type: 'urn:ietf:params:jmap:error:notRequest', detail: body })
    }
    expect(await client.call('Email/get', { accountId: 'zzz', ids: [] })).toMatchObject({ type: 'forbidden' })
  })

  it('M20: 16 calls, 500 ids, 10 MB, 4 at once', async () => {
    const client = stalwart()
    const core = ((await (await client.fetch('/jmap/session')).json()) as { capabilities: Record<string, unknown> })
      .capabilities[USING[0]!]
    expect(core).toMatchObject({
      maxCallsInRequest: 16,
      maxObjectsInGet: 500,
      maxObjectsInSet: 500,
      maxConcurrentRequests: 4,
      maxSizeRequest: 10_000_000,
    })
    const calls = Array.from({ length: 17 }, (_, index) => ['Core/echo', {}, String(index)])
    const many = await client.post(JSON.stringify({ using: USING, methodCalls: calls }))
    expect(await many.json()).toMatchObject({ limit: 'maxCallsInRequest' })
    const ids = Array.from({ length: 501 }, (_, index) => `b${index}`)
    expect(await client.call('Email/get', { ids })).toMatchObject({ type: 'requestTooLarge' })
  })

  it('M21: 50 MB of uploads an hour, then 429 with Retry-After, refused ones counted', async () => {
    const client = stalwart({ limits: { uploadQuota: 10 } })
    const send = (): Promise<Response> =>
      client.fetch(`/jmap/upload/${client.account.id}/`, { method: 'POST', body: '123456' })
    expect((await send()).status).toBe(201)
    const refused = await send()
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '3600'])
    client.clock.advance(3_600_000)
    expect((await send()).status).toBe(201)
  })

  it('M22: a foreign blob is 404, and the name comes back as it was sent', async () => {
    const client = stalwart()
    const { blobId } = client.account.deliver(mail())
    const path = `/jmap/download/${client.account.id}/${blobId}/na%C3%AFve.eml`
    expect((await client.fetch(path)).headers.get('Content-Disposition')).toBe('attachment; filename="na%C3%AFve.eml"')
    const Authorization = `Basic ${btoa(`${BOB.username}:${BOB.password}`)}`
    expect((await client.fetch(path, { headers: { Authorization } })).status).toBe(404)
  })

  it('says isReadOnly false and copies all capabilities to shared accounts; Identity/get there is forbidden (M29)', async () => {
    const client = new TestClient({
      like: 'stalwart',
      users: [{ ...ALICE, shares: [{ with: BOB.username, mailboxes: 'read' }] }, BOB],
    })
    const Authorization = `Basic ${btoa(`${BOB.username}:${BOB.password}`)}`
    const session = (await (await client.fetch('/jmap/session', { headers: { Authorization } })).json()) as {
      accounts: Record<string, unknown>
    }
    expect(session.accounts[client.account.id]).toMatchObject({ isPersonal: false, isReadOnly: false })
    const [identities] = await client.as(BOB)([['Identity/get', { ids: null }]])
    expect(identities).toMatchObject({ type: 'forbidden' })
  })

  it('leaves out an empty preview, and null results of a /set', async () => {
    const client = stalwart()
    const { id } = client.account.deliver(mail({ body: ' ' }))
    const answer = await client.call('Email/get', { ids: [id], properties: ['preview'] })
    expect(answer['list']).toEqual([{ id }])
    expect(
      Object.keys(await client.call('Email/set', { update: { [id]: { 'keywords/$seen': true } } })).sort(),
    ).toEqual([...['accountId', 'newState', 'oldState', 'updated']])
  })
})
