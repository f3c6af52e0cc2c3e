import { number, one } from '../numbers.ts'

/** A PDF looked at. */
export const pdfs = {
  opening: 'Opening the pages …',
  opened: (count: number) => one(count, 'page', 'pages'),
  /** `{page}` is replaced in its frame. */
  page: 'Page {page}',
  position: (page: number, count: number) => `Page ${number(page)} of ${number(count)}`,
  cut: (shown: number, count: number) =>
    `Only the first ${number(shown)} of ${number(count)} pages are shown. Save the file to read them all.`,
  lacking: 'Some characters of this document cannot be shown here. Save it to read them elsewhere.',
  toolbar: 'Size of the pages',
  smaller: 'Smaller',
  larger: 'Larger',
  fit: 'Fit to the width',
  /** Begins with what is written on it. */
  fitNamed: (percent: string) => `${percent}, fit to the width`,
  percent: (factor: number) => `${number(Math.round(factor * 100))} %`,
  zoomed: (factor: number) => `${number(Math.round(factor * 100))} percent of the width`,
  failed: {
    password: 'This PDF is locked with a password, so it cannot be shown here. Save it to open it elsewhere.',
    broken: 'This PDF is damaged and cannot be shown. Save it to try it elsewhere.',
    frame: 'This PDF cannot be shown here. Save it to open it elsewhere.',
  },
}
