/**
 * A conversation's chunk: not part of the first route, fetched once the rows are on screen. What letters are prepared
 * with comes with the first conversation (`render/letter-code.ts`).
 */
export { document as frameDocument } from 'virtual:frame'
export { default as ThreadPane } from './ThreadPane.svelte'
