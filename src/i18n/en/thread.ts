import { conjunction, number, one } from '../numbers.ts'

/** By the kind of what went wrong (`LoadProblem`). */
const unreachable = {
  offline: 'It comes by itself when you are online.',
  unauthorized: 'Your sign-in has run out. Sign in again to fetch it.',
  forbidden: 'Your server does not allow this account to read it.',
  busy: 'Your server is busy. Try again in a moment.',
  server: 'Your server answered with an error. Try again; if it stays, tell whoever runs the server.',
  gone: 'Your server no longer has it.',
  unknown: 'It could not be fetched. Try again.',
}

type Problem = keyof typeof unreachable

/** The opened conversation. */
export const thread = {
  label: 'Conversation',
  loading: 'Loading the conversation',
  noSubject: '(no subject)',
  messages: (count: number) => one(count, 'message', 'messages'),
  messagesSince: (count: number, day: string) => `${one(count, 'message', 'messages')} since ${day}`,
  missing: (count: number) => `${one(count, 'message is', 'messages are')} not on this device`,

  tools: 'Conversation tools',
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
  nobody: 'No sender',
  You: 'You',
  you: 'you',
  others: (count: number) => one(count, 'other', 'others'),
  to: (names: readonly string[]) => `to ${conjunction(names)}`,
  toNobody: 'to nobody named',
  details: 'Details',
  from: 'From',
  sender: 'Sent by',
  replyTo: 'Reply to',
  toField: 'To',
  cc: 'Cc',
  bcc: 'Bcc',
  sent: 'Sent',
  received: 'Received',

  frame: (name: string, time: string) => `Letter from ${name}, ${time}`,
  bodyLoading: 'Loading the message',
  quoted: (lines: number) => one(lines, 'quoted line', 'quoted lines'),
  empty: 'This message has no text.',
  picture: (name: string) => `Picture ${name}`,
  pictureAbsent: (name: string) => `The picture ${name} is not on this device yet.`,

  held: (count: number) => `${one(count, 'picture from the internet is', 'pictures from the internet are')} held back.`,
  heldWhy: 'Showing them tells the sender your network address, and that you read this.',
  showOnce: 'Show once',
  openFrameFailed: 'Pictures from the internet cannot be shown here right now. The message is shown without them.',
  bodyAbsent: (problem: Problem) => `This message is not on this device yet. ${unreachable[problem]}`,
  bodyGone: 'The text of this message is no longer on your server.',
  cut: 'This message is very long. Only its beginning is shown.',
  encoding: 'Parts of this message use an unknown or broken encoding. Some characters may be wrong.',
  framePlain: 'This message could not be shown as designed. This is its text.',
  tryAgain: 'Try again',

  attachments: (count: number, size: string) => `${one(count, 'attachment', 'attachments')}, ${size}`,
  attachmentList: 'Attachments',
  download: (name: string, type: string, size: string) => `Download ${name}, ${type}, ${size}`,
  cancel: (name: string) => `Cancel the download of ${name}`,
  downloading: (received: string, size: string) => `${received} of ${size}`,
  downloaded: (name: string) => `${name} is saved`,
  downloadFailed: (problem: Problem) =>
    problem === 'offline'
      ? 'Not saved: you are offline.'
      : problem === 'gone'
        ? 'No longer on the server.'
        : 'Not saved. Try again.',
  file: 'file',

  linkGoesTo: 'Link to',
  openLink: 'Open this link?',
  linkShows: (text: string) => `Its words say “${text}”, but it leads to:`,
  linkUserinfo: 'It hides where it leads behind a user name. It goes to:',
  linkMixed: 'Its address mixes alphabets to look like another one. It goes to:',
  linkBlocked: 'The browser did not open the link. Open it here:',
  openIt: 'Open it',
  copyAddress: 'Copy address',
  copied: (text: string) => `Copied ${text}`,
  close: 'Cancel',

  gone: 'This conversation is no longer here',
  goneWhy: 'It was deleted or moved out of reach, perhaps on another device.',
  absent: 'This conversation is not on this device yet',
  absentWhy: (problem: Problem) => unreachable[problem],
}
