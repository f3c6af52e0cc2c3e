import { number, one } from '../numbers.ts'

/** What rows and lists say beside their first words: fetched once the first rows stand. */
export const listExtras = {
  conversations: (count: number) => one(count, 'conversation', 'conversations'),
  messages: (count: number) => one(count, 'message', 'messages'),
  markedRead: (rows: string) => `${rows} marked as read`,
  markedUnread: (rows: string) => `${rows} marked as unread`,
  flagged: (rows: string) => `${rows} flagged`,
  unflagged: (rows: string) => `${rows} no longer flagged`,
  newMail: (count: number) => `${number(count)} new`,
  newMailSpoken: (count: number) => one(count, 'new message', 'new messages'),
  rows: (from: number, to: number, total: number) => `Rows ${number(from)} to ${number(to)} of ${number(total)}`,
  rowsOpen: (from: number, to: number) => `Rows ${number(from)} to ${number(to)}`,
  menu: 'Filter and sort',
  answered: 'answered',
  forwarded: 'forwarded',
  writtenToWords: (address: string) => `written to ${address}`,
}
