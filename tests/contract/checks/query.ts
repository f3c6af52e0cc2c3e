/** RFC 8621 §4.4, §4.5. The messages of these checks lie in a mailbox of their own. */
import type { Check } from '../check.ts'
import { assert, equal, list, type Json, type Target } from '../target.ts'

const SORT = [{ property: 'receivedAt', isAscending: false }]

async function seeded(t: Target, subjects: readonly string[]): Promise<{ box: string; ids: string[] }> {
  const made = await t.call('Mailbox/set', {
    create: { b: { name: `Query ${String(Date.now())}${String(Math.random()).slice(2, 8)}`, parentId: t.mailboxId } },
  })
  const box = String((made['created'] as Record<string, { id: string }>)['b']?.id)
  const ids: string[] = []
  for (const [index, subject] of subjects.entries()) {
    ids.push(
      await t.importMail({
        subject,
        mailboxIds: { [box]: true },
        receivedAt: new Date(Date.UTC(2026, 0, 1, index)).toISOString().replace('.000', ''),
      }),
    )
  }
  const newestFirst = ids.toReversed()
  await t.eventually(
    () => query(t, box),
    (answer) => JSON.stringify(answer['ids']) === JSON.stringify(newestFirst),
  )
  return { box, ids: newestFirst }
}

const query = (t: Target, box: string, more: Json = {}): Promise<Json> =>
  t.call('Email/query', { filter: { inMailbox: box }, sort: SORT, ...more })

export const queries: readonly Check[] = [
  {
    name: 'Email/query: newest first, position, limit and total',
    run: async (t) => {
      const { box, ids } = await seeded(t, ['One', 'Two', 'Three', 'Four', 'Five'])
      const answer = await query(t, box, { position: 1, limit: 2, calculateTotal: true })
      equal([answer['ids'], answer['position'], answer['total']], [ids.slice(1, 3), 1, 5], 'page')
    },
  },
  {
    name: 'Email/query: anchor and anchorOffset',
    run: async (t) => {
      const { box, ids } = await seeded(t, ['One', 'Two', 'Three', 'Four', 'Five'])
      equal(
        (await query(t, box, { anchor: ids[2], anchorOffset: 1, limit: 2 }))['ids'],
        ids.slice(3, 5),
        'after the anchor',
      )
      equal(
        (await query(t, box, { anchor: ids[2], anchorOffset: -1, limit: 2 }))['ids'],
        ids.slice(1, 3),
        'before the anchor',
      )
      equal(
        await t.errorOf('Email/query', { filter: { inMailbox: box }, sort: SORT, anchor: 'nothing' }),
        'anchorNotFound',
        'unknown anchor',
      )
    },
  },
  {
    name: 'Email/query: a position past the end is empty, a negative one counts from the end',
    run: async (t) => {
      const { box, ids } = await seeded(t, ['One', 'Two', 'Three'])
      equal((await query(t, box, { position: 10 }))['ids'], [], 'past the end')
      equal((await query(t, box, { position: -1 }))['ids'], ids.slice(2), 'from the end')
    },
  },
  {
    name: 'Email/query: collapseThreads shows the newest of each thread, and total counts threads',
    run: async (t) => {
      const { box, ids } = await seeded(t, ['Alone'])
      const messageId = `c.${String(Date.now())}@contract.test`
      await t.importMail({
        subject: 'Talk',
        messageId,
        mailboxIds: { [box]: true },
        receivedAt: '2026-01-02T00:00:00Z',
      })
      const reply = await t.importMail({
        subject: 'Re: Talk',
        inReplyTo: messageId,
        mailboxIds: { [box]: true },
        receivedAt: '2026-01-02T01:00:00Z',
      })
      const answer = await t.eventually(
        () => query(t, box, { collapseThreads: true, calculateTotal: true }),
        (value) => list(value['ids']).length === 2 && list(value['ids'])[0] === (reply as never),
      )
      equal([answer['ids'], answer['total']], [[reply, ids[0]], 2], 'collapsed')
    },
  },
  {
    name: 'Email/query: filters on keywords',
    run: async (t) => {
      const { box, ids } = await seeded(t, ['One', 'Two', 'Three'])
      await t.call('Email/set', { update: { [String(ids[1])]: { 'keywords/$seen': true } } })
      const filter = { operator: 'AND', conditions: [{ inMailbox: box }, { notKeyword: '$seen' }] }
      equal((await t.call('Email/query', { filter, sort: SORT }))['ids'], [ids[0], ids[2]], 'unread')
    },
  },
  {
    name: 'Email/query: an unknown filter is refused',
    run: async (t) => {
      const error = await t.errorOf('Email/query', { filter: { nothing: true } })
      assert(error === 'unsupportedFilter' || error === 'invalidArguments', `got ${String(error)}`)
    },
  },
  {
    name: 'Email/query and Email/get with a reference in one request',
    run: async (t) => {
      const { box, ids } = await seeded(t, ['One', 'Two'])
      const answers = await t.calls([
        ['Email/query', { filter: { inMailbox: box }, sort: SORT }, 'q'],
        ['Email/get', { '#ids': { resultOf: 'q', name: 'Email/query', path: '/ids' }, properties: ['threadId'] }, 'g'],
        ['Thread/get', { '#ids': { resultOf: 'g', name: 'Email/get', path: '/list/*/threadId' } }, 't'],
      ])
      equal(
        list(answers[1]?.[1]['list']).map((mail) => mail['id']),
        ids,
        'ids',
      )
      equal(list(answers[2]?.[1]['list']).length, 2, 'threads')
    },
  },
  {
    name: 'Email/queryChanges: an arrival is in added, or the server says that it cannot calculate',
    run: async (t) => {
      const { box } = await seeded(t, ['One', 'Two'])
      const { queryState } = (await query(t, box)) as { queryState: string }
      const id = await t.importMail({ subject: 'New', mailboxIds: { [box]: true }, receivedAt: '2026-03-01T00:00:00Z' })
      const added = await t.eventually(
        async () => {
          const [answer] = await t.calls([
            ['Email/queryChanges', { filter: { inMailbox: box }, sort: SORT, sinceQueryState: queryState }, '0'],
          ])
          return answer?.[0] === 'error' ? answer[1]['type'] : list(answer?.[1]['added']).map((item) => item['id'])
        },
        (value) => value === 'cannotCalculateChanges' || (Array.isArray(value) && value.includes(id)),
      )
      assert(
        added === 'cannotCalculateChanges' || (Array.isArray(added) && added.includes(id)),
        `got ${JSON.stringify(added)}`,
      )
    },
  },
]
