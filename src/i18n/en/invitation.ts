import { one } from '../numbers.ts'

/** What an invitation says. */
export const invitation = {
  label: (title: string) => `Invitation: ${title}`,
  untitled: 'Without a title',
  updated: 'Updated',
  cancelled: 'Cancelled',
  answer: 'An answer to an invitation',
  allDay: 'All day',
  /** `time` is a range already: "10:00 to 11:30". */
  yours: (time: string) => `${time}, your time`,
  theirs: (time: string, zone: string) => `${time} in ${zone}`,
  range: (from: string, to: string) => `${from} to ${to}`,
  repeats: 'Repeats',
  organizer: (name: string) => `${name} (organiser)`,
  invited: (count: number) => `${one(count, 'person', 'people')} invited`,
  absent: 'The invitation that came with this message is not on this device.',
  unreadable: 'The invitation that came with this message could not be read. Save it to open it elsewhere.',
  tryAgain: 'Try again',
}
