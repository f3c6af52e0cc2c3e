/** The mailboxes as they will be once the intents about them have arrived. Pure. */
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import { isLocalId } from '../mail/list.ts'
import { findCreated } from './create-mailbox.ts'
import { withoutDestroyed } from './destroy-mailbox.ts'
import type { MailboxMutation, OutboxRow } from './mutation.ts'
import { isMailboxMutation } from './mutation.ts'
import { withPatched } from './set-mailbox.ts'

interface Intent {
  readonly mutation: MailboxMutation
  /** It may have arrived, whatever became of the answer. */
  readonly isSent: boolean
}

/** In the order in which they were done, without what was refused. */
function intentsIn(outbox: readonly OutboxRow[]): readonly Intent[] {
  return [...outbox]
    .sort((a, b) => a.seq - b.seq)
    .flatMap(({ mutation, status, attempts }) =>
      status !== 'failed' && isMailboxMutation(mutation) ? [{ mutation, isSent: attempts > 0 }] : [],
    )
}

/**
 * The same list where nothing of it changes. What the server has made of a new mailbox may be here before its answer is:
 * what waits behind that names it by the id of ours. Of one that never left it has made nothing: another of its name,
 * where an earlier rename was taken back perhaps, is not it, and both are shown until the server refuses one.
 */
export function effectiveTree(mailboxes: readonly Mailbox[], outbox: readonly OutboxRow[]): readonly Mailbox[] {
  const made = new Map<MailboxId, MailboxId>()
  const known = (id: MailboxId): MailboxId => made.get(id) ?? id
  const placed = <T extends { readonly parentId?: MailboxId | null }>(change: T): T =>
    change.parentId ? { ...change, parentId: known(change.parentId) } : change
  return intentsIn(outbox).reduce((tree, { mutation, isSent }) => {
    switch (mutation.type) {
      case 'createMailbox': {
        const create = { ...mutation, mailbox: placed(mutation.mailbox) }
        const { id } = create.mailbox
        const there =
          tree.find((each) => each.id === id) ?? (isSent ? findCreated(tree.filter(isMade), create) : undefined)
        made.set(id, there?.id ?? id)
        return there ? tree : [...tree, create.mailbox]
      }
      case 'setMailbox':
        return withPatched(tree, { ...mutation, mailboxId: known(mutation.mailboxId), patch: placed(mutation.patch) })
      case 'destroyMailbox':
        return withoutDestroyed(tree, { ...mutation, mailboxId: known(mutation.mailboxId) })
    }
  }, mailboxes)
}

function isMade({ id }: Mailbox): boolean {
  return !isLocalId(id)
}

/** Those that go. One that is deleted only if it is empty takes no mail with it. */
export function destroyedMailboxes(outbox: readonly OutboxRow[]): ReadonlySet<MailboxId> {
  return new Set(
    intentsIn(outbox).flatMap(({ mutation }) =>
      mutation.type === 'destroyMailbox' && !mutation.made ? [mutation.mailboxId] : [],
    ),
  )
}
