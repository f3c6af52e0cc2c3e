import { expect, it } from 'vitest'
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import type { RowMessage } from '../mail/list.ts'
import { eraseEmails } from './erase-emails.ts'

const box = (id: string, role: string | null, mayRemoveItems = true): Mailbox =>
  ({ id, role, myRights: { mayRemoveItems } }) as unknown as Mailbox
const message = (id: string, ...boxes: string[]): RowMessage =>
  ({ id, blobId: `b${id}`, mailboxIds: Object.fromEntries(boxes.map((each) => [each, true])) }) as unknown as RowMessage
const TRASH = 'trash' as MailboxId
const boxes = [box('in', 'inbox'), box('trash', 'trash'), box('junk', 'junk')]

it('kills what stands in Trash, or in Junk and Trash; what another mailbox wants only leaves', () => {
  const messages = [
    message('a', 'trash'),
    message('b', 'trash', 'in'),
    message('c', 'trash', 'junk'),
    message('d', 'in'),
  ]
  expect(eraseEmails(messages, TRASH, boxes)).toEqual({
    mutations: [
      { type: 'destroyEmails', emailIds: ['a', 'c'], blobIds: ['ba', 'bc'] },
      { type: 'setMailboxes', emailIds: ['b'], blobIds: ['bb'], mailboxIds: { trash: false } },
    ],
    hasKept: true,
  })
})

it('does nothing where mail may not be taken out', () => {
  const shared = [box('trash', 'trash', false), box('junk', 'junk')]
  expect(eraseEmails([message('a', 'trash')], TRASH, shared).mutations).toEqual([])
  const other = [box('trash', 'trash'), box('junk', 'junk', false)]
  expect(eraseEmails([message('a', 'trash', 'junk'), message('b', 'trash')], TRASH, other).mutations).toEqual([
    { type: 'destroyEmails', emailIds: ['b'], blobIds: ['bb'] },
  ])
})
