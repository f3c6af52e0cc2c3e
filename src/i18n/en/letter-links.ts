import { number } from '../numbers.ts'

/** Where links lead, and what is asked before one that deceives is opened. */
export const links = {
  linkGoesTo: 'Link to',
  openLink: 'Open this link?',
  /** What stands above the host, by what is wrong. */
  why: {
    'text-differs': (text: string) => `Its words say “${text}”, but it leads to:`,
    userinfo: () => 'It hides where it leads behind a user name. It goes to:',
    'mixed-script': () => 'Its address mixes alphabets to look like another one. It goes to:',
    bidi: () => 'Its words are turned around to look like another address. It goes to:',
    'ip-address': () => 'It leads to a machine that has a number and no name:',
    blocked: () => 'The browser did not open the link. Open it here:',
    touch: () => 'It goes to:',
    forged: () => 'This letter may be forged, so its links are closed. This one would go to:',
    unchecked: () =>
      'Postern cannot check now whom this letter is from, so its links are closed. This one would go to:',
  },
  lookAlike: (name: string) => `Its address looks like “${name}”, and is another. It goes to:`,
  openIt: 'Open it',
  copyLink: 'Copy link',
  linkCopied: 'Link copied',
  copied: (text: string) => `Copied ${text}`,
  close: 'Cancel',

  writeTo: 'Write to',
  /** A composer comes with a later version. */
  writeWhy: 'Postern cannot write mail yet. Copy the address into the program that you write with.',
  mailDiffers: (text: string) => `The link’s words say “${text}”, but it writes to:`,
  mailUnchecked: 'Postern cannot check now whom this letter is from. Its link would write to:',
  mailClosed: 'This letter may be forged. Its link would write to:',
  mailFields: { to: 'To', cc: 'Cc', bcc: 'Bcc', subject: 'Subject' },
  moreAddresses: (count: number) => `and ${number(count)} more`,
  copyAddress: (count: number) => (count === 1 ? 'Copy address' : 'Copy addresses'),
}
