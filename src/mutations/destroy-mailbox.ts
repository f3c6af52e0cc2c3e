/** The intent "delete this mailbox": its effect on the tree and on mail, and what of it has a way back. Pure. */
import type { Email, Mailbox, MailboxId } from '../jmap/types.ts'
import type { CreateMailbox, DestroyMailbox } from './mutation.ts'

export function withoutDestroyed(mailboxes: readonly Mailbox[], { mailboxId }: DestroyMailbox): readonly Mailbox[] {
  return mailboxes.filter(({ id }) => id !== mailboxId)
}

/** The Email without mailboxes that go; undefined if it stands in no other. */
export function outsideOf(email: Email, gone: ReadonlySet<MailboxId>): Email | undefined {
  const ids = Object.keys(email.mailboxIds) as MailboxId[]
  const left = ids.filter((id) => !gone.has(id))
  if (left.length === ids.length) return email
  return left.length === 0 ? undefined : { ...email, mailboxIds: Object.fromEntries(left.map((id) => [id, true])) }
}

/** What took back that one was made is taken back by making it again; mail that was deleted with one has no way back. */
export function inverseOfDestroyMailbox({ made }: DestroyMailbox): CreateMailbox | undefined {
  return made && { type: 'createMailbox', mailbox: made }
}
