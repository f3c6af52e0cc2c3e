/**
 * A mailbox that the reader needs and the server may not have: Stalwart's accounts begin without an Archive (M8). Until
 * the server has given it an id it is known by its role. Pure.
 */
import { isLocalId } from '../mail/list.ts'
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import type { SetMailboxes, SetMailboxesOnAll } from './mutation.ts'
import { newMailbox } from './new-mailbox.ts'
import { entriesOf } from './set-mailboxes.ts'

/** As it will be, before the server has it. `name`: what it is called there, if it is to be made. */
export function mailboxToMake(role: string, name: string): Mailbox {
  return newMailbox({ id: `~${role}` as MailboxId, name, role, parentId: null })
}

/** The one of its role; else one at the top that is called so and has none, as servers without roles have it. */
export function findMailbox(
  mailboxes: readonly Mailbox[],
  wanted: Pick<Mailbox, 'role' | 'name'>,
): Mailbox | undefined {
  const isAtServer = ({ id }: Mailbox): boolean => !isLocalId(id)
  const name = wanted.name.toLowerCase()
  return (
    mailboxes.find((mailbox) => mailbox.role === wanted.role && isAtServer(mailbox)) ??
    mailboxes.find(
      (mailbox) =>
        !mailbox.role && mailbox.parentId === null && mailbox.name.toLowerCase() === name && isAtServer(mailbox),
    )
  )
}

/** The intent once a mailbox that it names by its role is known by the server's id. What else it asks for it asks on. */
export function withMadeMailbox(
  { make, ...rest }: SetMailboxes | SetMailboxesOnAll,
  local: string,
  id: MailboxId,
): SetMailboxes | SetMailboxesOnAll {
  const mutation = make && make.id !== local ? { ...rest, make } : rest
  if (mutation.type === 'setMailboxesOnAll') return { ...mutation, to: id }
  const renamed = entriesOf(mutation.mailboxIds).map(([each, isIn]) => [each === local ? id : each, isIn])
  return { ...mutation, mailboxIds: Object.fromEntries(renamed) as SetMailboxes['mailboxIds'] }
}
