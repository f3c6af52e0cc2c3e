/** What a tree of mailboxes needs for keys, and for thousands of them: one chunk, fetched with the first of either. */
export { treeKeys } from './tree-keys.ts'
export { TreeWindow } from './tree-window.svelte.ts'
