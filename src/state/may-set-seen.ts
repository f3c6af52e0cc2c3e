/** Whether the reader may mark mail of a mailbox as read: asked for each list that is shown. */
import type { OpenAccount } from './open-account.ts'
import type { Mailbox } from '../jmap/types.ts'

export function maySetSeen(account: OpenAccount, mailbox: Mailbox): boolean {
  return !account.info.isReadOnly && mailbox.myRights.maySetSeen
}
