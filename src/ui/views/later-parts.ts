/** What the mail view shows on demand only: one chunk, fetched with the first of them. The service worker keeps it. */
export { default as AccountMenu } from '../account/AccountMenu.svelte'
export { default as SignOutDialog } from '../account/SignOutDialog.svelte'
export { default as HelpDoor } from '../help/HelpDoor.svelte'
export { default as SelectionBar } from '../list/SelectionBar.svelte'
export { syncAdvice } from '../mailbox/sync-advice.ts'
export { default as SyncPanel } from '../mailbox/SyncPanel.svelte'
export { default as MailboxDialog } from './MailboxDialog.svelte'
export { default as RarePage } from './RarePage.svelte'
