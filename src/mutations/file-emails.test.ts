import { describe, expect, it } from 'vitest'
import type { BlobId, EmailId, Mailbox, MailboxId } from '../jmap/types.ts'
import { FLAGGED, type RowMessage } from '../mail/list.ts'
import { canFile, fileEmails, type Filing } from './file-emails.ts'
import { emailIdsOf } from './mutation.ts'

const may = { mayAddItems: true, mayRemoveItems: true } as Mailbox['myRights']
const aMailbox = (id: string, role: string | null = id, myRights = may): Mailbox =>
  ({ id: id as MailboxId, role, myRights }) as Mailbox
const mailboxes = [...['inbox', 'archive', 'trash', 'junk', 'sent'].map((id) => aMailbox(id)), aMailbox('work', null)]

const aMessage = (id: string, mailboxIds: string[], keywords: string[] = []): RowMessage => ({
  id: id as EmailId,
  blobId: `b${id}` as BlobId,
  receivedAt: '2026-11-01T00:00:00Z',
  from: null,
  keywords: Object.fromEntries(keywords.map((each) => [each, true])),
  mailboxIds: Object.fromEntries(mailboxIds.map((each) => [each, true])),
})

function filed(filing: Filing, from: string | undefined, ...messages: RowMessage[]): unknown {
  const input = { messages, from: from as MailboxId | undefined, mailboxes }
  const mutations = fileEmails(filing, input)
  expect(canFile(filing, input)).toBe(mutations.length > 0)
  return mutations.map((mutation) =>
    mutation.type === 'setKeyword'
      ? [emailIdsOf(mutation).join(), mutation.keyword, mutation.value]
      : [emailIdsOf(mutation).join(), mutation.type === 'setMailboxes' ? mutation.mailboxIds : mutation.type],
  )
}

const work = { to: 'work' as MailboxId }

describe('fileEmails', () => {
  it.each<[string, Filing, string | undefined, RowMessage[], unknown]>([
    [
      'archives what stands in the list, not the answer in Sent',
      'archive',
      'inbox',
      [aMessage('a', ['inbox']), aMessage('b', ['sent']), aMessage('c', ['inbox', 'work'])],
      [['a,c', { inbox: false, archive: true }]],
    ],
    ['archives nothing twice', 'archive', 'archive', [aMessage('a', ['archive'])], []],
    [
      'deletes from all mailboxes, each as it lies',
      'trash',
      'inbox',
      [aMessage('a', ['inbox']), aMessage('b', ['inbox', 'work']), aMessage('c', ['inbox'])],
      [
        ['a,c', { inbox: false, trash: true }],
        ['b', { inbox: false, work: false, trash: true }],
      ],
    ],
    [
      'says to the filter that it is junk',
      'junk',
      'inbox',
      [aMessage('a', ['inbox'], ['$notjunk'])],
      [
        ['a', { inbox: false, junk: true }],
        ['a', '$junk', true],
        ['a', '$notjunk', false],
      ],
    ],
    [
      'and that it is not',
      'notJunk',
      'junk',
      [aMessage('a', ['junk'])],
      [
        ['a', { junk: false, inbox: true }],
        ['a', '$notjunk', true],
      ],
    ],
    [
      'moves out of the list that it stands in',
      work,
      'inbox',
      [aMessage('a', ['inbox', 'archive'])],
      [['a', { inbox: false, work: true }]],
    ],
    [
      'moves a hit out of where it lies',
      work,
      undefined,
      [aMessage('a', ['inbox', 'archive'])],
      [['a', { inbox: false, archive: false, work: true }]],
    ],
    [
      'moves of a hit what was received, not the answer in Sent',
      work,
      undefined,
      [aMessage('a', ['inbox']), aMessage('b', ['sent'])],
      [['a', { inbox: false, work: true }]],
    ],
    [
      'moves the answer of a hit that is nothing else',
      work,
      undefined,
      [aMessage('b', ['sent'])],
      [['b', { sent: false, work: true }]],
    ],
    [
      'copies and leaves it where it is',
      { ...work, isCopy: true },
      'inbox',
      [aMessage('a', ['inbox']), aMessage('b', ['inbox', 'work']), aMessage('c', ['sent'])],
      [['a', { work: true }]],
    ],
    [
      'deletes what is moved to Trash',
      { to: 'trash' as MailboxId },
      'inbox',
      [aMessage('a', ['inbox', 'work'])],
      [['a', { inbox: false, work: false, trash: true }]],
    ],
    [
      'learns from what is moved to Junk',
      { to: 'junk' as MailboxId },
      'inbox',
      [aMessage('a', ['inbox'])],
      [
        ['a', { inbox: false, junk: true }],
        ['a', '$junk', true],
      ],
    ],
    [
      'and from what is moved out of it, wherever to',
      work,
      'junk',
      [aMessage('a', ['junk'], ['$junk'])],
      [
        ['a', { junk: false, work: true }],
        ['a', '$notjunk', true],
        ['a', '$junk', false],
      ],
    ],
    [
      'archives a flagged one out of the Inbox only',
      'archive',
      FLAGGED,
      [aMessage('a', ['inbox', 'work'])],
      [['a', { inbox: false, archive: true }]],
    ],
    [
      'leads nowhere where there is no such mailbox',
      { to: 'none' as MailboxId },
      'inbox',
      [aMessage('a', ['inbox'])],
      [],
    ],
  ])('%s', (_, filing, from, messages, expected) => {
    expect(filed(filing, from, ...messages)).toEqual(expected)
  })

  it('asks for the mailbox that it goes to, out of one that the server has still to make, too', () => {
    const [archive, snoozed] = ['~archive', '~snoozed'].map((id) => aMailbox(id, id.slice(1)))
    const input = { messages: [aMessage('a', ['~archive'])], from: '~archive' as MailboxId }
    const [mutation] = fileEmails({ until: 60_000 }, { ...input, mailboxes: [archive!, snoozed!] })
    expect(mutation).toMatchObject({ make: { id: '~snoozed' }, mailboxIds: { '~archive': false, '~snoozed': true } })
  })

  it('does nothing without the right to', () => {
    const shared = [aMailbox('inbox', 'inbox', { ...may, mayRemoveItems: false }), aMailbox('trash')]
    const input = { messages: [aMessage('a', ['inbox'])], from: 'inbox' as MailboxId }
    expect(fileEmails('trash', { ...input, mailboxes: shared })).toEqual([])
    const closed = [aMailbox('inbox'), aMailbox('trash', 'trash', { ...may, mayAddItems: false })]
    expect(fileEmails('trash', { ...input, mailboxes: closed })).toEqual([])
  })
})
