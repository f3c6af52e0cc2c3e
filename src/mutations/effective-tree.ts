/** The mailboxes as they will be once the intents about them have arrived. Pure. */
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import { findCreated } from './create-mailbox.ts'
import { withoutDestroyed } from './destroy-mailbox.ts'
import type { MailboxMutation, OutboxRow } from './mutation.ts'
import { isMailboxMutation } from './mutation.ts'
import { withPatched } from './set-mailbox.ts'

/** In the order in which they were done, without what was refused. */
function mailboxMutations(outbox: readonly OutboxRow[]): readonly MailboxMutation[] {
  return [...outbox]
    .sort((a, b) => a.seq - b.seq)
    .flatMap(({ mutation, status }) => (status !== 'failed' && isMailboxMutation(mutation) ? [mutation] : []))
}

/**
 * The same list where nothing of it changes. What the server has made of a new mailbox may be here before its answer is:
 * what waits behind that names it by the id of ours.
 */
export function effectiveTree(mailboxes: readonly Mailbox[], outbox: readonly OutboxRow[]): readonly Mailbox[] {
  const made = new Map<MailboxId, MailboxId>()
  const known = (id: MailboxId): MailboxId => made.get(id) ?? id
  const placed = <T extends { readonly parentId?: MailboxId | null }>(change: T): T =>
    change.parentId ? { ...change, parentId: known(change.parentId) } : change
  return mailboxMutations(outbox).reduce((tree, mutation) => {
    switch (mutation.type) {
      case 'createMailbox': {
        const create = { ...mutation, mailbox: placed(mutation.mailbox) }
        const { id } = create.mailbox
        const there = tree.find((each) => each.id === id) ?? findCreated(tree, create)
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

/** Those that go. One that is deleted only if it is empty takes no mail with it. */
export function destroyedMailboxes(outbox: readonly OutboxRow[]): ReadonlySet<MailboxId> {
  return new Set(
    mailboxMutations(outbox).flatMap((mutation) =>
      mutation.type === 'destroyMailbox' && !mutation.made ? [mutation.mailboxId] : [],
    ),
  )
}
