/** What is said when mail is put away. */
export const filing = {
  archived: (what: string) => `${what} archived`,
  moved: (what: string, mailbox: string) => `${what} moved to ${mailbox}`,
  copied: (what: string, mailbox: string) => `${what} copied to ${mailbox}`,
  snoozed: (what: string, hour: string) => `${what} snoozed until ${hour}`,
  woken: (what: string) => `${what} brought back to the Inbox`,
  noSnoozed: 'This account has no mailbox for snoozed mail, so nothing was snoozed.',
  notAsleep: 'Nothing of it is snoozed.',
  conversation: 'Conversation',
  thisConversation: 'this conversation',
  noArchive: 'This account has no Archive mailbox, so nothing was archived.',
  noTrash: 'This account has no Trash mailbox, so nothing was deleted.',
  noJunk: 'This account has no Junk mailbox, so nothing was moved.',
  noTarget: 'That mailbox is gone, so nothing was moved.',
  isThere: (mailbox: string) => `Already in ${mailbox}`,
  forbidden: 'You may not move mail here.',
  pickFailed: 'Part of Postern did not arrive, so nothing was done.',
}
