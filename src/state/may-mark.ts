/** Whether the reader may mark mail of a mailbox: asked for each list that is shown. */
import type { OpenAccount } from './open-account.ts'
import type { Mark } from './row-marks.ts'
import type { Mailbox } from '../jmap/types.ts'

export function mayMark(account: OpenAccount, mailbox: Mailbox | undefined, mark: Mark): boolean {
  if (account.info.isReadOnly || !mailbox) return false
  const { maySetSeen, maySetKeywords } = mailbox.myRights
  return mark === 'read' || mark === 'unread' ? maySetSeen : maySetKeywords
}
