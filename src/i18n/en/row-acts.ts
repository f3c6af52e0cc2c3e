import { one } from '../numbers.ts'

/** What is done to rows by pointer: their menu, the buttons under the pointer. Loaded with them. */
export const rowActs = {
  menu: 'Actions',
  menuOfTicked: (count: number) => `Actions for ${one(count, 'conversation', 'conversations')}`,
  strip: 'Quick actions',
  open: 'Open',
  markRead: 'Mark as read',
  markUnread: 'Mark as unread',
  flag: 'Flag',
  unflag: 'Remove flag',
  archive: 'Archive',
  delete: 'Delete',
  junk: 'Junk',
  notJunk: 'Not junk',
  moveTo: 'Move to…',
  copyTo: 'Copy to…',
  snooze: 'Snooze…',
  mute: 'Mute',
  unmute: 'No longer mute',
  wake: 'Bring back now',
  label: 'Labels…',
  /** On a button that shows no word. */
  tip: (name: string, key: string | undefined) => (key ? `${name} (${key})` : name),
  dragTo: (what: string, mailbox: string) => `${what} to ${mailbox}`,
}
