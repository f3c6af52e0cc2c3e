/** Actions that name a mailbox by its role, since the server had none, get the server's id of what is there by now. */
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import { isCreatedId, isLocalId } from '../mail/list.ts'
import { findMailbox, withMadeMailbox } from '../mutations/made-mailbox.ts'
import type { OutboxRow, SetMailboxes, SetMailboxesOnAll } from '../mutations/mutation.ts'
import { targetsOf } from '../mutations/set-mailboxes.ts'
import type { WriteTx } from '../replica/replica.ts'
import { confirmed } from './adopt-mailboxes.ts'

export type Wanted = Pick<Mailbox, 'id' | 'name' | 'role'>

/**
 * Belongs to whatever brings mailboxes, once what is done has left the outbox: else the reader would see two of one role
 * until the actions have their turn, or lose sight of what was put there. Answers the first that is not there and is
 * needed. Where the reader has renamed or deleted before what is there still, actions mean another, whose turn is after
 * that.
 */
export async function nameFound(tx: WriteTx): Promise<Wanted | undefined> {
  const [mailboxes, outbox] = [await tx.mailboxes(), await tx.outbox()]
  const now = confirmed(mailboxes, outbox)
  let missing: Wanted | undefined
  for (const row of outbox) {
    const isBefore = ({ seq, status }: OutboxRow): boolean =>
      status === 'sent' || (status !== 'failed' && seq < row.seq)
    let mutation = row.mutation as SetMailboxes | SetMailboxesOnAll
    for (const local of localIdsIn(row)) {
      const { make } = mutation
      const wanted = { id: local, role: local.slice(1), name: make?.id === local ? make.name : local.slice(1) }
      const found = findMailbox(confirmed(mailboxes, outbox, isBefore), wanted)
      if (found) {
        mutation = withMadeMailbox(mutation, local, found.id)
        await tx.putOutbox({ ...row, mutation })
        // said once more, so that its list is read with what is on its way there
        await tx.putMailboxes(mailboxes.filter(({ id }) => id === found.id))
      } else if (needs(row, local) && !findMailbox(now, wanted)) missing ??= wanted
    }
  }
  return missing
}

/** Mailboxes that it still names by their role. */
export function localIdsIn({ mutation }: OutboxRow): readonly MailboxId[] {
  if (mutation.type !== 'setMailboxes' && mutation.type !== 'setMailboxesOnAll') return []
  const ids = mutation.type === 'setMailboxes' ? Object.keys(mutation.mailboxIds) : [mutation.to]
  return (ids as MailboxId[]).filter((id) => isLocalId(id) && !isCreatedId(id))
}

/** Mail goes there. Out of one that was never made nothing has to be taken. */
export function needs({ mutation, status }: OutboxRow, id: MailboxId): boolean {
  return status === 'queued' && targetsOf(mutation).includes(id)
}
