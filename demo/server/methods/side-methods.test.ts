import { describe, expect, it } from 'vitest'
import { ALICE, BOB, TestClient } from '../test-client.ts'

const HOLDER = { ...BOB, shares: [{ with: ALICE.username, mailboxes: 'write' }] } as const

describe('Blob/copy', () => {
  it('copies what is there, and says of each blob that is not', async () => {
    const client = new TestClient({ users: [ALICE, HOLDER] })
    const accountId = client.server.accountOf(BOB.username).id
    const fromAccountId = client.account.id
    client.account.side.uploads.set('here', { bytes: new TextEncoder().encode('text'), type: 'text/plain' })
    const answer = await client.call('Blob/copy', { fromAccountId, accountId, blobIds: ['here', 'gone'] })
    expect(answer).toMatchObject({ fromAccountId, accountId, notCopied: { gone: { type: 'blobNotFound' } } })
    const copy = (answer['copied'] as Record<string, string>)['here'] ?? ''
    expect(client.server.accountOf(BOB.username).side.uploads.get(copy)?.type).toBe('text/plain')
  })

  it('refuses to copy within one account', async () => {
    const client = new TestClient()
    const accountId = client.account.id
    const answer = await client.call('Blob/copy', { fromAccountId: accountId, accountId, blobIds: [] })
    expect(answer['type']).toBe('invalidArguments')
  })
})

describe('Identity/set', () => {
  it('changes what may be changed, tells of it, and refuses the rest', async () => {
    const client = new TestClient()
    const [id] = client.account.side.identities.keys()
    const { state } = await client.call('Identity/get', { ids: [] })
    const answer = await client.call('Identity/set', {
      create: { n: { email: ALICE.username } },
      update: { [id!]: { name: 'Alice A.', replyTo: [{ email: 'a@b.test' }] }, gone: { name: 'x' } },
    })
    expect(answer).toMatchObject({
      updated: { [id!]: null },
      notCreated: { n: { type: 'forbidden' } },
      notUpdated: { gone: { type: 'notFound' } },
    })
    expect(await client.call('Identity/get', { ids: [id] })).toMatchObject({ list: [{ name: 'Alice A.' }] })
    expect(await client.call('Identity/changes', { sinceState: state })).toMatchObject({ updated: [id] })
    const wrong = await client.call('Identity/set', { update: { [id!]: { email: 'other@example.test' } } })
    expect(wrong['notUpdated']).toEqual({ [id!]: { type: 'invalidProperties', properties: ['email'] } })
  })
})

describe('Mailbox/queryChanges', () => {
  const query = { filter: null, sort: [{ property: 'name', isAscending: true }] }

  it('says where a new mailbox stands and which one is gone', async () => {
    const client = new TestClient()
    const { queryState, ids } = await client.call('Mailbox/query', query)
    const made = await client.call('Mailbox/set', { create: { m: { name: 'AAA' } } })
    const { id } = (made['created'] as Record<string, { id: string }>)['m']!
    const since = { ...query, sinceQueryState: queryState }
    const added = await client.call('Mailbox/queryChanges', { ...since, calculateTotal: true })
    expect(added).toMatchObject({ removed: [], added: [{ id, index: 0 }], total: (ids as string[]).length + 1 })
    await client.call('Mailbox/set', { destroy: [id] })
    expect(
      await client.call('Mailbox/queryChanges', { ...query, sinceQueryState: added['newQueryState'] }),
    ).toMatchObject({
      removed: [id],
      added: [],
    })
  })

  it('is calculated by none of the real servers', async () => {
    const client = new TestClient({ like: 'stalwart' })
    const { queryState } = await client.call('Mailbox/query', query)
    const answer = await client.call('Mailbox/queryChanges', { ...query, sinceQueryState: queryState })
    expect(answer['type']).toBe('cannotCalculateChanges')
  })
})

describe('PushSubscription/set', () => {
  it('refuses an address that is not https for what it is, and every other by policy', async () => {
    const client = new TestClient()
    const create = { plain: { url: 'http://push.test/' }, safe: { url: 'https://push.test/' } }
    expect(await client.call('PushSubscription/set', { create })).toMatchObject({
      notCreated: { plain: { type: 'invalidProperties', properties: ['url'] }, safe: { type: 'forbidden' } },
    })
    expect(await client.call('PushSubscription/get', { ids: null })).toEqual({ list: [], notFound: [] })
  })
})
