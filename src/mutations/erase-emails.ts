/**
 * What deleting for ever means for messages of Trash or Junk: they die. One that stands in another mailbox as well is
 * still wanted there, so that it only leaves this one. Pure.
 */
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import { isPassedOver, type RowMessage } from '../mail/list.ts'
import type { EmailMutation, Mutation } from './mutation.ts'

export interface Erasure {
  readonly mutations: readonly Mutation[]
  /** Some of it stays in other mailboxes. */
  readonly hasKept: boolean
}

/** Only the messages that stand in the list are meant. Empty where there is no right to. */
export function eraseEmails(messages: readonly RowMessage[], from: MailboxId, mailboxes: readonly Mailbox[]): Erasure {
  const lastPlaces = new Set(mailboxes.filter(({ role }) => isPassedOver(role)).map(({ id }) => id))
  const mayLeave = new Set(mailboxes.filter(({ myRights }) => myRights.mayRemoveItems).map(({ id }) => id))
  const placesOf = ({ mailboxIds }: RowMessage): MailboxId[] => Object.keys(mailboxIds) as MailboxId[]
  const here = messages.filter((message) => mayLeave.has(from) && placesOf(message).includes(from))
  const isWanted = (message: RowMessage): boolean => placesOf(message).some((id) => !lastPlaces.has(id))
  const kept = here.filter(isWanted)
  const dead = here.filter((message) => !isWanted(message) && placesOf(message).every((id) => mayLeave.has(id)))
  const on = (which: readonly RowMessage[]): Pick<EmailMutation, 'emailIds' | 'blobIds'> => ({
    emailIds: which.map(({ id }) => id),
    blobIds: which.map(({ blobId }) => blobId),
  })
  return {
    mutations: [
      ...(dead.length > 0 ? [{ type: 'destroyEmails', ...on(dead) } as const] : []),
      ...(kept.length > 0 ? [{ type: 'setMailboxes', ...on(kept), mailboxIds: { [from]: false } } as const] : []),
    ],
    hasKept: kept.length > 0,
  }
}
