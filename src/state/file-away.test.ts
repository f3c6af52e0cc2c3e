import { expect, test } from 'vitest'
import { fileAway } from './file-away.ts'
import type { OpenAccount } from './open-account.ts'
import { UndoStack } from './undo-stack.svelte.ts'
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import type { RowMessage } from '../mail/list.ts'
import type { Mutation } from '../mutations/mutation.ts'

const myRights = { mayAddItems: true, mayRemoveItems: true } as Mailbox['myRights']
const aMailbox = (id: string, role: string | null, name: string): Mailbox =>
  ({ id, role, name, parentId: null, myRights }) as Mailbox
const inbox = aMailbox('in', 'inbox', 'Inbox')

async function archived(filing: 'archive' | 'mute', mailboxes: readonly Mailbox[]): Promise<readonly Mutation[]> {
  const done: Mutation[] = []
  const perform: UndoStack['perform'] = (_account, mutations) => {
    done.push(...mutations)
    return Promise.resolve()
  }
  const message = { id: 'a', blobId: 'b', keywords: {}, mailboxIds: { in: true } } as unknown as RowMessage
  await fileAway(filing, {
    account: { info: { isPersonal: true, isReadOnly: false } } as OpenAccount,
    undo: () => Promise.resolve(Object.assign(new UndoStack(), { perform })),
    messages: [message],
    from: inbox.id,
    label: () => '',
    known: mailboxes,
  })
  return done
}

test.each(['archive', 'mute'] as const)('%s: an Archive without a role is it, and none is made', async (filing) => {
  const [move] = await archived(filing, [inbox, aMailbox('old', null, 'Archive')])
  expect(move).toMatchObject({ type: 'setMailboxes', mailboxIds: { in: false, ['old' as MailboxId]: true } })
  expect(move).not.toHaveProperty('make')
})

test('where there is none it is made', async () => {
  const [move] = await archived('archive', [inbox])
  expect(move).toMatchObject({
    mailboxIds: { in: false, '~archive': true },
    make: { role: 'archive', name: 'Archive' },
  })
})
