import { expect, it } from 'vitest'
import type { EmailAddress } from '../jmap/types.ts'
import type { RowMessage, ThreadRow } from './list.ts'
import { participantsOf } from './threads.ts'

const ME = ['me@example.test']

/** Oldest first; `*` marks an unread message. */
function aRow(...senders: string[]): ThreadRow {
  const messages = senders.map((sender, index) => ({
    id: `e${index}`,
    blobId: `b${index}`,
    receivedAt: '2026-11-01T00:00:00Z',
    from:
      sender === ''
        ? null
        : { name: null, email: sender.replace('*', '@example.test').replace(/^([a-z]+)$/, '$1@example.test') },
    keywords: sender.endsWith('*') ? {} : { $seen: true },
    mailboxIds: {},
  })) as unknown as RowMessage[]
  return { messages } as unknown as ThreadRow
}

const names = (row: ThreadRow): [string[], number] => {
  const { shown, hidden } = participantsOf(row, ME)
  const local = ({ email }: EmailAddress): string => email.split('@')[0] ?? ''
  return [shown.map((one) => (one.isOwn ? 'you' : local(one.address)) + (one.isUnread ? '*' : '')), hidden]
}

it.each([
  [['ada'], ['ada'], 0],
  [['ada', 'bob'], ['bob', 'ada'], 0],
  [['ada*', 'bob'], ['ada*', 'bob'], 0],
  [['ada', 'me', 'ada'], ['ada', 'you'], 0],
  [['me*', 'ada'], ['ada', 'you*'], 0],
  [['ada', 'ADA@Example.test'], ['ADA'], 0],
  [['a', 'b*', 'c', 'd', 'me'], ['b*', 'd', 'c'], 2],
  [['', 'ada'], ['ada'], 0],
  [[], [], 0],
])('%j gives %j and %i more', (senders, shown, hidden) => {
  expect(names(aRow(...senders))).toEqual([shown, hidden])
})
