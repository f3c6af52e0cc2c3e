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
  paneFailed: 'The conversation could not be loaded.',
  paneFailedHow: 'A part of the app did not arrive.',
  tryAgain: 'Try again',
  refused: 'This page needs https and a window of its own.',
  reload: 'Load again',
}
