/** What intents about mailboxes need: their overlay, and the ids of mailboxes that the reader makes. One chunk, fetched with the first of them. */
export { outsideOf } from '../mutations/destroy-mailbox.ts'
export { destroyedMailboxes, effectiveTree } from '../mutations/effective-tree.ts'
export { noteStanding, toldApart, withKnownIds } from './made-ids.ts'
