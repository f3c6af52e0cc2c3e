import { number, one } from '../numbers.ts'

const saidWords = { picture: 'a picture', pdf: 'a PDF document', text: 'a text' }

/** Files looked at, and letters in letters. */
export const previews = {
  previous: 'Previous file',
  next: 'Next file',
  position: (position: number, total: number) => `${number(position)} of ${number(total)}`,
  picture: (name: string) => `Picture ${name}`,
  cut: 'This text is very long. Only its beginning is shown.',
  noViewer: 'What shows this file is not on this device yet, and could not be fetched. Save it to open it elsewhere.',
  noFolder: 'This file could not be read. Save it to open it elsewhere.',
  emptyFolder: 'There are no files in it.',
  filesLeft: (count: number) => `${one(count, 'more file is', 'more files are')} in it. Save it to see them.`,
  tooLarge: 'This file is too large to be shown here. Save it to open it elsewhere.',
  tooManyPixels: (width: number, height: number) =>
    `This picture is too large to be shown here: ${number(width)} × ${number(height)} pixels.`,
  /** `said`: what it comes as. */
  lie: (said: 'picture' | 'pdf' | 'text', is: string) =>
    `This file says that it is ${saidWords[said]}, but it is ${is}. It is not shown.`,
  contents: {
    picture: 'a picture',
    pdf: 'a PDF document',
    zip: 'an archive, or a document packed as one',
    tnef: 'a winmail.dat',
    ole: 'a document of Word, Excel or another program',
    program: 'a program',
    shortcut: 'a shortcut, which opens something else',
    script: 'a script',
    diskImage: 'a disk image',
    webPage: 'a web page',
    svg: 'a drawing in SVG, which can hold scripts',
    text: 'a text',
    other: 'something else',
  },
  broken: 'This message could not be read. Save it to open it elsewhere.',
  frame: (subject: string) => `Letter ${subject}`,
  picturesLeftOut: (count: number) =>
    `${one(count, 'picture from the internet is', 'pictures from the internet are')} left out.`,
}
