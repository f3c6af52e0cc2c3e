import { describe, expect, it } from 'vitest'
import { anEmail, INBOX, minute } from '../replica/testing/rows.ts'
import { FLAGGED, type ListQuery } from './list.ts'
import { comparator, formatNarrowing, matchesRest, mayMatch, parseNarrowing, toFilter, toSort } from './narrowing.ts'
import type { Email, MailboxId } from '../jmap/types.ts'

const inbox = (narrow: string) => ({ mailboxId: INBOX, narrow })
const trash = 'trash' as MailboxId

describe('what the URL says', () => {
  it.each([
    '',
    'filter=unread',
    'filter=unread,flagged,attachment&to=shop%40lindqvist.example&sort=-from',
    'sort=size',
    'sort=receivedAt',
  ])('is written as it was read: %j', (text) => {
    expect(formatNarrowing(parseNarrowing(text))).toBe(text)
  })

  it('means nothing where it makes no sense', () => {
    for (const text of [undefined, 'filter=,constructor,UNREAD&sort=__proto__', 'sort=-', 'to=%20', 'x=%E0%A4%A']) {
      expect(formatNarrowing(parseNarrowing(text))).toBe('')
    }
  })
})

describe('what the server is asked', () => {
  it('is one condition, and an operator only where an address is written to', () => {
    expect(toFilter(inbox('filter=unread,attachment'), [])).toEqual({
      inMailbox: INBOX,
      notKeyword: '$seen',
      hasAttachment: true,
    })
    expect(toFilter(inbox('to=shop@x.example'), [])).toEqual({
      operator: 'AND',
      conditions: [
        { inMailbox: INBOX },
        { operator: 'OR', conditions: [{ to: 'shop@x.example' }, { cc: 'shop@x.example' }] },
      ],
    })
  })

  it('is what is not marked as deleted, where that is hidden, beside what is unread', () => {
    expect(toFilter({ ...inbox('filter=unread'), hidesDeleted: true }, [])).toEqual({
      operator: 'AND',
      conditions: [{ inMailbox: INBOX, notKeyword: '$seen' }, { notKeyword: '$deleted' }],
    })
  })

  it('passes over Trash and Junk for what is flagged', () => {
    expect(toFilter({ mailboxId: FLAGGED, narrow: '' }, [trash])).toEqual({
      inMailboxOtherThan: [trash],
      hasKeyword: '$flagged',
    })
  })

  it('puts the newest first among equal ones', () => {
    expect(toSort(inbox(''))).toEqual([{ property: 'receivedAt', isAscending: false }])
    expect(toSort(inbox('sort=receivedAt'))).toEqual([{ property: 'receivedAt', isAscending: true }])
    expect(toSort(inbox('sort=-size'))).toEqual([
      { property: 'size', isAscending: false },
      { property: 'receivedAt', isAscending: false },
    ])
  })
})

describe('what holds for one message', () => {
  const holds = (narrow: string, changes: Partial<Email>, query: Partial<ListQuery> = {}): boolean => {
    const email = anEmail('e', changes)
    const narrowing = parseNarrowing(narrow)
    return mayMatch(email, narrowing, new Set([INBOX]), { ...inbox(narrow), ...query }) && matchesRest(email, narrowing)
  }

  it('is read of its keywords, mailboxes, attachment and recipients', () => {
    expect(holds('filter=unread', { keywords: {} })).toBe(true)
    expect(holds('filter=unread', { keywords: { $seen: true } })).toBe(false)
    expect(holds('filter=unread', { keywords: {}, mailboxIds: { [trash]: true } })).toBe(false)
    expect(holds('filter=flagged', { keywords: {} })).toBe(false)
    expect(holds('filter=unread,flagged', { keywords: { $flagged: true } })).toBe(true)
    expect(holds('', { keywords: {} }, { mailboxId: FLAGGED })).toBe(false)
    expect(holds('', { keywords: { $deleted: true } })).toBe(true)
    expect(holds('', { keywords: { $deleted: true } }, { hidesDeleted: true })).toBe(false)
    expect(holds('filter=attachment', { hasAttachment: true })).toBe(true)
    expect(holds('filter=attachment', { hasAttachment: false })).toBe(false)
    const written = { to: [{ name: null, email: 'Shop@x.example' }] }
    expect(holds('to=shop@x.example', written)).toBe(true)
    expect(holds('to=shop@x.example', { sentTo: ['shop@x.example', '', ''] })).toBe(true)
    expect(holds('to=train@x.example', written)).toBe(false)
  })
})

describe('the order', () => {
  const order = (narrow: string, emails: readonly Email[]): string =>
    emails
      .toSorted(comparator(parseNarrowing(narrow)))
      .map(({ id }) => id)
      .join('')
  const emails = [
    anEmail('a', { size: 5, subject: 'Re: AW: beta', receivedAt: minute(1), from: [{ name: 'ida', email: 'z@x' }] }),
    anEmail('b', { size: 9, subject: 'Alpha', receivedAt: minute(3), from: [{ name: null, email: 'bo@x' }] }),
    anEmail('c', { size: 5, subject: 'Fwd: Beta', receivedAt: minute(2), from: null }),
  ]

  it('is by date, size, name or subject, answers beside their questions, the newest first among equal ones', () => {
    expect(order('', emails)).toBe('bca')
    expect(order('sort=receivedAt', emails)).toBe('acb')
    expect(order('sort=-size', emails)).toBe('bca')
    expect(order('sort=size', emails)).toBe('cab')
    expect(order('sort=subject', emails)).toBe('bca')
    expect(order('sort=from', emails)).toBe('cba')
  })
})
