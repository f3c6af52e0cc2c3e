/** Finds addresses in plain text: code of its own, fetched for the first text that may hold one. */
import { find } from 'linkifyjs'
import { linkAddress } from './link-address.ts'
import { restingHref } from './resting-link.ts'

export type TextPiece =
  | { readonly kind: 'text'; readonly text: string }
  /** `resting`: what stands in the page until the reader has confirmed it. */
  | { readonly kind: 'link'; readonly text: string; readonly href: string; readonly resting: string }

/** One megabyte takes a third of a second: longer texts are shown without links. */
const maxLength = 100_000

/** Trimmed off a found address: linkifyjs takes kana and closing brackets for a part of the path. */
const trailing = /^[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef）」』】'"”’»>\])}.,;:!?]$/u

/** Where an address is, linkifyjs says; what it is, we do. Text and links in order; joined together they are the text again. */
export function findLinks(text: string): readonly TextPiece[] {
  if (text.length > maxLength || !/[.@:]/.test(text)) return [{ kind: 'text', text }]
  const pieces: TextPiece[] = []
  let at = 0
  for (const found of find(text, { defaultProtocol: 'https' })) {
    const shown = trimmed(found.value)
    const href = linkAddress(found.href.slice(0, found.href.length - (found.value.length - shown.length)))?.href
    if (href === undefined || shown === '') continue
    if (found.start > at) pieces.push({ kind: 'text', text: text.slice(at, found.start) })
    pieces.push({ kind: 'link', text: shown, href, resting: restingHref(href) })
    at = found.start + shown.length
  }
  if (at < text.length || pieces.length === 0) pieces.push({ kind: 'text', text: text.slice(at) })
  return pieces
}

/** Closing brackets stay where the address opened them: `/wiki/Gate_(door)`. */
function trimmed(address: string): string {
  let end = address.length
  // from the end by hand: a pattern would try every place in a long run of dots
  while (end > 0 && trailing.test(address[end - 1] ?? '')) end--
  const kept = address.slice(0, end)
  const isClosed = (text: string): boolean => text.split('(').length === text.split(')').length
  return address[end] === ')' && !isClosed(kept) && isClosed(`${kept})`) ? `${kept})` : kept
}
