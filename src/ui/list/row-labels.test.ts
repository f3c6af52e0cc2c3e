import { expect, it } from 'vitest'
import { describeRow } from './row-words.ts'
import { withLabels } from './row-labels.ts'
import { eid, INBOX, minute, tid } from '../../replica/testing/rows.ts'
import type { BlobId } from '../../jmap/types.ts'
import type { ThreadRow } from '../../mail/list.ts'

const context = { own: [], now: Date.parse(minute(90)), isOutgoing: false }
const message = (id: string, ...keywords: string[]): ThreadRow['messages'][number] => ({
  id: eid(id),
  blobId: `b${id}` as BlobId,
  receivedAt: minute(1),
  from: null,
  keywords: Object.fromEntries(keywords.map((keyword) => [keyword, true as const])),
  mailboxIds: { [INBOX]: true },
})
const row = (messages: ThreadRow['messages'], changes: Partial<ThreadRow> = {}): ThreadRow => ({
  mailboxId: INBOX,
  threadId: tid('t'),
  emailId: messages.at(-1)?.id ?? eid('none'),
  receivedAt: minute(60),
  subject: 'Who brings what',
  preview: '',
  to: [],
  hasAttachment: false,
  isBulk: false,
  messages,
  count: messages.length,
  ...changes,
})
const settings = (labels: unknown): { chosen: () => Record<string, unknown> } => ({ chosen: () => ({ labels }) })
const names = (of: ThreadRow, labels?: unknown): string[] =>
  (withLabels(describeRow, settings(labels), 'k')(of, context).labels ?? []).map(({ name }) => name)

it('a row has the labels of its whole conversation, for the eye and in its sentence', () => {
  const words = withLabels(
    describeRow,
    settings(undefined),
    'k',
  )(row([message('a', '$label2', '$seen'), message('b', 'invoices', '$seen')]), context)
  expect(words.labels?.map(({ name }) => name)).toEqual(['Work', 'invoices'])
  expect(words.sentence).toMatch(/, Work, invoices$/)
  expect(words.Aside).toBeDefined()
})

it('a row of a single message has its own alone', () => {
  expect(names(row([message('a', '$label2'), message('b', 'invoices')], { isSingle: true }))).toEqual(['invoices'])
})

it('goes by what the reader chose, shows none that is hidden, and lets none turn the line', () => {
  const labelled = row([message('a', '$label2', 'invoices', 'old')])
  const chosen = { $label2: { name: '\u202EOffice', colour: 'rose' }, old: { isHidden: true } }
  expect(names(labelled, chosen)).toEqual(['Office', 'invoices'])
})

it('a row without labels stays as it was described', () => {
  const plain = row([message('a', '$seen', '$junk')])
  expect(withLabels(describeRow, settings(undefined), 'k')(plain, context).Aside).toBeUndefined()
})

it('is struck once all of it is marked as deleted, and says so', () => {
  const describe = withLabels(describeRow, settings(undefined), 'k')
  const gone = message('a', '$deleted')
  expect(describe(row([gone, message('b', '$seen')]), context).isDeleted).toBeFalsy()
  const words = describe(row([gone, message('b', '$deleted')]), context)
  expect(words.isDeleted).toBe(true)
  expect(words.sentence).toMatch(/, marked as deleted$/)
  expect(describe(row([message('b'), gone], { isSingle: true }), context).isDeleted).toBe(true)
})
