import { expect, test } from 'vitest'
import type { BlobId, EmailId, MailboxId } from '../jmap/types.ts'
import type { OutboxRow } from '../mutations/mutation.ts'
import { foldOutbox, splitCall } from './fold-outbox.ts'

let seq = 0
function row(emailIds: string[], keyword: string, value: boolean, status: OutboxRow['status'] = 'queued'): OutboxRow {
  seq += 1
  const ids = emailIds as EmailId[]
  const blobIds = emailIds.map((id) => `b${id}` as BlobId)
  const mutation = { type: 'setKeyword', emailIds: ids, blobIds, keyword, value } as const
  return { seq, id: `row${seq}`, mutation, createdAt: 0, status, attempts: 0 }
}

test('merges field by field, the last write wins', () => {
  const folded = foldOutbox(
    [row(['a', 'b'], '$seen', true), row(['a'], '$flagged', true), row(['a'], '$seen', false)],
    10,
  )
  expect(folded.update).toEqual({
    a: { 'keywords/$seen': null, 'keywords/$flagged': true },
    b: { 'keywords/$seen': true },
  })
  expect(folded.rows).toHaveLength(3)
})

test('takes queued rows only', () => {
  const folded = foldOutbox([row(['a'], '$seen', true, 'failed'), row(['b'], '$seen', true, 'sent')], 10)
  expect(folded).toEqual({ rows: [], update: {}, destroy: [] })
})

test('stops before the call would be too long, but never before the first row', () => {
  const rows = [row(['a', 'b', 'c'], '$seen', true), row(['c', 'a'], 'x', true), row(['d'], '$seen', true)]
  expect(foldOutbox(rows, 2).rows).toHaveLength(2)
  expect(splitCall(foldOutbox(rows, 2), 2).map((part) => Object.keys(part.update))).toEqual([['a', 'b'], ['c']])
})

test('escapes a keyword that would be a path (RFC 6901)', () => {
  expect(foldOutbox([row(['a'], 'to/do~', true)], 10).update).toEqual({ a: { 'keywords/to~1do~0': true } })
})

test('leaves a mutation of another build alone', () => {
  const strange = { ...row(['a'], '$seen', true), mutation: { type: 'levitate' } } as unknown as OutboxRow
  expect(foldOutbox([strange], 10).rows).toEqual([])
})

test('moves merge with marks; a death ends the call of what is patched before it', () => {
  const on = { emailIds: ['a' as EmailId], blobIds: ['ba' as BlobId] }
  const move = {
    type: 'setMailboxes',
    ...on,
    mailboxIds: { 'in/1': false, arc: true } as Record<MailboxId, boolean>,
  } as const
  const moved: OutboxRow = { ...row([], '', true), mutation: move }
  const death: OutboxRow = { ...row([], '', true), mutation: { type: 'destroyEmails', ...on } }
  const folded = foldOutbox([row(['a'], '$seen', true), moved, death], 10)
  expect(folded.update).toEqual({ a: { 'keywords/$seen': true, 'mailboxIds/in~11': null, 'mailboxIds/arc': true } })
  expect(folded.destroy).toEqual([])
  expect(foldOutbox([death, moved], 10)).toMatchObject({ rows: [death], update: {}, destroy: ['a'] })
  expect(splitCall({ update: folded.update, destroy: ['x', 'y', 'z'] as EmailId[] }, 2)).toMatchObject([
    { destroy: [] },
    { update: {}, destroy: ['x', 'y'] },
    { update: {}, destroy: ['z'] },
  ])
})
