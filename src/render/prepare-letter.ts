/** Mail HTML in, plain data out: sanitise, find quotes, walk. The only way from a body to `LetterTree`. */
import { LetterWalker, type WalkLimits } from './letter-walker.ts'
import type { LetterTree } from './letter.ts'
import { asQuirks } from './quirks/as-quirks.ts'
import { findQuotes } from './quotes.ts'
import type { LetterParser } from './sanitiser.ts'
import { shorten, type ShortenLimits } from './shorten.ts'
import { StyleReader } from './style-reader.ts'

export interface LetterLimits extends WalkLimits, ShortenLimits {}

/**
 * Larger letters are shortened, and the app offers the whole as text: WebKit needs 5 s for 3 MB, and half a million
 * characters without a space, most of them in no font, keep Chromium busy for seconds. Tags are what the sanitiser takes
 * its time for: with 24,000 of them, far more than letters have, it holds the page for a tenth of a second (measured).
 * Elements in one another cost a parser more the deeper they stand: 20,000 cost Chromium 1.7 s, 2,000 a tenth of that.
 */
const letterLimits: LetterLimits = {
  htmlLength: 1_000_000,
  tags: 24_000,
  depth: 2_000,
  levels: 400,
  nodes: 60_000,
  text: 300_000,
}

export interface LetterSource {
  readonly html: string
  /** The server cut the body already. */
  readonly isTruncated?: boolean
}

/** Never throws for what a letter holds; a letter that is nothing becomes an empty tree. */
export function prepareLetter(
  source: LetterSource,
  parser: LetterParser,
  limits: LetterLimits = letterLimits,
): LetterTree {
  const html = shorten(source.html, limits)
  const root = parser.sanitise(html)
  // a form's controls may stand in for its own members, `parentNode` among them: no walk would come to an end
  for (const form of root.querySelectorAll('form')) Element.prototype.remove.call(form)
  const document = root.ownerDocument
  const styles = new StyleReader(parser, document.createElement('i'))
  for (const sheet of root.querySelectorAll('style')) styles.sheet(sheet.textContent, sheet.getAttribute('media') ?? '')
  const body = root.querySelector('body')
  const quotes = body === null ? [] : findQuotes(body)
  const walker = new LetterWalker(styles, quotes, limits)
  walker.walk(root)
  const tree: LetterTree = {
    ops: walker.ops,
    styles: styles.styles,
    sheets: styles.rules,
    images: walker.images,
    quirks: document.compatMode === 'BackCompat',
    isTruncated: walker.isTruncated || html.length < source.html.length || source.isTruncated === true,
    isDesigned: walker.isDesigned || styles.hasBackground,
    remoteImages: walker.images.filter(({ kind }) => kind === 'remote').length,
    quoteLines: quotes.map(({ lines }) => lines),
  }
  return asQuirks(tree, html)
}
