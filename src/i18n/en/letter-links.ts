/** Where links lead, and what is asked before one that deceives is opened. */
export const links = {
  linkGoesTo: 'Link to',
  openLink: 'Open this link?',
  linkShows: (text: string) => `Its words say “${text}”, but it leads to:`,
  linkUserinfo: 'It hides where it leads behind a user name. It goes to:',
  linkMixed: 'Its address mixes alphabets to look like another one. It goes to:',
  linkBlocked: 'The browser did not open the link. Open it here:',
  openIt: 'Open it',
  copied: (text: string) => `Copied ${text}`,
  close: 'Cancel',
}
