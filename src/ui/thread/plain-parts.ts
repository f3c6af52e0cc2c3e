/** Letters as plain text, with folded quotes and links: one chunk, fetched when a conversation is opened. */
export { default as PlainText } from './PlainText.svelte'
export { treeText } from './tree-text.ts'
export { TrustReader } from './trust/trust-reader.svelte.ts'
