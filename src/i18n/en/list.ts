import { number, one } from '../numbers.ts'

/** The list of conversations. */
export const list = {
  unread: (count: number) => `${number(count)} unread`,
  messages: 'Messages',
  you: 'you',
  nobody: 'No sender',
  nobodyTo: 'no recipient',
  to: (names: string) => `To ${names}`,
  noSubject: '(no subject)',
  stateUnread: 'Unread',
  stateFlagged: 'flagged',
  hasAttachment: 'has attachment',
  threadCount: (count: number) => one(count, 'message', 'messages'),
  select: (sender: string, subject: string) => `Select, ${sender}, ${subject}`,
  loading: 'Loading',
  older: (count: number) => `${one(count, 'older conversation is', 'older conversations are')} not on this device`,
  olderUnknown: 'Older mail is not on this device',
  today: 'Today',
  yesterday: 'Yesterday',
  thisWeek: 'This week',
  lastWeek: 'Last week',
}
