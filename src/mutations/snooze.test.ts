import { describe, expect, it } from 'vitest'
import { labelKeys } from '../mail/labels.ts'
import { sleepsUntil, untilKeyword } from '../mail/snoozed.ts'
import type { BlobId, EmailId, Mailbox, MailboxId } from '../jmap/types.ts'
import type { RowMessage } from '../mail/list.ts'
import { fileEmails, type Filing } from './file-emails.ts'
import { newMailbox } from './new-mailbox.ts'

const box = (id: string, role: string | null): Mailbox =>
  newMailbox({ id: id as MailboxId, name: id, role, parentId: null })
const mailboxes = [
  box('in', 'inbox'),
  box('zz', 'snoozed'),
  box('sent', 'sent'),
  box('arc', 'archive'),
  box('bin', 'trash'),
  box('own', null),
]
const NINE = Date.UTC(2026, 10, 28, 9)
const TEN = Date.UTC(2026, 10, 28, 10)
const at9 = untilKeyword(NINE)
const at10 = untilKeyword(TEN)

const message = (places: readonly string[], ...keywords: string[]): RowMessage => ({
  id: 'm' as EmailId,
  blobId: 'b' as BlobId,
  receivedAt: '2026-11-27T12:00:00Z',
  from: null,
  keywords: Object.fromEntries(keywords.map((name) => [name, true as const])),
  mailboxIds: Object.fromEntries(places.map((name) => [name as MailboxId, true as const])),
})
/** Where a message stands, and what keywords it has, once it is filed. */
function after(filing: Filing, from: string | undefined, one: RowMessage): [string[], string[]] {
  const [places, keywords] = [new Set(Object.keys(one.mailboxIds)), new Set(Object.keys(one.keywords))]
  for (const mutation of fileEmails(filing, { messages: [one], from: from as MailboxId | undefined, mailboxes })) {
    const changes: readonly (readonly [Set<string>, string, boolean])[] =
      mutation.type === 'setMailboxes'
        ? Object.entries(mutation.mailboxIds).map(([id, isIn]) => [places, id, isIn] as const)
        : mutation.type === 'setKeyword'
          ? [[keywords, mutation.keyword, mutation.value]]
          : []
    for (const [set, name, isIn] of changes) {
      if (isIn) set.add(name)
      else set.delete(name)
    }
  }
  return [[...places].sort(), [...keywords].sort()]
}

describe('mail that is put to sleep', () => {
  it('leaves the list it was in, and the Inbox, for Snoozed, with its hour', () => {
    expect(after({ until: NINE }, 'in', message(['in'], '$seen'))).toEqual([['zz'], ['$seen', at9]])
    expect(after({ until: NINE }, 'own', message(['in', 'own']))).toEqual([['zz'], [at9]])
    expect(after({ until: NINE }, undefined, message(['in', 'own']))).toEqual([['own', 'zz'], [at9]])
  })

  it('stays in Sent, where the reader’s own letters belong', () => {
    expect(after({ until: NINE }, 'sent', message(['sent']))).toEqual([['sent', 'zz'], [at9]])
  })

  it('gets another hour where it sleeps, and no second one', () => {
    expect(after({ until: TEN }, 'zz', message(['zz'], at9))).toEqual([['zz'], [at10]])
    expect(after({ until: NINE }, 'zz', message(['zz'], at9))).toEqual([['zz'], [at9]])
  })

  it.each(['archive', 'trash', { to: 'own' as MailboxId }] as const)(
    'has no hour any more once it goes elsewhere',
    (filing) => {
      expect(after(filing, 'zz', message(['zz'], at9))[1]).toEqual([])
    },
  )

  it('sleeps on where it is copied, or leaves another mailbox', () => {
    expect(after({ to: 'own' as MailboxId, isCopy: true }, 'zz', message(['zz'], at9))).toEqual([['own', 'zz'], [at9]])
    expect(after('archive', 'own', message(['own', 'zz'], at9))).toEqual([['arc', 'zz'], [at9]])
  })

  it('comes back to the Inbox at once where the reader says so; nothing else does', () => {
    expect(after('wake', 'zz', message(['zz'], at9))).toEqual([['in'], []])
    expect(fileEmails('wake', { messages: [message(['arc'], at9)], from: undefined, mailboxes })).toEqual([])
  })
})

describe('the hour in a keyword', () => {
  it('is a whole minute, and no label', () => {
    expect(sleepsUntil({ [at9]: true })).toBe(NINE)
    expect(sleepsUntil({ [untilKeyword(NINE + 1)]: true })).toBe(NINE + 60_000)
    expect(labelKeys({ [at9]: true, invoices: true })).toEqual(['invoices'])
  })

  it('of two is the later; what is none says nothing', () => {
    expect(sleepsUntil({ [at9]: true, [at10]: true })).toBe(TEN)
    expect(sleepsUntil({ 'postern-until-soon': true, $seen: true })).toBeUndefined()
  })

  it('has only what a keyword may have, in lower case (RFC 8621 §4.1.1)', () => {
    expect(at9).toMatch(/^[a-z0-9-]{1,40}$/)
  })
})

describe('a conversation that is muted', () => {
  it('leaves the Inbox for the Archive, and is marked wherever else it stands', () => {
    expect(after('mute', 'in', message(['in'], '$seen'))).toEqual([['arc'], ['$muted', '$seen']])
    expect(after('mute', 'in', message(['sent']))).toEqual([['sent'], ['$muted']])
    expect(after('mute', undefined, message(['in', 'own']))).toEqual([['arc', 'own'], ['$muted']])
  })

  it('sleeps on where it sleeps', () => {
    expect(after('mute', 'zz', message(['zz'], at9))).toEqual([['zz'], ['$muted', at9].sort()])
  })

  it('stays where it is once it is muted no longer', () => {
    expect(after('unmute', 'arc', message(['arc'], '$muted'))).toEqual([['arc'], []])
    expect(fileEmails('unmute', { messages: [message(['arc'])], from: undefined, mailboxes })).toEqual([])
  })
})
