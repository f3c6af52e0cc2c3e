import { number, one } from '../numbers.ts'

/** What rows and lists say beside their first words: fetched once the first rows stand. */
export const listExtras = {
  markedRead: (count: number) => `${one(count, 'conversation', 'conversations')} marked as read`,
  markedUnread: (count: number) => `${one(count, 'conversation', 'conversations')} marked as unread`,
  newMail: (count: number) => `${number(count)} new`,
  newMailSpoken: (count: number) => one(count, 'new message', 'new messages'),
  menu: 'Filter and sort',
  answered: 'answered',
  forwarded: 'forwarded',
  writtenToWords: (address: string) => `written to ${address}`,
  emptyInbox: 'Empty. New mail arrives here by itself.',
  emptyMailbox: 'Nothing here yet.',
  emptyOffline: 'Nothing of this mailbox is on this device yet. It comes when you are online.',
  unreadable: 'You may not read this mailbox.',
}
