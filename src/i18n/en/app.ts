import { number } from '../numbers.ts'

/** The frame around everything: titles, landmarks, pages that are none of the mailboxes. */
export const app = {
  name: 'Postern',
  skipToList: 'Skip to the messages',
  skipToConversation: 'Skip to the conversation',
  conversation: 'Conversation',
  mailboxes: 'Mailboxes',
  showMailboxes: 'Mailboxes',
  close: 'Close',
  /** "(9) Inbox - lindqvist.example" */
  mailboxTitle: (mailbox: string, unread: number, domain: string) =>
    `${unread > 0 ? `(${number(unread)}) ` : ''}${mailbox} - ${domain}`,
  conversationTitle: (subject: string, mailbox: string, domain: string) => `${subject} - ${mailbox} - ${domain}`,
  signInTitle: (place: string) => `Sign in - ${place}`,
  noSubject: '(no subject)',
  notFound: 'Nothing is at this address',
  notFoundMailbox:
    'This mailbox is not in your accounts. It may have been removed, or the link is for another account.',
  notFoundPath: 'The link leads nowhere in Postern. It may have been cut short.',
  toInbox: 'Go to the Inbox',
  paneFailed: 'The conversation could not be loaded.',
  paneFailedHow: 'A part of the app did not arrive. It is fetched again as soon as you try.',
  tryAgain: 'Try again',
  startFailed: 'Your mail could not be opened',
  startFailedHow:
    'The part of the app that keeps your mail did not start. Close other tabs of this page, then load it again.',
  insecure: 'This page needs https.',
  reload: 'Load again',
  outdated: 'A newer version is open in another tab',
  outdatedHow: 'It has taken over the mail on this device. Load this page again to go on with the new version.',
}
