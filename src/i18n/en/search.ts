import { number, one } from '../numbers.ts'

/** What a search says: how much was found, where, and what is missing. */
export const search = {
  results: 'Search results',
  /** "rail - Search - lindqvist.example", and without a word "Search - lindqvist.example" */
  pageTitle: (text: string, domain: string) => `${text === '' ? '' : `${text} - `}Search - ${domain}`,
  asking: (count: number) => `${number(count)} here, asking the server`,
  found: (count: number) => one(count, 'conversation', 'conversations'),
  where: 'in all mail, without Junk and Trash',
  here: 'on this device',
  offlineHow: 'You are offline. People, subjects and first words of the mail kept here were searched.',
  failed: 'The server did not answer.',
  nothing: 'Nothing found',
  notSearched: 'Not searched',
  notHereHow: 'You are offline, and the part of Postern that searches this device has not arrived yet.',
  wholeWords: 'Your server finds whole words, not parts of them.',
  tryAgain: 'Try again',
  recent: 'Recent searches',
  forget: 'Forget them',
  noneRecent: 'Searches people, subjects and text in all mail, without Junk and Trash.',
}
