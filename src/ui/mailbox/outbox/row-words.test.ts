import { describe, expect, it } from 'vitest'
import { refusedWords, whatItDoes, whyItIsHere, whyRefused } from './row-words.ts'
import type { Mailbox } from '../../../jmap/types.ts'
import type { Mutation, OutboxRow } from '../../../mutations/mutation.ts'
import type { AccountStatus } from '../../../sync/engine-port.ts'

const mailboxes = [
  { id: 'a', name: 'arkiv', role: 'archive' },
  { id: 'i', name: 'INBOX', role: 'inbox' },
  { id: 'p', name: 'Projects', role: null },
] as unknown as Mailbox[]
const ids = (count: number): string[] => Array.from({ length: count }, (_, at) => `e${String(at)}`)
const does = (mutation: Record<string, unknown>): string => whatItDoes(mutation as unknown as Mutation, mailboxes)
const keyword = (name: string, value: boolean, count = 1): Record<string, unknown> => ({
  type: 'setKeyword',
  emailIds: ids(count),
  keyword: name,
  value,
})
const onAll = (name: string, value: boolean): Record<string, unknown> => ({
  type: 'setKeywordOnAll',
  match: { mailboxId: 'i' },
  keyword: name,
  value,
  done: 4_000,
  total: 40_000,
})
const aRow = (changes: Record<string, unknown>): OutboxRow =>
  ({ mutation: keyword('$seen', true), status: 'queued', attempts: 0, ...changes }) as unknown as OutboxRow
const ready: AccountStatus = { phase: 'ready', outbox: 1, failed: 0, backfill: 100 }

describe('what a row does', () => {
  it.each([
    [keyword('$seen', true, 3), 'Mark 3 messages as read'],
    [keyword('$seen', false), 'Mark 1 message as unread'],
    [keyword('$flagged', true), 'Flag 1 message'],
    [keyword('$flagged', false, 2), 'Take the flag from 2 messages'],
    [keyword('$junk', true), 'Mark 1 message as junk'],
    [keyword('$label1', true), 'Put a label on 1 message'],
    [keyword('$muted', true, 2), 'Mute 2 messages'],
    [keyword('postern-until-29800000', true), 'Note until when 1 message is snoozed'],
    [keyword('postern-until-29800000', false, 3), 'Take the hour from 3 messages'],
    [keyword('constructor', false), 'Take a label from 1 message'],
    [{ type: 'setMailboxes', emailIds: ids(2), mailboxIds: { a: true, i: false } }, 'Move 2 messages to Archive'],
    [{ type: 'setMailboxes', emailIds: ids(1), mailboxIds: { p: true } }, 'Copy 1 message to Projects'],
    [{ type: 'setMailboxes', emailIds: ids(1), mailboxIds: { i: false } }, 'Take 1 message out of Inbox'],
    [{ type: 'setMailboxes', emailIds: ids(1), mailboxIds: { gone: true } }, 'Copy 1 message to another mailbox'],
    [{ type: 'emptyMailbox', mailboxId: 'p', done: 0, total: 0 }, 'Delete all in Projects for ever'],
    [onAll('$seen', true), 'Mark all in Inbox as read: 4,000 of 40,000'],
    [onAll('$flagged', false), 'Take the flag from all in Inbox: 4,000 of 40,000'],
    [onAll('work', true), 'Put a label on all in Inbox: 4,000 of 40,000'],
    [
      { ...onAll('$seen', true), total: 0, match: { mailboxId: 'i', except: { emailIds: ids(3) } } },
      'Mark all in Inbox as read, but for 3 messages',
    ],
    [{ type: 'destroyEmails', emailIds: ids(4) }, 'Delete 4 messages for ever'],
    [{ type: 'createMailbox', mailbox: { name: 'Trips' } }, 'Make the mailbox “Trips”'],
    [
      { type: 'setMailbox', name: 'Trips', patch: { name: 'Trips', parentId: null }, made: { name: 'Trips' } },
      'Make the mailbox “Trips”',
    ],
    [{ type: 'setMailbox', name: 'Trips', patch: { name: 'Rome' } }, 'Rename “Trips” to “Rome”'],
    [{ type: 'setMailbox', name: 'Trips', patch: { parentId: 'p' } }, 'Move the mailbox “Trips” into “Projects”'],
    [{ type: 'setMailbox', name: 'Trips', patch: { parentId: null } }, 'Move the mailbox “Trips” to the top'],
    [{ type: 'setMailbox', name: 'Trips', patch: { isSubscribed: false } }, 'Hide the mailbox “Trips”'],
    [{ type: 'destroyMailbox', name: 'Trips', mailboxId: 'x' }, 'Delete the mailbox “Trips”'],
    [
      { type: 'destroyMailbox', name: 'Trips', mailboxId: 'x', moveTo: 'a' },
      'Move the mail of “Trips” to “Archive” and delete the mailbox',
    ],
    [{ type: 'snoozeUntil', until: 5 }, 'A change that a newer version of Postern made'],
    [{ type: 'constructor' }, 'A change that a newer version of Postern made'],
  ])('%j', (mutation, words) => {
    expect(does(mutation)).toBe(words)
  })
})

describe('why it is here', () => {
  it.each<[Record<string, unknown>, Partial<AccountStatus>, RegExp]>([
    [{}, {}, /its turn/],
    [{ attempts: 2 }, {}, /Tried before/],
    [{}, { phase: 'offline' }, /the network/],
    [{}, { phase: 'error', problem: { kind: 'busy' } }, /slow/],
    [{}, { phase: 'error', problem: { kind: 'unauthorized' } }, /sign in again/],
    [{ status: 'sending' }, {}, /On its way/],
    [{ status: 'sent' }, {}, /confirmation/],
    [{ mutation: { type: 'snoozeUntil' } }, { phase: 'offline' }, /that version/],
    [{ status: 'failed', lastError: 'overQuota' }, {}, /no room left on the server/],
  ])('%j %j', (row, status, words) => {
    expect(whyItIsHere(aRow(row), { ...ready, ...status })).toMatch(words)
  })

  it('has a sentence for every refusal, and repeats nothing of a server that made one up', () => {
    const types = ['forbidden', 'accountReadOnly', 'overQuota', 'tooLarge', 'tooManyKeywords', 'tooManyMailboxes']
    const known = [...types, 'invalidPatch', 'serverFail', 'unknownMethod', 'notFound'].map((type) => whyRefused(type))
    expect(new Set(known).size).toBe(known.length)
    expect(whyRefused('mara@lindqvist.example')).toBe(whyRefused(undefined))
    expect(known).not.toContain(whyRefused(undefined))
  })
})

describe('one message for all that one answer refused', () => {
  it('says what and why', () => {
    const row = aRow({ status: 'failed', lastError: 'forbidden', mutation: keyword('$flagged', true, 40) })
    expect(refusedWords([row], [])).toBe(
      'Refused: Flag 40 messages. The server does not allow this here. It is undone here.',
    )
    const words = refusedWords([row, aRow({ status: 'failed', lastError: 'forbidden' })], [])
    expect(words).toBe('2 changes were refused. The server does not allow this here. They are undone here.')
    expect(refusedWords([row, aRow({ status: 'failed', lastError: 'tooLarge' })], [])).toContain('The reasons differ.')
  })
})
