/** What is meant for all that match, tested on what is here: in the order in which things were done. */
import { describe, expect, it } from 'vitest'
import { withAllDone } from './effective-mailboxes.ts'
import { effectiveEmail, foldPending } from './overlay.ts'
import { supersedes } from './supersedes.ts'
import type { Email, Mailbox } from '../jmap/types.ts'
import type { Matching, Mutation, OutboxRow } from './mutation.ts'

const anEmail = (keywords: readonly string[], mailboxIds: readonly string[], receivedAt = '2026-11-01T00:00:00Z') =>
  ({
    id: 'a',
    threadId: 't',
    receivedAt,
    keywords: Object.fromEntries(keywords.map((keyword) => [keyword, true])),
    mailboxIds: Object.fromEntries(mailboxIds.map((id) => [id, true])),
  }) as unknown as Email
const rows = (...mutations: readonly unknown[]): OutboxRow[] =>
  mutations.map((mutation, seq) => ({ seq, status: 'queued', mutation }) as OutboxRow)
const onAll = (keyword: string, value: boolean, here: Partial<Matching['here']> | null = {}): Mutation =>
  ({
    type: 'setKeywordOnAll',
    emailIds: [],
    blobIds: [],
    keyword,
    value,
    match: {
      mailboxId: 'in',
      before: '2026-11-20T00:00:00.000Z',
      ...(here && { here: { mailboxIds: ['in'], isOutside: false, has: [], hasNot: [], ...here } }),
    },
  }) as unknown as Mutation
const one = (keyword: string, value: boolean): unknown => ({ type: 'setKeyword', emailIds: ['a'], keyword, value })
const move = (mailboxIds: Record<string, boolean>): unknown => ({ type: 'setMailboxes', emailIds: ['a'], mailboxIds })
const keywordsAfter = (email: Email, ...mutations: readonly unknown[]): readonly string[] =>
  Object.keys(effectiveEmail(email, foldPending(rows(...mutations)))!.keywords)

describe('a keyword on all that match', () => {
  it('is for what stands there, was received before, and has the keywords of the list', () => {
    const read = onAll('$seen', true)
    expect(keywordsAfter(anEmail([], ['in']), read)).toEqual(['$seen'])
    expect(keywordsAfter(anEmail([], ['other']), read)).toEqual([])
    expect(keywordsAfter(anEmail([], ['in'], '2026-11-20T00:00:01Z'), read)).toEqual([])
    const flagged = onAll('$seen', true, { has: ['$flagged'] })
    expect(keywordsAfter(anEmail([], ['in']), flagged)).toEqual([])
    expect(keywordsAfter(anEmail(['$flagged'], ['in']), flagged)).toEqual(['$flagged', '$seen'])
    expect(keywordsAfter(anEmail([], ['in']), onAll('$flagged', true, { hasNot: ['$seen'] }))).toEqual(['$flagged'])
    expect(keywordsAfter(anEmail(['$seen'], ['in']), onAll('$flagged', true, { hasNot: ['$seen'] }))).toEqual(['$seen'])
  })

  it('passes over Trash and Junk in Flagged, and shows nothing where rows do not tell', () => {
    const unflag = onAll('$flagged', false, { mailboxIds: ['trash'], isOutside: true, has: ['$flagged'] } as never)
    expect(keywordsAfter(anEmail(['$flagged'], ['in']), unflag)).toEqual([])
    expect(keywordsAfter(anEmail(['$flagged'], ['trash']), unflag)).toEqual(['$flagged'])
    expect(keywordsAfter(anEmail([], ['in']), onAll('$seen', true, null))).toEqual([])
  })

  it('is for what things were when it was done: moved out before, it is not meant; after, it is', () => {
    const out = move({ in: false, other: true })
    const read = onAll('$seen', true)
    expect(keywordsAfter(anEmail([], ['in']), out, read)).toEqual([])
    expect(keywordsAfter(anEmail([], ['in']), read, out)).toEqual(['$seen'])
    expect(keywordsAfter(anEmail([], ['other']), move({ other: false, in: true }), read)).toEqual(['$seen'])
    expect(keywordsAfter(anEmail([], ['in']), read, one('$seen', false))).toEqual([])
    expect(keywordsAfter(anEmail([], ['in']), one('$seen', false), read)).toEqual(['$seen'])
    expect(keywordsAfter(anEmail([], ['in']), read, onAll('$seen', false))).toEqual([])
  })

  it('counts a mailbox as read, or as unread, where it is about all of it', () => {
    const box = { id: 'in', role: 'inbox', totalEmails: 9, totalThreads: 8, unreadEmails: 3, unreadThreads: 2 }
    const unread = (mutation: Mutation): unknown =>
      withAllDone([box as unknown as Mailbox], rows(mutation)).map((each) => [each.unreadEmails, each.unreadThreads])
    expect(unread(onAll('$seen', true))).toEqual([[0, 0]])
    expect(unread(onAll('$seen', true, { hasNot: ['$seen'] }))).toEqual([[0, 0]])
    expect(unread(onAll('$seen', false))).toEqual([[9, 8]])
    expect(unread(onAll('$seen', true, { has: ['$flagged'] }))).toEqual([[3, 2]])
    expect(unread(onAll('$flagged', true))).toEqual([[3, 2]])
  })

  it('makes nothing moot, and nothing makes it moot', () => {
    const [read, word] = [onAll('$seen', true), one('$seen', false) as Mutation]
    const death = { type: 'destroyEmails', emailIds: ['a'], blobIds: [] } as unknown as Mutation
    for (const [newer, older] of [
      [read, word],
      [word, read],
      [death, read],
      [read, read],
    ] as const)
      expect(supersedes(newer, older)).toBe(false)
  })
})
