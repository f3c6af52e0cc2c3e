/** What a reader searches for, as data: one reading of the field for the server and for what is kept here. */

import type { MailboxId } from '../jmap/types.ts'

/** Operators (from:, has:, before: …) come as further fields. */
export interface SearchQuery {
  readonly text: string
}

export function parseSearch(input: string): SearchQuery {
  return { text: input.trim().replace(/\s+/g, ' ') }
}

/** Case, accents and punctuation do not count; words stand apart by one blank. */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** The words of a query, folded; what stands in quotes is one term. */
export function searchTerms({ text }: SearchQuery): readonly string[] {
  const terms = [...text.matchAll(/"([^"]*)"|([^\s"]+)/g)].map((match) => foldText(match[1] ?? match[2] ?? ''))
  return [...new Set(terms.filter((term) => term !== ''))]
}

/** A server need not take more conditions than these. */
const MOST_WORDS = 8

/** The words of a query as a server reads them; what stands in quotes is one, and of very many the last ones are. */
export function searchWords({ text }: SearchQuery): readonly string[] {
  const words = text.match(/"[^"]*"|[^\s"]+/g) ?? []
  if (words.length <= MOST_WORDS) return words
  return [...words.slice(0, MOST_WORDS - 1), words.slice(MOST_WORDS - 1).join(' ')]
}

/** Email/query's filter: one condition for each word, since in one `text` Cyrus wants all of them in the same field. */
export function searchFilter(query: SearchQuery, leftOut: readonly MailboxId[]): Record<string, unknown> {
  const [first = query.text, ...others] = searchWords(query)
  const found = leftOut.length > 0 ? { text: first, inMailboxOtherThan: leftOut } : { text: first }
  if (others.length === 0) return found
  return { operator: 'AND', conditions: [found, ...others.map((text) => ({ text }))] }
}

/** Scripts written without blanks: there a term may stand anywhere. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

/** Whether a folded text has every term at the beginning of a word. */
export function hasTerms(folded: string, terms: readonly string[]): boolean {
  const padded = ` ${folded}`
  return terms.every((term) => padded.includes(UNSPACED.test(term) ? term : ` ${term}`))
}

/** Where a term stands in a folded word; -1 for nowhere. */
export function indexOfTerm(word: string, term: string): number {
  if (UNSPACED.test(term)) return word.indexOf(term)
  return word.startsWith(term) ? 0 : -1
}
