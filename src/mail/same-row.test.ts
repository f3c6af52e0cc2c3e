import { expect, test } from 'vitest'
import type { ThreadRow } from './list.ts'
import { sameRow } from './same-row.ts'

const row = (change: object = {}): ThreadRow =>
  ({
    threadId: 't1',
    subject: null,
    to: [{ name: null, email: 'a@x.test' }],
    messages: [
      { id: 'e1', from: null, keywords: { $seen: true }, mailboxIds: { m1: true } },
      { id: 'e2', from: { name: 'B', email: 'b@x.test' }, keywords: {}, mailboxIds: { m1: true } },
    ],
    count: 2,
    ...change,
  }) as unknown as ThreadRow

test('a row that was read to the same is the one that was there', () => {
  const before = row()
  expect(sameRow(before, row())).toBe(before)
  expect(sameRow(before, row({ isSingle: undefined }))).toBe(before)
})

test.each([
  ['nothing was there', undefined, row()],
  ['a word more', row(), row({ subject: 'Hello' })],
  ['a message less', row(), row({ messages: row().messages.slice(1) })],
  ['a keyword less', row(), row({ messages: row().messages.map((message) => ({ ...message, keywords: {} })) })],
  ['a keyword more', row({ messages: row().messages.map((message) => ({ ...message, keywords: {} })) }), row()],
  ['a property less', row({ isSingle: true }), row()],
  ['a property more', row(), row({ isSingle: true })],
  ['null for an object', row(), row({ messages: row().messages.map((message) => ({ ...message, from: null })) })],
])('%s makes another', (_, before, after) => {
  expect(sameRow(before, after)).toBe(after)
})
