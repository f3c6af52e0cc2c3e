/** What marks rows and puts mail away, in lists and conversations: one chunk, fetched once the page is at rest, or with the first key for it. */
export { askTarget } from './ask-target.ts'
export { fileRows } from './file-rows.ts'
export { fileLetters } from '../thread/file-letters.ts'
export { markRows } from './mark-rows.ts'
