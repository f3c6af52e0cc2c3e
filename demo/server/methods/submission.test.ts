import { describe, expect, it } from 'vitest'
import { BOB, TestClient } from '../test-client.ts'
import type { Result } from '../test-client.ts'
import type { PersonalityName } from '../options.ts'

async function send(client: TestClient, to: readonly string[], envelope?: Record<string, unknown>): Promise<Result[]> {
  const drafts = client.account.mailboxByRole('drafts')!.id
  const sent = client.account.mailboxByRole('sent')!.id
  const identityId = [...client.account.side.identities.keys()][0]
  return client.calls([
    [
      'Email/set',
      {
        create: {
          d: {
            mailboxIds: { [drafts]: true },
            keywords: { $draft: true },
            from: [{ email: 'alice@example.test' }],
            to: to.map((email) => ({ email })),
            bcc: [{ email: 'secret@elsewhere.test' }],
            subject: 'Sent',
            textBody: [{ partId: 't', type: 'text/plain' }],
            bodyValues: { t: { value: 'text' } },
          },
        },
      },
    ],
    [
      'EmailSubmission/set',
      {
        create: { s: { emailId: '#d', identityId, ...(envelope && { envelope }) } },
        onSuccessUpdateEmail: {
          '#s': { [`mailboxIds/${drafts}`]: null, [`mailboxIds/${sent}`]: true, 'keywords/$draft': null },
        },
      },
    ],
    ['EmailSubmission/get', { ids: ['#s'] }],
  ])
}

const inboxOf = (client: TestClient, username: string): string[] =>
  [...client.server.accountOf(username).emails.values()].map((email) => new TextDecoder().decode(email.raw()))

const from = (parameters: Record<string, unknown>): Record<string, unknown> => ({
  mailFrom: { email: 'alice@example.test', parameters },
  rcptTo: [{ email: BOB.username }],
})

describe('EmailSubmission', () => {
  it.each<PersonalityName>(['plain', 'stalwart'])(
    'delivers to a local user and files the draft as sent (%s)',
    async (like) => {
      const client = new TestClient({ like })
      const [created, submitted, implied, got] = await send(client, [BOB.username])
      const id = (created?.['created'] as Record<string, { id: string }>)['d']!.id
      expect(submitted).toMatchObject({ created: { s: { undoStatus: 'pending' } } })
      expect(implied).toMatchObject({ updated: { [id]: null } })
      expect(got?.['list']).toMatchObject([
        { emailId: id, deliveryStatus: { [BOB.username]: { delivered: 'queued' } } },
      ])
      expect([...client.account.emails.get(id)!.mailboxIds]).toEqual([client.account.mailboxByRole('sent')!.id])
      expect(client.account.emails.get(id)!.keywords.has('$draft')).toBe(false)
      client.clock.advance(1)
      const [raw] = inboxOf(client, BOB.username)
      expect(raw).toMatch(/^Delivered-To: bob@example\.test\r\n/)
      expect(raw).not.toMatch(/secret@/)
      expect([...client.account.side.submissions.values()]).toMatchObject([{ undoStatus: 'final' }])
    },
  )

  it('M23: a refused recipient is created and final, and the mail stands in Sent', async () => {
    const client = new TestClient({ like: 'stalwart' })
    const [, submitted, implied, got] = await send(client, ['nobody@example.test'], {
      mailFrom: { email: 'alice@example.test' },
      rcptTo: [{ email: 'nobody@example.test' }],
    })
    expect(submitted).toMatchObject({ created: { s: { undoStatus: 'final' } } })
    expect(implied).toHaveProperty('updated')
    expect(got?.['list']).toMatchObject([
      {
        deliveryStatus: { 'nobody@example.test': { delivered: 'no', smtpReply: '550 5.1.2 Mailbox does not exist.' } },
      },
    ])
  })

  it('M23: a foreign mailFrom is forbiddenFrom, and the /get that follows a method error', async () => {
    const client = new TestClient({ like: 'stalwart' })
    const envelope = { mailFrom: { email: 'x@elsewhere.test' }, rcptTo: [{ email: BOB.username }] }
    const [, submitted, got] = await send(client, [BOB.username], envelope)
    expect(submitted).toMatchObject({ notCreated: { s: { type: 'forbiddenFrom' } } })
    expect(got).toMatchObject({ type: 'invalidResultReference' })
  })

  it('M24: HOLDFOR is kept and can be cancelled; 20 days are refused', async () => {
    const client = new TestClient({ like: 'stalwart' })
    const [, submitted] = await send(client, [BOB.username], from({ HOLDFOR: '60' }))
    const { id, sendAt } = (submitted?.['created'] as Record<string, { id: string; sendAt: string }>)['s']!
    expect(Date.parse(sendAt)).toBe(client.clock.now() + 60_000)
    client.clock.advance(59_000)
    const cancel = { update: { [id]: { undoStatus: 'canceled' } } }
    expect(await client.call('EmailSubmission/set', cancel)).toMatchObject({ updated: { [id]: null } })
    client.clock.advance(60_000)
    expect(inboxOf(client, BOB.username)).toEqual([])
    const [, refused] = await send(client, [BOB.username], from({ HOLDFOR: String(20 * 86_400) }))
    expect(refused).toMatchObject({ notCreated: { s: { type: 'forbiddenMailFrom' } } })
  })

  it('cannot unsend what has left', async () => {
    const client = new TestClient()
    const [, submitted] = await send(client, [BOB.username])
    const { id } = (submitted?.['created'] as Record<string, { id: string }>)['s']!
    client.clock.advance(1)
    const answer = await client.call('EmailSubmission/set', { update: { [id]: { undoStatus: 'canceled' } } })
    expect(answer).toMatchObject({ notUpdated: { [id]: { type: 'cannotUnsend' } } })
    const { state } = await client.call('EmailSubmission/get', { ids: [] })
    expect(await client.call('EmailSubmission/changes', { sinceState: '0' })).toMatchObject({
      created: [id],
      newState: state,
    })
    expect(await client.call('EmailSubmission/query', { filter: { undoStatus: 'final' } })).toMatchObject({ ids: [id] })
  })

  it('Cyrus refuses an unknown local recipient outright', async () => {
    const client = new TestClient({ like: 'cyrus' })
    const [, submitted] = await send(client, ['nobody@example.test'])
    expect(submitted).toMatchObject({
      notCreated: { s: { type: 'invalidRecipients', invalidRecipients: ['nobody@example.test'] } },
    })
  })

  it('delivers mail for a catch-all domain to its user', () => {
    const client = new TestClient({ users: [{ ...BOB, catchAll: 'bob.test' }] }, BOB)
    expect(client.server.directory.accountFor('anything@bob.test')).toBe(client.account)
    expect(client.server.directory.accountFor('x@elsewhere.test')).toBeNull()
  })
})
