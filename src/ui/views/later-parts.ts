/** What the mail view shows on demand only: one chunk, fetched as soon as the first rows are on screen. */
export { default as AccountMenu } from '../account/AccountMenu.svelte'
export { default as SignOutDialog } from '../account/SignOutDialog.svelte'
export { default as HelpDoor } from '../help/HelpDoor.svelte'
export { default as SelectionBar } from '../list/SelectionBar.svelte'
export { syncAdvice } from '../mailbox/sync-advice.ts'
export { default as SyncPanel } from '../mailbox/SyncPanel.svelte'
export { default as MailboxDialog } from './MailboxDialog.svelte'
export { default as RarePage } from './RarePage.svelte'
