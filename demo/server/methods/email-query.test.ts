import { describe, expect, it } from 'vitest'
import type { PersonalityName } from '../options.ts'
import { seededRandom } from '../seeded-random.ts'
import { mail, NEWEST_FIRST, TestClient } from '../test-client.ts'

interface Query {
  readonly filter: Record<string, unknown> | null
  readonly sort: readonly Record<string, unknown>[]
  readonly collapseThreads: boolean
}

/** RFC 8620 §5.6: how a client applies what changed. */
function apply(
  ids: readonly string[],
  removed: readonly string[],
  added: readonly { id: string; index: number }[],
): string[] {
  const next = ids.filter((id) => !removed.includes(id))
  for (const { id, index } of added) next.splice(index, 0, id)
  return next
}

async function query(
  client: TestClient,
  args: Partial<Query> & Record<string, unknown>,
): Promise<Record<string, unknown>> {
  return client.call('Email/query', { sort: NEWEST_FIRST, ...args })
}

const step = (client: TestClient, random: ReturnType<typeof seededRandom>, index: number): void => {
  const { account } = client
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random.next() * list.length)]!
  const emails = [...account.emails.values()]
  const roll = random.next()
  const mailboxes = [...account.mailboxes.keys()].slice(0, 3)
  if (roll < 0.4 || emails.length < 3) {
    const inReplyTo = emails.length > 0 && random.next() < 0.6 ? [`m${Math.floor(random.next() * index)}`] : []
    const receivedAt = 1.7e12 + Math.floor(random.next() * 20) * 60_000
    account.deliver(mail({ id: `m${index}`, inReplyTo, subject: 'S' }), { mailboxIds: [pick(mailboxes)], receivedAt })
  } else if (roll < 0.65) account.setKeywords(pick(emails).id, { [pick(['$seen', '$flagged'])]: random.next() < 0.6 })
  else if (roll < 0.85) account.move(pick(emails).id, [pick(mailboxes)])
  else account.destroy(pick(emails).id)
}

describe('Email/queryChanges of a well-behaved server', () => {
  const inbox = { inMailbox: 'mb1' }
  it.each<[string, PersonalityName, Query]>([
    ['a mailbox', 'plain', { filter: inbox, sort: NEWEST_FIRST, collapseThreads: false }],
    ['a collapsed mailbox', 'plain', { filter: inbox, sort: NEWEST_FIRST, collapseThreads: true }],
    ['all mail, collapsed', 'plain', { filter: null, sort: NEWEST_FIRST, collapseThreads: true }],
    ['unread', 'plain', { filter: { notKeyword: '$seen' }, sort: NEWEST_FIRST, collapseThreads: false }],
    [
      'threads with a flag, flagged first',
      'plain',
      {
        filter: { operator: 'AND', conditions: [inbox, { someInThreadHaveKeyword: '$flagged' }] },
        sort: [{ property: 'someInThreadHaveKeyword', keyword: '$seen', isAscending: false }, ...NEWEST_FIRST],
        collapseThreads: true,
      },
    ],
    ['a collapsed mailbox on Cyrus', 'cyrus', { filter: inbox, sort: NEWEST_FIRST, collapseThreads: true }],
  ])('turns the old list into the new one: %s', async (_name, like, args) => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const client = new TestClient({ like })
      const random = seededRandom(seed)
      for (let index = 0; index < 15; index += 1) step(client, random, index)
      let { ids, queryState } = (await query(client, { ...args })) as { ids: string[]; queryState: string }
      for (let round = 0; round < 5; round += 1) {
        for (let index = 0; index < 4; index += 1) step(client, random, 20 + round * 4 + index)
        const changes = await client.call('Email/queryChanges', {
          ...args,
          sinceQueryState: queryState,
          calculateTotal: true,
        })
        const removed = changes['removed'] as string[]
        ids = apply(ids, removed, changes['added'] as { id: string; index: number }[])
        queryState = changes['newQueryState'] as string
        const fresh = await query(client, { ...args })
        expect(ids).toEqual(fresh['ids'])
        expect(queryState).toBe(fresh['queryState'])
        expect(changes['total']).toBe(ids.length)
      }
    }
  })

  it('says tooManyChanges and cannotCalculateChanges', async () => {
    const client = new TestClient()
    const { queryState } = await query(client, {})
    client.account.deliver(mail())
    client.account.deliver(mail())
    const args = { sort: NEWEST_FIRST, sinceQueryState: queryState }
    expect(await client.call('Email/queryChanges', { ...args, maxChanges: 1 })).toMatchObject({
      type: 'tooManyChanges',
    })
    client.account.forgetChanges()
    expect(await client.call('Email/queryChanges', args)).toMatchObject({ type: 'cannotCalculateChanges' })
  })
})

