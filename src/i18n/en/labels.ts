import { number } from '../numbers.ts'

/** Labels: loaded with the first message that has one, or is marked as deleted. */
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
  more: (count: number) => `+${number(count)}`,
}
