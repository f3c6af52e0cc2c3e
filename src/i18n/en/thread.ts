import { conjunction, number, one } from '../numbers.ts'

/** The opened conversation. */
export const thread = {
  label: 'Conversation',
  loading: 'Loading the conversation',
  noSubject: '(no subject)',
  messages: (count: number) => one(count, 'message', 'messages'),
  messagesSince: (count: number, day: string) => `${one(count, 'message', 'messages')} since ${day}`,
  missing: (count: number) => `${one(count, 'message is', 'messages are')} not on this device`,

  tools: 'Conversation tools',
  more: 'More for this conversation',
  moreOf: (name: string) => `More for the message from ${name}`,
  back: 'Back',
  backTo: (mailbox: string) => `Back to ${mailbox}`,
  newer: 'Newer conversation',
  older: 'Older conversation',
  position: (position: number, total: number) => `${number(position)} of ${number(total)}`,
  positionOpen: (position: number) => number(position),
  markUnread: 'Mark unread',
  markRead: 'Mark read',
  markedUnread: 'Marked as unread',
  markedRead: 'Marked as read',

  letter: (name: string, time: string) => `${name}, ${time}`,
  fold: (name: string) => `Fold the message from ${name}`,
  open: (name: string) => `Open the message from ${name}`,
  unread: 'Unread',
  earlier: (count: number, names: readonly string[]) =>
    `${one(count, 'earlier message', 'earlier messages')} from ${conjunction(names)}`,
  later: (count: number, names: readonly string[]) =>
    `${one(count, 'later message', 'later messages')} from ${conjunction(names)}`,
  nobody: 'No sender',
  You: 'You',
  you: 'you',
  youAt: (address: string) => `you at ${address}`,
  others: (count: number) => one(count, 'other', 'others'),
  to: (names: readonly string[]) => `to ${conjunction(names)}`,
  toNobody: 'to nobody named',
  details: 'Details',
  frame: (name: string, time: string) => `Letter from ${name}, ${time}`,
  bodyLoading: 'Loading the message',
  quoted: (lines: number) => one(lines, 'quoted line', 'quoted lines'),
  files: (count: number) => one(count, 'attachment', 'attachments'),
  tryAgain: 'Try again',
  partFailed: 'Part of Postern did not arrive.',
}
