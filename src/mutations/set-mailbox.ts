/** The intent "call it so, put it there, hide it": its effect on the tree and its inverse. Pure. */
import type { Mailbox } from '../jmap/types.ts'
import type { MailboxChange, SetMailbox } from './mutation.ts'

/** Undefined: it is so already. */
export function setMailbox(mailbox: Mailbox, wanted: MailboxChange): SetMailbox | undefined {
  const names = (Object.keys(wanted) as (keyof MailboxChange)[]).filter((name) => wanted[name] !== mailbox[name])
  if (names.length === 0) return undefined
  const pick = (from: MailboxChange): MailboxChange => Object.fromEntries(names.map((name) => [name, from[name]]))
  return { type: 'setMailbox', mailboxId: mailbox.id, name: mailbox.name, patch: pick(wanted), was: pick(mailbox) }
}

export function withPatched(mailboxes: readonly Mailbox[], { mailboxId, patch }: SetMailbox): readonly Mailbox[] {
  return mailboxes.map((mailbox) => (mailbox.id === mailboxId ? { ...mailbox, ...patch } : mailbox))
}

export function inverseOfSetMailbox(mutation: SetMailbox): SetMailbox {
  const { patch, was, name } = mutation
  return { ...mutation, name: patch.name ?? name, patch: was, was: patch }
}
