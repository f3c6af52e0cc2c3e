import { describe, expect, it } from 'vitest'
import type { BlobId, Email, EmailId, Mailbox, MailboxId } from '../jmap/types.ts'
import type { ThreadRow } from '../mail/list.ts'
import type { OutboxRow, SetKeyword } from './mutation.ts'
import { effectiveMailboxes } from '../../tests/support/pending-counts.ts'
import { effectiveEmail, effectiveRow, foldPending } from './overlay.ts'
import { inverseOfSetKeyword } from './inverse.ts'
import { withKeyword } from './set-keyword.ts'
import { supersedes } from './supersedes.ts'

const anEmail = (id: string, keywords: Record<string, true>, thread = id, ...mailboxes: string[]): Email =>
  ({
    id,
    threadId: thread,
    keywords,
    mailboxIds: Object.fromEntries(mailboxes.map((m) => [m, true])),
  }) as unknown as Email

let seq = 0
const aRow = (ids: string[], keyword: string, value: boolean, changes: Partial<OutboxRow> = {}): OutboxRow => ({
  seq: ++seq,
  id: `r${seq}`,
  mutation: {
    type: 'setKeyword',
    emailIds: ids as EmailId[],
    blobIds: ids.map((i) => `blob-${i}`) as BlobId[],
    keyword,
    value,
  },
  createdAt: 0,
  status: 'queued',
  attempts: 0,
  ...changes,
})

describe('the overlay', () => {
  it('lets the last word hold, whatever order the rows come in and however far they are', () => {
    const rows = [
      aRow(['a'], '$seen', true),
      aRow(['a'], '$flagged', true),
      aRow(['a'], '$seen', false, { status: 'sent' }),
    ]
    const email = anEmail('a', { $seen: true })
    expect(effectiveEmail(email, foldPending(rows.reverse()))?.keywords).toEqual({ $flagged: true })
    expect(email.keywords).toEqual({ $seen: true })
  })

  it('leaves out what was refused: what the row replaced holds again', () => {
    const rows = [aRow(['a', 'b'], '$seen', true), aRow(['a'], '$seen', false, { status: 'failed' })]
    expect(effectiveEmail(anEmail('a', {}), foldPending(rows))?.keywords).toEqual({ $seen: true })
    const refused = foldPending([aRow(['a'], '$seen', true, { status: 'failed', lastError: 'forbidden' })])
    expect(refused.size).toBe(0)
  })

  it('answers the same object where nothing changes', () => {
    const pending = foldPending([aRow(['a'], '$seen', true)])
    const email = anEmail('a', { $seen: true })
    const row = { messages: [email] } as unknown as ThreadRow
    const mailboxes = [{ id: 'm' }] as unknown as Mailbox[]
    expect(effectiveEmail(email, pending)).toBe(email)
    const other = { messages: [anEmail('b', {})] } as unknown as ThreadRow
    expect(effectiveRow(other, pending)).toBe(other)
    expect(effectiveRow(row, foldPending([]))).toBe(row)
    expect(effectiveRow(row, pending).messages[0]).toBe(email)
    expect(effectiveMailboxes(mailboxes, [email], pending)).toBe(mailboxes)
  })

  it('ignores a type of a newer build', () => {
    const row = { ...aRow([], '', true), mutation: { type: 'moveEmails', mailboxId: 'm' } } as unknown as OutboxRow
    expect(foldPending([row]).size).toBe(0)
  })

  it.each(['__proto__', 'constructor'])('sets the keyword %s as an own one', (keyword) => {
    const { keywords = {} } = effectiveEmail(anEmail('a', {}), foldPending([aRow(['a'], keyword, true)])) ?? {}
    expect(Object.hasOwn(keywords, keyword)).toBe(true)
    expect(Object.getPrototypeOf(keywords)).toBe(Object.prototype)
    expect(withKeyword(keywords, keyword, false)).toEqual({})
  })

  describe('counts', () => {
    const mailboxes = ['in', 'arc'].map((id) => ({ id: id as MailboxId, unreadEmails: 5, unreadThreads: 5 }) as Mailbox)
    const counts = (emails: Email[], ...rows: OutboxRow[]): number[] =>
      effectiveMailboxes(mailboxes, emails, foldPending(rows)).flatMap((m) => [m.unreadEmails, m.unreadThreads])

    it.each<[string, Email[], OutboxRow[], number[]]>([
      ['the only unread one', [anEmail('a', {}, 't', 'in')], [aRow(['a'], '$seen', true)], [4, 4, 5, 5]],
      ['in two mailboxes', [anEmail('a', {}, 't', 'in', 'arc')], [aRow(['a'], '$seen', true)], [4, 4, 4, 4]],
      [
        'one of two unread ones',
        [anEmail('a', {}, 't', 'in'), anEmail('b', {}, 't', 'in')],
        [aRow(['a'], '$seen', true)],
        [4, 5, 5, 5],
      ],
      [
        'a thread that also stands in another mailbox, read there',
        [anEmail('a', {}, 't', 'in'), anEmail('b', { $seen: true }, 't', 'arc')],
        [aRow(['a'], '$seen', true)],
        [4, 4, 5, 4],
      ],
      ['unread again', [anEmail('a', { $seen: true }, 't', 'in')], [aRow(['a'], '$seen', false)], [6, 6, 5, 5]],
      ['base already so', [anEmail('a', { $seen: true }, 't', 'in')], [aRow(['a'], '$seen', true)], [5, 5, 5, 5]],
      ['another keyword', [anEmail('a', {}, 't', 'in')], [aRow(['a'], '$flagged', true)], [5, 5, 5, 5]],
      ['an Email that is not here', [], [aRow(['gone'], '$seen', true)], [5, 5, 5, 5]],
    ])('%s', (_, emails, rows, expected) => {
      expect(counts(emails, ...rows)).toEqual(expected)
    })
  })
})

describe('setKeyword', () => {
  const mutation = aRow(['a', 'b'], '$seen', true).mutation as SetKeyword

  it('inverts only what it changed', () => {
    expect(inverseOfSetKeyword(mutation, [anEmail('a', { $seen: true }), anEmail('b', {})])).toEqual({
      type: 'setKeyword',
      keyword: '$seen',
      value: false,
      emailIds: ['b'],
      blobIds: ['blob-b'],
    })
    expect(inverseOfSetKeyword(mutation, [anEmail('a', { $seen: true })])).toBeUndefined()
  })

  it('supersedes what it covers whole', () => {
    const of = (keyword: string, ...ids: string[]): OutboxRow['mutation'] => aRow(ids, keyword, false).mutation
    expect(supersedes(mutation, of('$seen', 'a'))).toBe(true)
    expect(supersedes(mutation, of('$seen', 'a', 'c'))).toBe(false)
    expect(supersedes(mutation, of('$flagged', 'a'))).toBe(false)
  })
})
