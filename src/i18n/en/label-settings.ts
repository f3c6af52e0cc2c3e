/** The page on which an account's labels are named, coloured and hidden: loaded with it. */
export const labelSettings = {
  name: 'Name',
  taken: (name: string) => `Another label is called “${name}” already.`,
  shown: 'Show it on mail',
  shownHint: 'Hidden, it stands in no list and on no letter. The mail keeps it.',
  hidden: 'Hidden',
  keyword: 'Keyword on the server',
  reset: 'As it was',
  resetOf: (name: string) => `As it was: name and colour of ${name}`,
  wasReset: (name: string) => `${name} is named and coloured as it was`,
}
