import { number } from '../numbers.ts'

/** The tree of mailboxes. A mailbox with a role has our name for it, in the reader's language. */
export const mailbox = {
  tree: 'Mailboxes',
  folders: 'Folders',
  shared: 'Shared with you',
  roles: {
    inbox: 'Inbox',
    flagged: 'Flagged',
    important: 'Important',
    drafts: 'Drafts',
    sent: 'Sent',
    archive: 'Archive',
    all: 'All mail',
    junk: 'Junk',
    trash: 'Trash',
  } as Readonly<Record<string, string>>,
  unread: (name: string, count: number) => `${name}, ${number(count)} unread`,
  total: (name: string, count: number) => `${name}, ${number(count)}`,
  expand: (name: string) => `Show what is inside ${name}`,
  collapse: (name: string) => `Hide what is inside ${name}`,
}
