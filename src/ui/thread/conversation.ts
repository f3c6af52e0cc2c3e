/**
 * A conversation's chunk: not part of the first route, fetched once the rows are on screen. The document of its frames
 * holds the same lists of names as what prepares letters: beside it, they cost nothing on the way.
 */
export { document as frameDocument } from 'virtual:frame'
export { default as ThreadPane } from './ThreadPane.svelte'
