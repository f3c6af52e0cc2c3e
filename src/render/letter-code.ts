/**
 * What letters are prepared with, the sanitiser above all: a chunk of its own, fetched with the first conversation
 * while the parser's frame loads. Nothing before that needs it.
 */
export { prepareLetter } from './prepare-letter.ts'
export { createParser } from './sanitiser.ts'
