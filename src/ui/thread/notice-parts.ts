/** What is said above a letter or in place of a conversation: one chunk, fetched with the first that needs it. */
export { default as LetterNotices } from './LetterNotices.svelte'
export { default as LostLetter } from './LostLetter.svelte'
export { default as ThreadFace } from './ThreadFace.svelte'
