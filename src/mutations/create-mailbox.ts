/** The intent "make this mailbox": its effect on the tree and its inverse. Pure. */
import type { Mailbox } from '../jmap/types.ts'
import type { CreateMailbox, DestroyMailbox, SetMailbox } from './mutation.ts'
import { newMailbox } from './new-mailbox.ts'

/** As it will be, under an id of ours. */
export function createMailbox(
  id: Mailbox['id'],
  { name, parentId }: Pick<Mailbox, 'name' | 'parentId'>,
): CreateMailbox {
  return { type: 'createMailbox', mailbox: newMailbox({ id, name, parentId, role: null }) }
}

/** The one that the server may have made of it already: siblings have different names (RFC 8621 §2). */
export function findCreated(
  mailboxes: readonly Mailbox[],
  { mailbox, known }: Pick<CreateMailbox, 'mailbox' | 'known'>,
): Mailbox | undefined {
  return mailboxes.find(
    ({ id, name, parentId }) =>
      known?.includes(id) !== true &&
      parentId === mailbox.parentId &&
      name.normalize('NFC') === mailbox.name.normalize('NFC'),
  )
}

/** The same of one that the server has made and that stands: as it will be. */
export function createdAnew({ mailbox }: Pick<CreateMailbox, 'mailbox'>, mailboxId: Mailbox['id']): SetMailbox {
  const { name, parentId } = mailbox
  return { type: 'setMailbox', mailboxId, name, patch: { name, parentId, isSubscribed: true }, was: {}, made: mailbox }
}

/** Only while it is empty. */
export function inverseOfCreateMailbox({ mailbox }: CreateMailbox): DestroyMailbox {
  const { id: mailboxId, name } = mailbox
  return { type: 'destroyMailbox', mailboxId, name, onDestroyRemoveEmails: false, made: mailbox }
}
