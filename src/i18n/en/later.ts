import { number, one } from '../numbers.ts'

/** The words of what is shown on demand: menus, panels, dialogs, pages for what went wrong. Not in the first chunk. */
export const later = {
  account: {
    hideMailboxes: 'Hide the mailboxes',
    shortcuts: 'Keyboard shortcuts',
    settings: 'Settings',
    signOut: 'Sign out',
    signedOut: 'Signed out',
    signOutFailed: 'Signing out did not work. Try again; if it fails twice, close all tabs of this page first.',
    keptHere: 'Mail is kept on this device',
    notKeptHere: 'Nothing is kept on this device',
    unsentTitle: 'Some changes have not been sent',
    unsent: (count: number) =>
      `${one(count, 'change has', 'changes have')} not reached the server. If you sign out now, ${count === 1 ? 'it is' : 'they are'} lost.`,
    stay: 'Stay signed in',
    signOutAnyway: 'Sign out anyway',
  },
  list: {
    emptyInbox: 'Empty. New mail arrives here by itself.',
    emptyMailbox: 'Nothing here yet.',
    emptyOffline: 'Nothing of this mailbox is on this device yet. It comes when you are online.',
    unreadable: 'You may not read this mailbox.',
    failed: 'These messages could not be fetched.',
    tryAgain: 'Try again',
  },
  page: {
    notFound: 'Nothing is at this address',
    notFoundMailbox:
      'This mailbox is not in your accounts. It may have been removed, or the link is for another account.',
    notFoundPath: 'The link leads nowhere in Postern. It may have been cut short.',
    toInbox: 'Go to the Inbox',
    startFailed: 'Your mail could not be opened',
    startFailedHow:
      'The part of the app that keeps your mail did not start. Close other tabs of this page, then load it again.',
    noSettings: 'Settings could not be loaded',
    outdated: 'This page has to be loaded again',
    outdatedHow:
      'The mail on this device was closed under it: a newer version in another tab has taken over, or the browser has removed it. What is on your server comes back.',
  },
  /** On a button that shows no word, or no room for one. */
  tip: (name: string, key: string | undefined) => (key ? `${name} (${key})` : name),
  selection: {
    selected: (count: number) => `${number(count)} selected`,
    none: 'Nothing selected',
    clearSelection: 'Clear the selection',
    archive: 'Archive',
    delete: 'Delete',
    junk: 'Junk',
    markRead: 'Mark as read',
    markUnread: 'Mark as unread',
    /** On the buttons whose names are the two above. */
    read: 'Read',
    unread: 'Unread',
    flag: 'Flag',
    unflag: 'Remove flag',
    more: 'More',
    moveTo: 'Move to…',
    copyTo: 'Copy to…',
    snooze: 'Snooze…',
    mute: 'Mute',
    unmute: 'No longer mute',
    wake: 'Bring back now',
    label: 'Labels…',
  },
  sync: {
    offlineSince: (time: string) => `Offline. Mail as of ${time}`,
    tryNow: 'Try now',
    unauthorizedHow:
      'Your password or session is no longer accepted. Sign out here and sign in again; mail that is kept on this device stays readable until then.',
    serverHow: 'It answered with an error. Postern keeps trying, and what you do is kept until it works.',
    protocolHow:
      'Something between here and your server answers in its place: a proxy, or the sign-in page of this network or of a gate. Loading the page again lets such a page show itself. Postern keeps trying.',
    passGate: 'Load the page again',
    forbiddenHow: 'The account may not use mail over JMAP. The administrator can grant it.',
    storageHow:
      'Nothing more is kept here: mail is read from your server, and what you do is in this tab alone until it is sent. Free some space, close other tabs, or let the browser store more for this page, then load it again.',
    muteStorageHow:
      'For now mail is read from your server and nothing is kept here; what you do is in this tab alone until it is sent. What waited on this device is still there. Close the browser altogether and open it again: Safari’s storage can stop until then.',
    noMail: 'No mail in this account',
    noMailHow: 'The server knows the account, but gives it no mailboxes.',
    waiting: (count: number) => `${one(count, 'change waits', 'changes wait')} to be sent`,
    failed: (count: number) => `${one(count, 'change was', 'changes were')} refused by the server`,
    details: 'Sync details',
    showUnsent: 'Show unsent changes',
    keeping: (percent: number) => `Keeping older mail, ${number(percent)} %`,
    kept: 'Recent mail is kept on this device',
    keptAll: 'All mail is kept on this device',
    keepWaits: {
      saving: 'Older mail waits: data is saved',
      metered: 'Older mail waits for another network',
      room: 'There is no room for older mail',
    },
    notKept: 'Nothing is kept on this device',
    keptShort: 'Only a short list is kept here',
  },
}
