/** What belongs to the screen at rest, but no row waits for: one chunk, fetched as soon as the first rows are there. */
export * from './list-extras.ts'
export { default as SettingsButton } from '../mailbox/SettingsButton.svelte'
export { default as EmptyReader } from './EmptyReader.svelte'
export { default as MailboxesPane } from './MailboxesPane.svelte'
export { syncWords } from '../mailbox/sync-words.ts'
export { statusAnnouncer } from './status-announcer.ts'
export { paintBars } from './theme-color.ts'
