/** The picker of mailboxes: loaded with it. */
export const picker = {
  move: (what: string) => `Move ${what}`,
  copy: (what: string) => `Copy ${what}`,
  find: 'Find a mailbox',
  lately: 'Used lately',
  all: 'All mailboxes',
  none: (typed: string) => `No mailbox here is called “${typed}”.`,
  nowhere: 'This account has no mailboxes yet.',
  isThere: 'Already there',
  mayNotAdd: 'You may not put mail here',
  mayNotLeave: 'You may not move this mail',
}