describe('Email/query', () => {
  const filled = (): TestClient => {
    const client = new TestClient()
    for (let index = 0; index < 10; index += 1) {
      client.account.deliver(
        mail({ id: `m${index}`, subject: `Number ${index}`, body: index % 2 ? 'odd words' : 'even words' }),
        {
          receivedAt: 1.7e12 + index * 60_000,
        },
      )
    }
    return client
  }
  const subjects = async (client: TestClient, args: Record<string, unknown>): Promise<string> => {
    const [, got] = await client.calls([
      ['Email/query', { sort: NEWEST_FIRST, ...args }, 'q'],
      ['Email/get', { '#ids': { resultOf: 'q', name: 'Email/query', path: '/ids' }, properties: ['subject'] }],
    ])
    return (got?.['list'] as { subject: string }[]).map(({ subject }) => subject.replace('Number ', '')).join('')
  }

  it('pages by position, from the end, and by anchor', async () => {
    const client = filled()
    const anchor = [...client.account.emails.values()].find((email) => email.meta.subject === 'Number 5')!.id
    expect(await subjects(client, { limit: 3 })).toBe('987')
    expect(await subjects(client, { position: 8, limit: 5 })).toBe('10')
    expect(await subjects(client, { position: -2 })).toBe('10')
    expect(await subjects(client, { anchor, anchorOffset: -1, limit: 3 })).toBe('654')
    expect(await subjects(client, { limit: 0 })).toBe('')
    expect(await client.call('Email/query', { anchor: 'nope' })).toMatchObject({ type: 'anchorNotFound' })
    expect(await client.call('Email/query', { limit: 1, calculateTotal: true })).toMatchObject({ total: 10 })
  })

  it('filters by date, words, operators, size, keywords and attachments', async () => {
    const client = filled()
    const time = (index: number): string => new Date(1.7e12 + index * 60_000).toISOString()
    const email = [...client.account.emails.values()][3]!
    client.account.setKeywords(email.id, { $flagged: true })
    expect(await subjects(client, { filter: { before: time(2) } })).toBe('10')
    expect(await subjects(client, { filter: { after: time(8) } })).toBe('98')
    expect(await subjects(client, { filter: { text: 'ODD word' } })).toBe('')
    expect(await subjects(client, { filter: { body: '"odd words"' } })).toBe('97531')
    expect(await subjects(client, { filter: { hasKeyword: '$flagged' } })).toBe('3')
    expect(await subjects(client, { filter: { hasAttachment: true } })).toBe('')
    expect(await subjects(client, { filter: { from: 'remote' }, limit: 1 })).toBe('9')
    expect(await subjects(client, { filter: { header: ['message-id', 'm4@'] } })).toBe('4')
    const conditions = [{ subject: '1' }, { subject: '2' }]
    expect(await subjects(client, { filter: { operator: 'OR', conditions } })).toBe('21')
    expect(await subjects(client, { filter: { operator: 'NOT', conditions } })).toBe('98765430')
    expect(await client.call('Email/query', { filter: { foo: 1 } })).toMatchObject({ type: 'unsupportedFilter' })
    expect(await client.call('Email/query', { sort: [{ property: 'foo' }] })).toMatchObject({ type: 'unsupportedSort' })
  })

  it('marks what a search found', async () => {
    const client = filled()
    const [email] = [...client.account.emails.values()]
    const answer = await client.call('SearchSnippet/get', { filter: { text: 'words' }, emailIds: [email!.id, 'nope'] })
    expect(answer).toMatchObject({
      list: [{ emailId: email!.id, subject: null, preview: 'even <mark>words</mark>' }],
      notFound: ['nope'],
    })
  })
})
