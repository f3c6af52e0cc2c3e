/** What is meant for all that match, tested on what is here: in the order in which things were done. */
import { describe, expect, it } from 'vitest'
import { clearedUntil, withAllDone } from './all-done.ts'
import { fileAll } from './file-all.ts'
import { effectiveEmail, effectiveThread, foldPending } from './overlay.ts'
import { supersedes } from './supersedes.ts'
import type { Email, Mailbox, MailboxId } from '../jmap/types.ts'
import type { Matching, Mutation, OutboxRow, SetKeywordOnAll } from './mutation.ts'

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

  it('is for all of a conversation where that is muted, but for what came later, which is muted when it is seen', () => {
    const muted = onAll('$muted', true)
    const mute = { ...muted, match: { ...(muted as SetKeywordOnAll).match, isByThread: true } }
    const [asked, answer, late] = [
      anEmail([], ['in']),
      anEmail([], ['sent']),
      anEmail([], ['in'], '2026-11-20T00:00:01Z'),
    ].map((email, at) => ({ ...email, id: `m${String(at)}` })) as unknown as [Email, Email, Email]
    const after = effectiveThread(undefined, [asked, answer, late], foldPending(rows(mute))).emails
    expect(after.map(({ keywords }) => Object.keys(keywords))).toEqual([['$muted'], ['$muted'], []])
    expect(effectiveThread(undefined, [answer], foldPending(rows(mute))).emails).toEqual([answer])
  })

  it('leaves alone what is left out, by its id or by the blob that outlives it', () => {
    const except = { emailIds: ['a', 'c'], blobIds: ['blob', ''] }
    const left = { ...onAll('$seen', true), match: { ...(onAll('$seen', true) as SetKeywordOnAll).match, except } }
    const named = (id: string, blobId: string): Email => ({ ...anEmail([], ['in']), id, blobId }) as unknown as Email
    expect(keywordsAfter(named('a', 'other'), left)).toEqual([])
    expect(keywordsAfter(named('b', 'blob'), left)).toEqual([])
    expect(keywordsAfter(named('b', ''), left)).toEqual(['$seen'])
    expect(keywordsAfter(named('b', 'other'), left)).toEqual(['$seen'])
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

describe('all that match, moved', () => {
  const rights = { mayAddItems: true, mayRemoveItems: true }
  const boxes = ['inbox', 'archive', 'trash', 'junk', 'other'].map(
    (id) =>
      ({
        ...{ id, role: id === 'other' ? null : id, myRights: rights },
        ...{ totalEmails: 9, totalThreads: 8, unreadEmails: 3, unreadThreads: 2 },
      }) as unknown as Mailbox,
  )
  const matching = (mailboxId: string, hasNot: readonly string[] = []): Matching => ({
    mailboxId: mailboxId as MailboxId,
    filter: {},
    before: '2026-11-20T00:00:00.000Z',
    here: { mailboxIds: [mailboxId as MailboxId], isOutside: false, has: [], hasNot },
  })
  const move = (filing: Parameters<typeof fileAll>[0], mailboxId = 'inbox', hasNot: readonly string[] = []): Mutation =>
    fileAll(filing, matching(mailboxId, hasNot), boxes, 'k')!
  const after = (email: Email, ...mutations: readonly unknown[]): string => {
    const { mailboxIds, keywords } = effectiveEmail(email, foldPending(rows(...mutations)))!
    return [...Object.keys(mailboxIds), ...Object.keys(keywords)].toSorted().join(' ')
  }
  const to = (id: string, isCopy = false): Parameters<typeof fileAll>[0] => ({ to: id as MailboxId, isCopy })

  it('leave the mailbox, or all that they stand in, or stay where they are copied', () => {
    const email = anEmail([], ['inbox', 'other'])
    expect(after(email, move('archive'))).toBe('archive other')
    expect(after(email, move('trash'))).toBe('trash')
    expect(after(email, move('junk'))).toBe('$junk junk')
    expect(after(email, move(to('other')))).toBe('other')
    expect(after(email, move(to('archive', true)))).toBe('archive inbox other')
    expect(after(anEmail(['$junk'], ['junk']), move('notJunk', 'junk'))).toBe('$notjunk inbox')
    expect(after(anEmail([], ['other']), move('archive'))).toBe('other')
    expect(after(anEmail([], ['inbox'], '2026-11-20T00:00:00Z'), move('archive'))).toBe('inbox')
  })

  it('go nowhere where they are, and where nothing may be put or taken out', () => {
    expect(fileAll(to('inbox'), matching('inbox'), boxes, 'k')).toBeUndefined()
    const without = (id: string, right: string): readonly Mailbox[] =>
      boxes.map((box) => (box.id === id ? { ...box, myRights: { ...box.myRights, [right]: false } } : box))
    expect(fileAll('archive', matching('inbox'), without('archive', 'mayAddItems'), 'k')).toBeUndefined()
    expect(fileAll('archive', matching('inbox'), without('inbox', 'mayRemoveItems'), 'k')).toBeUndefined()
    expect(fileAll(to('archive', true), matching('inbox'), without('inbox', 'mayRemoveItems'), 'k')).toBeDefined()
  })

  it('are counted where they go, in the order in which things were done', () => {
    const counts = (...mutations: readonly unknown[]): unknown =>
      Object.fromEntries(
        withAllDone(boxes, rows(...mutations)).map((each) => [each.id, [each.totalEmails, each.unreadEmails]]),
      )
    expect(counts(move('archive'))).toMatchObject({ inbox: [0, 0], archive: [18, 6], trash: [9, 3] })
    expect(counts(move('archive', 'inbox', ['$seen']))).toMatchObject({ inbox: [6, 0], archive: [12, 6] })
    expect(counts(move(to('archive', true)))).toMatchObject({ inbox: [9, 3], archive: [18, 6] })
    expect(counts(move('archive'), move('trash', 'archive'))).toMatchObject({ archive: [0, 0], trash: [27, 9] })
    const read = { ...onAll('$seen', true), match: matching('inbox') }
    expect(counts(read, move('archive'))).toMatchObject({ archive: [18, 3] })
    expect(counts(move('archive'), read)).toMatchObject({ archive: [18, 6] })
  })

  it('clear the list that they leave as a whole, and no other', () => {
    const until = (id: string, ...mutations: readonly unknown[]): unknown =>
      clearedUntil(rows(...mutations), id as MailboxId)
    expect(until('inbox', move('archive'))).toBe('2026-11-19T23:59:59.999Z')
    expect(until('archive', move('archive'))).toBeUndefined()
    expect(until('inbox', move('archive', 'inbox', ['$seen']))).toBeUndefined()
    expect(until('inbox', move(to('archive', true)))).toBeUndefined()
  })
})
