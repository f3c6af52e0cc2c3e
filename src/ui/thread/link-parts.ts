/** Everything about links in letters: one chunk, fetched once a letter stands. */
export { LinkGate } from './link-gate.svelte.ts'
export { default as LinkDialog } from './LinkDialog.svelte'
export { default as LinkTarget } from './LinkTarget.svelte'
