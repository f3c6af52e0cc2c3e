import { number } from '../numbers.ts'

/** The tree of mailboxes: fetched with it, once the first rows stand. */
export const mailboxTree = {
  tree: 'Mailboxes',
  folders: 'Folders',
  create: 'New mailbox',
  manage: 'Change a mailbox',
  failed: 'Part of Postern did not arrive. Try again.',
  shared: 'Shared with you',
  unread: (name: string, count: number) => `${name}, ${number(count)} unread`,
  total: (name: string, count: number) => `${name}, ${number(count)}`,
  expand: (name: string) => `Show what is inside ${name}`,
  collapse: (name: string) => `Hide what is inside ${name}`,
}
