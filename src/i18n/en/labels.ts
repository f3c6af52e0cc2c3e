import { number } from '../numbers.ts'

/** Labels, and what rows say of mail that sleeps or is marked as deleted: loaded with the first message that has such a keyword. */
export const labels = {
  /** Those that Thunderbird gives its own five keywords. */
  names: {
    $label1: 'Important',
    $label2: 'Work',
    $label3: 'Personal',
    $label4: 'To do',
    $label5: 'Later',
  } as Readonly<Record<string, string>>,
  apple: {
    orange: 'Orange flag',
    yellow: 'Yellow flag',
    green: 'Green flag',
    blue: 'Blue flag',
    purple: 'Purple flag',
    grey: 'Grey flag',
  },
  list: 'Labels',
  deleted: 'marked as deleted',
  muted: 'muted',
  mutedHow: 'Muted: what comes skips the Inbox while Postern is open',
  asleepUntil: (hour: string) => `snoozed until ${hour}`,
  more: (count: number) => `+${number(count)}`,
}
