/** Everything about links in letters: one chunk, fetched once a letter stands. */
export { LinkGate } from './link-gate.svelte.ts'
export { default as LinkLayer } from './LinkLayer.svelte'
export { default as LinkTarget } from './LinkTarget.svelte'
