/** A mailbox with a role has our name for it, in the reader's language. */
export const mailbox = {
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
    snoozed: 'Snoozed',
  } as Readonly<Record<string, string>>,
}
