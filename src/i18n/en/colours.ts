/** The colours that labels and mailboxes have. */
export const colours = {
  label: 'Colour',
  none: 'No colour',
  names: {
    brick: 'Brick',
    ochre: 'Ochre',
    moss: 'Moss',
    green: 'Green',
    teal: 'Teal',
    blue: 'Blue',
    violet: 'Violet',
    rose: 'Rose',
  },
}
