/** Getting the neighbours of the open conversation ready: one chunk, fetched once that conversation stands. */
export { default as Aside } from './Aside.svelte'
export { Neighbours } from './neighbours.ts'
