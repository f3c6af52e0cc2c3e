/** What came with a letter and is not its text: one chunk, fetched with the first letter that has such a thing. */
export { default as Attachments } from './Attachments.svelte'
export { default as InlinePicture } from './InlinePicture.svelte'
