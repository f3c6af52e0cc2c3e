import { describe, expect, it } from 'vitest'
import { ALICE, BOB, mail, TestClient } from './test-client.ts'

/** Bob reads Alice's Inbox and writes in her Archive; the rest he does not see. */
function shared(): TestClient {
  return new TestClient({
    users: [{ ...ALICE, shares: [{ with: BOB.username, mailboxes: { Inbox: 'read', Archive: 'write' } }] }, BOB],
  })
}

describe('a shared account', () => {
  it('stands in the session of whom it is shared with', async () => {
    const client = shared()
    const headers = { Authorization: `Basic ${btoa(`${BOB.username}:${BOB.password}`)}` }
    const session = (await (await client.fetch('/jmap/session', { headers })).json()) as {
      accounts: Record<string, unknown>
      primaryAccounts: Record<string, string>
    }
    expect(session.accounts[client.account.id]).toMatchObject({
      name: ALICE.username,
      isPersonal: false,
      isReadOnly: false,
    })
    expect(Object.values(session.primaryAccounts)).not.toContain(client.account.id)
  })

  it('shows only the shared mailboxes, with rights', async () => {
    const [answer] = await shared().as(BOB)([['Mailbox/get', { ids: null }]])
    const rights = (answer?.['list'] as { name: string; myRights: Record<string, boolean> }[]).map(
      ({ name, myRights }) => [name, myRights['maySetSeen']],
    )
    expect(new Map(rights as [string, boolean][])).toEqual(
      new Map([
        ['Inbox', false],
        ['Archive', true],
      ]),
    )
  })

  it('shows of a mailbox with the right to look it up that it is there, and no mail', async () => {
    const client = new TestClient({
      users: [{ ...ALICE, shares: [{ with: BOB.username, mailboxes: { Inbox: 'lookup' } }] }, BOB],
    })
    const { id } = client.account.deliver(mail())
    const [mailboxes, emails, query] = await client.as(BOB)([
      ['Mailbox/get', { ids: null }],
      ['Email/get', { ids: [id] }],
      ['Email/query', {}],
    ])
    expect(mailboxes?.['list']).toMatchObject([{ name: 'Inbox', myRights: { mayReadItems: false, maySetSeen: false } }])
    expect(emails).toMatchObject({ list: [], notFound: [id] })
    expect(query).toMatchObject({ ids: [] })
  })

  it('refuses writing where there is no right to', async () => {
    const client = shared()
    const { id } = client.account.deliver(mail())
    const archive = client.account.mailboxByRole('archive')!.id
    const kept = client.account.deliver(mail(), { mailboxIds: [archive] })
    const [answer] = await client.as(BOB)([
      ['Email/set', { update: { [id]: { 'keywords/$seen': true }, [kept.id]: { 'keywords/$seen': true } } }],
    ])
    expect(answer).toMatchObject({ updated: { [kept.id]: null }, notUpdated: { [id]: { type: 'forbidden' } } })
  })

  it('says destroyed of what moved out of sight', async () => {
    const client = shared()
    const email = client.account.deliver(mail())
    const as = client.as(BOB)
    const [{ state }] = (await as([['Email/get', { ids: [] }]])) as [{ state: string }]
    client.account.move(email.id, [client.account.mailboxByRole('trash')!.id])
    const hidden = client.account.deliver(mail(), { mailboxIds: [client.account.mailboxByRole('sent')!.id] })
    const [changes, got, query] = await as([
      ['Email/changes', { sinceState: state }],
      ['Email/get', { ids: [email.id, hidden.id] }],
      ['Email/query', {}],
    ])
    expect(changes).toMatchObject({ created: [], updated: [], destroyed: [email.id] })
    expect(got).toMatchObject({ list: [], notFound: [email.id, hidden.id] })
    expect(query).toMatchObject({ ids: [] })
  })

  it('is not there for anybody else', async () => {
    const client = new TestClient()
    expect(await client.as(BOB)([['Mailbox/get', { ids: null }]])).toMatchObject([{ type: 'accountNotFound' }])
  })
})

describe('Mailbox/set', () => {
  it('destroys only what is empty or may be emptied, children first', async () => {
    const client = new TestClient()
    const parent = client.account.createMailbox({ name: 'Parent' })
    const child = client.account.createMailbox({ name: 'Child', parentId: parent.id })
    const email = client.account.deliver(mail(), { mailboxIds: [child.id] })
    expect(await client.call('Mailbox/set', { destroy: [parent.id, child.id] })).toMatchObject({
      notDestroyed: { [parent.id]: { type: 'mailboxHasChild' }, [child.id]: { type: 'mailboxHasEmail' } },
    })
    const both = await client.call('Mailbox/set', { destroy: [child.id, parent.id], onDestroyRemoveEmails: true })
    expect(both).toMatchObject({ destroyed: [child.id, parent.id] })
    expect(client.account.emails.has(email.id)).toBe(false)
  })

  it('names counts alone in updatedProperties when nothing else changed', async () => {
    const client = new TestClient()
    const { state } = await client.call('Mailbox/get', { ids: [] })
    client.account.deliver(mail())
    const counts = ['totalEmails', 'unreadEmails', 'totalThreads', 'unreadThreads']
    expect(await client.call('Mailbox/changes', { sinceState: state })).toMatchObject({ updatedProperties: counts })
    client.account.renameMailbox('mb2', 'Kept')
    expect(await client.call('Mailbox/changes', { sinceState: state })).toMatchObject({ updatedProperties: null })
  })

  it('refuses cycles, siblings of one name, and a second Inbox', async () => {
    const client = new TestClient()
    const parent = client.account.createMailbox({ name: 'Parent' })
    const child = client.account.createMailbox({ name: 'Child', parentId: parent.id })
    const answer = await client.call('Mailbox/set', {
      create: { a: { name: 'parent' }, b: { name: 'In', role: 'inbox' } },
      update: { [parent.id]: { parentId: child.id } },
    })
    expect(answer).toMatchObject({
      notCreated: { a: { type: 'alreadyExists' }, b: { properties: ['role'] } },
      notUpdated: { [parent.id]: { properties: ['parentId'] } },
    })
  })
})

describe('Quota and VacationResponse', () => {
  it('counts bytes against the limit, and has no quota without one', async () => {
    const client = new TestClient({ users: [{ ...ALICE, quotaBytes: 5000 }] })
    const { meta } = client.account.deliver(mail())
    expect((await client.call('Quota/get', { ids: null }))['list']).toMatchObject([
      { resourceType: 'octets', used: meta.size, hardLimit: 5000 },
    ])
    expect((await new TestClient().call('Quota/get', { ids: null }))['list']).toEqual([])
  })

  it('keeps the singleton', async () => {
    const client = new TestClient()
    const answer = await client.call('VacationResponse/set', {
      update: { singleton: { isEnabled: true, subject: 'Away' } },
      create: { x: {} },
    })
    expect(answer).toMatchObject({ updated: { singleton: null }, notCreated: { x: { type: 'singleton' } } })
    expect((await client.call('VacationResponse/get', { ids: null }))['list']).toMatchObject([
      { isEnabled: true, subject: 'Away' },
    ])
  })
})
