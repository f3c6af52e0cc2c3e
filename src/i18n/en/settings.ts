import { number } from '../numbers.ts'

/** The words of the pages of settings and of About. */
export const settings = {
  title: 'Settings',
  back: 'Back to the mail',
  backToList: 'Settings',
  pageTitle: (page: string, domain: string) => `${page} - Settings - ${domain}`,
  listTitle: (domain: string) => `Settings - ${domain}`,
  sections: { device: 'On this device', postern: 'Postern' },
  pages: {
    reading: 'Reading',
    mailboxes: 'Mailboxes',
    labels: 'Labels',
    storage: 'Offline and storage',
    appearance: 'Appearance',
    keys: 'Shortcuts',
    sync: 'Sync details',
    about: 'About and licences',
  },
  leads: {
    reading: 'For this account.',
    mailboxes:
      'Which of them stand in the sidebar. What is hidden keeps its mail, and a search finds it. Names, places and colours are changed in the sidebar.',
    labels: 'Their names and colours, and which of them are seen.',
    storage: 'What of this account is kept on this device, to be read without a network.',
    appearance: 'How Postern looks here. Other devices keep their own.',
    keys: 'For the keyboard of this device.',
    sync: 'For whoever helps you when mail does not come. It names no address, no subject and no mail.',
    about: 'What this is, and whose work is in it.',
  },
  saved: 'Saved on this device',
  unkept: 'Forgotten when this page closes',
  unkeptWhy: 'Nothing is kept on this device, so your choices hold until this page is closed.',
  /** Of an account's settings: where they are kept, and why there. */
  kept: {
    unknown: 'Kept on this device for now. Your server has not been asked yet.',
    server: 'Kept on your server, on every device.',
    waiting: 'Kept on this device until your server is reached; then on every device.',
    none: 'Kept on this device: your server has no file store.',
    refused: 'Kept on this device: your server did not take the file. It is tried again.',
    newer: 'Kept on this device: the file on your server is of a newer Postern. Load this page again to get that.',
    unreadable:
      'Kept on this device: the file Postern/settings.json on your server cannot be read. With your next choice it gets another name, and a new one is begun.',
    setAside: (name: string) =>
      `The file of settings on your server could not be read. It is still there, as Postern/${name}.`,
  },
  theme: { label: 'Theme', system: 'System', light: 'Light', dark: 'Dark' },
  density: {
    label: 'Density',
    hint: 'Compact rows have two lines and no picture.',
    regular: 'Regular',
    compact: 'Compact',
  },
  readingPane: {
    label: 'Reading pane',
    hint: 'Where a conversation opens. A phone has room for one at a time.',
    beside: 'Beside the list',
    below: 'Below it',
    none: 'In its place',
  },
  letterKeys: {
    label: 'Letters as keys',
    hint: 'Single letters, digits and signs act at once, with or without Shift. Turn this off if you speak to your computer, or press keys by accident.',
  },
  /** Toward the start of a row and toward its end: in what is written from left to right, to the left and to the right. */
  swipe: {
    start: 'Swipe a row to the left',
    end: 'Swipe a row to the right',
    hint: 'A short swipe shows what it does, a long or quick one does it.',
    choices: {
      archive: 'Archive',
      delete: 'Delete',
      read: 'Read or unread',
      flag: 'Flag',
      snooze: 'Snooze…',
      move: 'Move to…',
      mute: 'Mute',
      none: 'Nothing',
    },
  },
  conversations: {
    label: 'Lists show',
    hint: 'A message by itself has the rest of its conversation one press away.',
    conversations: 'Conversations',
    messages: 'Single messages',
  },
  readDelay: {
    label: 'Mark as read',
    hint: 'How long a letter is in view before it counts as read.',
    choice: (seconds: number | null) =>
      seconds === null ? 'Never' : seconds === 0 ? 'At once' : `After ${number(seconds)} s`,
  },
  afterFiling: {
    label: 'After the open conversation is put away',
    hint: 'Archived, deleted, moved or marked as junk. At the end of the list the other neighbour opens.',
    choices: { older: 'Older one', newer: 'Newer one', list: 'Back to the list' },
  },
  hideDeleted: {
    label: 'Hide what is marked as deleted',
    hint: 'Some mail programs mark mail as deleted before they remove it. Lists strike such mail through, or leave it out. A search finds it either way.',
  },
  cutTracking: {
    label: 'Cut tracking from links',
    hint: 'Takes out of addresses what only tells a site who followed a link, such as utm_source. A few links may stop working.',
  },
  pictures: {
    label: 'Pictures from the internet are always shown from',
    none: 'Nobody yet. A letter that holds pictures back offers it, where your mail server knows that the sender is who it says.',
    trackers: 'Trackers stay blocked.',
    remove: 'Remove',
    removeOf: (address: string) => `Remove ${address}`,
    removed: (address: string) => `Pictures from ${address} are held back again`,
  },
  about: {
    what: 'A webmail client for people who run their own mail server. It runs in this browser and talks to your server alone: nothing is asked of anybody else.',
    version: 'Version',
    commit: 'Built from',
    licence: 'Licence',
    licences: 'Work of others',
    licencesLead: 'Postern is made with these, and thanks their authors.',
    licencesFailed: 'The licences did not arrive.',
    tryAgain: 'Try again',
  },
}
