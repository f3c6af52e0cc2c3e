/** Text with marks in it: what a server marked in a SearchSnippet, and what we mark in rows of our own. */
import { foldText, indexOfTerm } from './search-query.ts'

export interface TextPiece {
  readonly text: string
  readonly isMarked: boolean
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }

/**
 * RFC 8621 §5: escaped text with `<mark>` around the hits. Read as text, never as HTML: any other tag stays the
 * characters it is written with.
 */
export function readSnippet(snippet: string): readonly TextPiece[] {
  let isMarked = false
  return snippet.split(/(<\/?mark>)/i).flatMap((part, index) => {
    if (index % 2 === 0) return part === '' ? [] : [{ text: unescapeText(part), isMarked }]
    isMarked = !part.startsWith('</')
    return []
  })
}

function unescapeText(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return (Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined) ?? whole
      const code = decimal === undefined ? parseInt(hex ?? '', 16) : parseInt(decimal, 10)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}

/** Marks where words begin with a term; `terms` as `searchTerms` gives them. */
export function markTerms(text: string, terms: readonly string[]): readonly TextPiece[] {
  const words = terms.flatMap((term) => term.split(' '))
  const pieces: TextPiece[] = []
  for (const [word] of text.matchAll(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+/gu)) {
    for (const piece of markWord(word, words)) {
      const last = pieces.at(-1)
      if (last?.isMarked === piece.isMarked) pieces[pieces.length - 1] = { ...last, text: last.text + piece.text }
      else pieces.push(piece)
    }
  }
  return pieces
}

function markWord(word: string, terms: readonly string[]): readonly TextPiece[] {
  const folded = foldText(word)
  let best = { at: -1, length: 0 }
  for (const term of terms) {
    const at = indexOfTerm(folded, term)
    if (at >= 0 && term.length > best.length) best = { at, length: term.length }
  }
  if (best.at < 0) return [{ text: word, isMarked: false }]
  // Folding may change the number of characters: then nobody knows which they are, and the word is marked whole.
  if (folded.length !== word.length) return [{ text: word, isMarked: true }]
  const end = best.at + best.length
  return [
    { text: word.slice(0, best.at), isMarked: false },
    { text: word.slice(best.at, end), isMarked: true },
    { text: word.slice(end), isMarked: false },
  ].filter((piece) => piece.text !== '')
}
