/** The page on which mailboxes are hidden and shown: loaded with it. */
export const mailboxSettings = {
  none: 'You have no mailboxes of your own yet. The sidebar makes them.',
  notDone: 'That did not work. Try again.',
}
