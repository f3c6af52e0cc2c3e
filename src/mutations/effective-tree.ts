/** The mailboxes as they will be once the intents about them have arrived. Pure. */
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import { withCreated } from './create-mailbox.ts'
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

/** The same list where nothing of it changes. */
export function effectiveTree(mailboxes: readonly Mailbox[], outbox: readonly OutboxRow[]): readonly Mailbox[] {
  return mailboxMutations(outbox).reduce((tree, mutation) => {
    switch (mutation.type) {
      case 'createMailbox':
        return withCreated(tree, mutation)
      case 'setMailbox':
        return withPatched(tree, mutation)
      case 'destroyMailbox':
        return withoutDestroyed(tree, mutation)
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
