/** Rows that name a mailbox of the reader's making which will never be made: it was refused, or taken back. */
import type { MailboxId } from '../jmap/types.ts'
import { isCreatedId } from '../mail/list.ts'
import type { Mutation } from '../mutations/mutation.ts'
import { targetsOf } from '../mutations/set-mailboxes.ts'
import type { WriteTx } from '../replica/replica.ts'

/** Why the mailbox was refused is why they are, too. To delete what never was is done. */
export async function failOrphans(tx: WriteTx): Promise<void> {
  const coming = new Set<MailboxId>()
  const refusals = new Map<MailboxId, string>()
  for (const row of await tx.outbox()) {
    const { mutation, status } = row
    const made = mutation.type === 'createMailbox' ? mutation.mailbox.id : undefined
    const lost = createdIdsIn(mutation).find((id) => !coming.has(id))
    if (status === 'failed' || (status === 'queued' && lost !== undefined)) {
      const lastError = row.lastError ?? (lost && refusals.get(lost)) ?? 'notFound'
      if (made) refusals.set(made, lastError)
      if (status === 'failed') continue
      if (mutation.type === 'destroyMailbox' && mutation.mailboxId === lost) await tx.deleteOutbox([row.id])
      else await tx.putOutbox({ ...row, status: 'failed', lastError })
    } else if (made) coming.add(made)
  }
}

/** Mailboxes of the reader's making that have to be there before it can be sent. */
export function createdIdsIn(mutation: Mutation): readonly MailboxId[] {
  return namedIn(mutation).filter((id): id is MailboxId => typeof id === 'string' && isCreatedId(id))
}

function namedIn(mutation: Mutation): readonly (MailboxId | null | undefined)[] {
  switch (mutation.type) {
    case 'setMailboxes':
    case 'setMailboxesOnAll':
      // out of one that was never made: nothing was in it
      return targetsOf(mutation)
    case 'createMailbox':
      return [mutation.mailbox.parentId]
    case 'setMailbox':
      return [mutation.mailboxId, mutation.patch.parentId]
    case 'destroyMailbox':
      return [mutation.mailboxId, mutation.moveTo]
    default:
      return []
  }
}
