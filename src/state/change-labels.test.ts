import { expect, it } from 'vitest'
import { eid, INBOX, minute } from '../replica/testing/rows.ts'
import { labelChanges, labelState, type Labelled } from './change-labels.ts'
import type { BlobId } from '../jmap/types.ts'

const target = (standing: string, messages: Readonly<Record<string, readonly string[]>>): Labelled => ({
  standing: eid(standing),
  messages: Object.entries(messages).map(([id, keywords]) => ({
    id: eid(id),
    blobId: `blob-${id}` as BlobId,
    receivedAt: minute(1),
    from: null,
    keywords: Object.fromEntries(keywords.map((keyword) => [keyword, true as const])),
    mailboxIds: { [INBOX]: true },
  })),
})
const changesOf = (targets: readonly Labelled[], changes: Readonly<Record<string, boolean>>): unknown =>
  labelChanges(targets, new Map(Object.entries(changes))).map(({ emailIds, keyword, value }) => [
    keyword,
    value,
    emailIds.join(' '),
  ])

it('a label is put on the message that stands in the list, where the conversation has it on none', () => {
  const targets = [target('b', { a: [], b: [] }), target('d', { c: ['work'], d: [] })]
  expect(labelState('work', targets)).toBe('some')
  expect(changesOf(targets, { work: true })).toEqual([['work', true, 'b']])
})

it('and is taken from every message that has it', () => {
  const targets = [target('b', { a: ['work'], b: ['work'] }), target('d', { c: ['work'], d: [] })]
  expect(labelState('work', targets)).toBe('all')
  expect(changesOf(targets, { work: false })).toEqual([['work', false, 'a b c']])
})

it('the colour of Apple’s flag goes with each of its bits, the flag stays', () => {
  const targets = [target('a', { a: ['$flagged', '$mailflagbit0', '$mailflagbit1'] })]
  expect(labelState('$mailflag:green', targets)).toBe('all')
  expect(changesOf(targets, { '$mailflag:green': false })).toEqual([
    ['$mailflagbit0', false, 'a'],
    ['$mailflagbit1', false, 'a'],
  ])
})

it('what changes nothing is no intent', () => {
  const targets = [target('a', { a: ['work'] })]
  expect(changesOf(targets, { work: true, other: false })).toEqual([])
})
