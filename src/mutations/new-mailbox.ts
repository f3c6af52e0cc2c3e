/** A mailbox as it will be once the server has made it. Pure. */
import type { Mailbox } from '../jmap/types.ts'

export const NO_MAIL = { totalEmails: 0, unreadEmails: 0, totalThreads: 0, unreadThreads: 0 }

const ALL_RIGHTS = {
  mayReadItems: true,
  mayAddItems: true,
  mayRemoveItems: true,
  maySetSeen: true,
  maySetKeywords: true,
  mayCreateChild: true,
  mayRename: true,
  mayDelete: true,
  maySubmit: true,
}

export function newMailbox(wanted: Pick<Mailbox, 'id' | 'name' | 'role' | 'parentId'>): Mailbox {
  return { ...wanted, ...NO_MAIL, sortOrder: 0, myRights: ALL_RIGHTS, isSubscribed: true }
}
