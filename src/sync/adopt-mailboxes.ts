/** A mailbox of the reader's making gets the id that the server has given it: by its answer, or found by its name. */
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import { findCreated } from '../mutations/create-mailbox.ts'
import { isMailboxMutation, type CreateMailbox, type MailboxMutation, type OutboxRow } from '../mutations/mutation.ts'
import { noteMade } from '../replica/made-ids.ts'
import type { WriteTx } from '../replica/replica.ts'

export interface MailboxRow<M extends MailboxMutation = MailboxMutation> extends OutboxRow {
  readonly mutation: M
}

/**
 * Belongs to whatever brings mailboxes: from then on the reader sees and names it by the server's id. Were its row still
 * to be sent, one that they delete, and others too, would be made once more.
 */
export async function adoptFound(tx: WriteTx): Promise<void> {
  for (const row of (await tx.outbox()).filter(mayBeMade)) {
    const found = findCreated(confirmed(await tx.mailboxes(), await tx.outbox()), row.mutation)
    if (!found) continue
    await adopt(tx, row, found.id)
    await tx.deleteOutbox([row.id])
  }
}

/** It was sent, and what became of it is not known. */
function mayBeMade(row: OutboxRow): row is MailboxRow<CreateMailbox> {
  return isMailboxRow(row) && isCreation(row) && row.status === 'queued' && row.attempts > 0
}

/** What waits behind it names it by that from now on. */
export async function adopt(tx: WriteTx, row: MailboxRow<CreateMailbox>, id: MailboxId): Promise<void> {
  for (const each of await noteMade(tx.kept, row, id)) await tx.putOutbox(each)
  // said once more, so that its list is read with what is on its way there
  await tx.putMailboxes((await tx.mailboxes()).filter((each) => each.id === id))
}

/**
 * By what the server has confirmed: where a pull did not end, the base may still call a mailbox as it was before. `isSaid`:
 * by what else is to count as done.
 */
export function confirmed(
  mailboxes: readonly Mailbox[],
  outbox: readonly OutboxRow[],
  isSaid: (row: OutboxRow) => boolean = ({ status }) => status === 'sent',
): readonly Mailbox[] {
  const sent = outbox.filter(isMailboxRow).filter(isSaid)
  return mailboxes.flatMap((mailbox) => {
    const own = sent.flatMap(({ mutation }) =>
      mutation.type !== 'createMailbox' && mutation.mailboxId === mailbox.id ? mutation : [],
    )
    if (own.some(({ type }) => type === 'destroyMailbox')) return []
    return own.reduce(
      (now, mutation) => (mutation.type === 'setMailbox' ? { ...now, ...mutation.patch } : now),
      mailbox,
    )
  })
}

export function isMailboxRow(row: OutboxRow): row is MailboxRow {
  return isMailboxMutation(row.mutation)
}

export function isCreation(row: MailboxRow): row is MailboxRow<CreateMailbox> {
  return row.mutation.type === 'createMailbox'
}
