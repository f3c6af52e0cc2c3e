import { one } from '../numbers.ts'

/** What can be done with a letter or a conversation besides reading it: its menus and what they open. */
export const tools = {
  viewSource: 'View source',
  saveEml: 'Save as .eml',
  printLetter: 'Print this message',
  printThread: 'Print conversation',
  ownWindow: 'Open in its own window',
  openAll: 'Open all messages',
  foldAll: 'Fold all messages',

  close: 'Close',
  cancel: 'Cancel',
  tryAgain: 'Try again',
  source: (subject: string) => `Source of “${subject}”`,
  fetching: (received: string, size: string) => `${received} of ${size}`,
  fetchFailed: {
    offline: 'It is not on this device, and you are offline.',
    unauthorized: 'Your sign-in has run out. Sign in again to fetch it.',
    forbidden: 'Your server does not allow this account to read it.',
    busy: 'Your server is busy. Try again in a moment.',
    server: 'Your server answered with an error.',
    gone: 'It is no longer on your server.',
    unknown: 'It could not be fetched.',
  },
  copy: 'Copy',
  copied: 'Source copied',
  copyRefused: 'The browser did not allow copying.',
  save: 'Save',
  showMore: (size: string) => `Show more, ${size} left`,

  saving: (name: string) => `Saving ${name}`,
  saved: (name: string) => `${name} is saved`,
  notSaved: (name: string) => `${name} is not saved`,
  cancelled: 'Cancelled',

  preparingPrint: 'Preparing to print',
  printPartly: (count: number) => `${one(count, 'message is', 'messages are')} not on this device and not printed.`,
  from: 'From',
  to: 'To',
  cc: 'Cc',
  date: 'Date',
  files: 'Attachments',
}
