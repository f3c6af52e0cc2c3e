import { describe, expect, it } from 'vitest'
import type { BlobId, Email, EmailId, Mailbox, MailboxId } from '../jmap/types.ts'
import { effectiveMailboxes } from '../../tests/support/pending-counts.ts'
import type { Mutation, OutboxRow, SetMailboxes } from './mutation.ts'
import { effectiveEmail, foldPending, movedIds } from './overlay.ts'
import { inverseOfSetMailboxes } from './inverse.ts'
import { supersedes } from './supersedes.ts'

const IN = 'in' as MailboxId
const ARC = 'arc' as MailboxId

const anEmail = (id: string, mailboxIds: MailboxId[], thread = id, keywords = {}): Email =>
  ({
    id,
    blobId: `blob-${id}`,
    threadId: thread,
    keywords,
    mailboxIds: Object.fromEntries(mailboxIds.map((each) => [each, true])),
  }) as unknown as Email

const on = (ids: string[]): Pick<SetMailboxes, 'emailIds' | 'blobIds'> => ({
  emailIds: ids as EmailId[],
  blobIds: ids.map((id) => `blob-${id}`) as BlobId[],
})

const move = (ids: string[], mailboxIds: Record<string, boolean>): SetMailboxes => ({
  type: 'setMailboxes',
  ...on(ids),
  mailboxIds: mailboxIds,
})

const destroy = (...ids: string[]): Mutation => ({ type: 'destroyEmails', ...on(ids) })

const pendingOf = (...mutations: Mutation[]): ReturnType<typeof foldPending> =>
  foldPending(
    mutations.map((mutation, seq): OutboxRow => ({
      seq,
      id: `r${String(seq)}`,
      mutation,
      createdAt: 0,
      status: 'queued',
      attempts: 0,
    })),
  )

describe('setMailboxes', () => {
  it('is the last word for each mailbox, and leaves the others alone', () => {
    const pending = pendingOf(move(['a'], { in: false, arc: true }), move(['a'], { arc: false, x: true }))
    const email = anEmail('a', [IN, 'kept' as MailboxId])
    expect(Object.keys(effectiveEmail(email, pending)?.mailboxIds ?? {})).toEqual(['kept', 'x'])
    expect(movedIds(pending)).toEqual(['a'])
  })

  it('answers the same object where nothing changes', () => {
    const email = anEmail('a', [ARC])
    expect(effectiveEmail(email, pendingOf(move(['a'], { in: false, arc: true })))).toBe(email)
  })

  it('is undone for what it changed, for each as it was', () => {
    const back = inverseOfSetMailboxes(move(['a', 'b', 'c', 'd'], { in: false, arc: true }), [
      anEmail('a', [IN]),
      anEmail('b', [IN]),
      anEmail('c', [IN, ARC]),
      anEmail('d', [ARC]),
    ])
    expect(back).toEqual([move(['a', 'b'], { in: true, arc: false }), move(['c'], { in: true })])
  })

  it('supersedes an older move that it covers whole; death supersedes all', () => {
    const older = move(['a'], { in: false, arc: true })
    expect(supersedes(move(['a', 'b'], { in: true, arc: false }), older)).toBe(true)
    expect(supersedes(move(['a', 'b'], { in: true }), older)).toBe(false)
    expect(supersedes(move(['b'], { in: true, arc: false }), older)).toBe(false)
    expect(supersedes(destroy('a'), older)).toBe(true)
    expect(supersedes(older, destroy('a'))).toBe(false)
  })
})

describe('counts', () => {
  const mailboxes = [IN, ARC].map(
    (id) => ({ id, totalEmails: 9, unreadEmails: 5, totalThreads: 7, unreadThreads: 4 }) as Mailbox,
  )
  const changes = (emails: Email[], ...mutations: Mutation[]): number[][] =>
    effectiveMailboxes(mailboxes, emails, pendingOf(...mutations)).map((m) => [
      m.totalEmails - 9,
      m.unreadEmails - 5,
      m.totalThreads - 7,
      m.unreadThreads - 4,
    ])
  const archive = (...ids: string[]): Mutation => move(ids, { in: false, arc: true })
  const none = [0, 0, 0, 0]

  it.each<[string, Email[], Mutation[], number[][]]>([
    [
      'an unread one that moves',
      [anEmail('a', [IN])],
      [archive('a')],
      [
        [-1, -1, -1, -1],
        [1, 1, 1, 1],
      ],
    ],
    [
      'one of a thread that stays',
      [anEmail('a', [IN], 't', { $seen: true }), anEmail('b', [IN], 't')],
      [archive('a')],
      [
        [-1, 0, 0, 0],
        [1, 0, 1, 1],
      ],
    ],
    ['a copy', [anEmail('a', [IN])], [move(['a'], { arc: true })], [none, [1, 1, 1, 1]]],
    [
      'one that is destroyed',
      [anEmail('a', [IN, ARC])],
      [destroy('a')],
      [
        [-1, -1, -1, -1],
        [-1, -1, -1, -1],
      ],
    ],
    ['there and back', [anEmail('a', [IN])], [archive('a'), move(['a'], { in: true, arc: false })], [none, none]],
    ['one that is not here', [], [archive('gone')], [none, none]],
  ])('%s', (_, emails, mutations, expected) => {
    expect(changes(emails, ...mutations)).toEqual(expected)
  })
})
