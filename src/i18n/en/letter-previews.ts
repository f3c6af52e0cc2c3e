import { number, one } from '../numbers.ts'

/** Files looked at, and letters in letters. */
export const previews = {
  previous: 'Previous file',
  next: 'Next file',
  position: (position: number, total: number) => `${number(position)} of ${number(total)}`,
  picture: (name: string) => `Picture ${name}`,
  cut: 'This text is very long. Only its beginning is shown.',
  broken: 'This message could not be read. Save it to open it elsewhere.',
  frame: (subject: string) => `Letter ${subject}`,
  picturesLeftOut: (count: number) =>
    `${one(count, 'picture from the internet is', 'pictures from the internet are')} left out.`,
}
