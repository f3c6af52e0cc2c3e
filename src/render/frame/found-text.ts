/**
 * Words found in a document's text, marked without touching its nodes (CSS Custom Highlight API). For letters in frames
 * and for plain ones alike. Without that API hits are counted and brought into view, and not painted.
 */
const most = 1_000
/** Blocks end words: "one" and "two" in two cells are no "onetwo". */
const blocks = 'p,div,td,th,li,tr,h1,h2,h3,h4,h5,h6,pre,blockquote,br,table,section,article'

const foundName = 'postern-found'
const currentName = 'postern-current'

interface Piece {
  readonly node: Text
  /** Where its text begins in the whole. */
  readonly at: number
}

/** Hits in reading order, as ranges. */
export function findText(root: Node & ParentNode, needle: string): readonly Range[] {
  const wanted = folded(needle.trim())
  if (wanted === '') return []
  const { whole, pieces } = textOf(root)
  const found: Range[] = []
  for (let at = whole.indexOf(wanted); at >= 0 && found.length < most; at = whole.indexOf(wanted, at + wanted.length)) {
    const range = rangeOf(pieces, at, at + wanted.length)
    if (range) found.push(range)
  }
  return found
}

/** Paints hits of one document; none takes the marks away. */
export function markText(
  realm: Window & typeof globalThis,
  ranges: readonly Range[],
  current: Range | undefined,
): void {
  if (!('highlights' in realm.CSS)) return
  const { highlights } = realm.CSS
  highlights.delete(foundName)
  highlights.delete(currentName)
  if (ranges.length > 0) highlights.set(foundName, new realm.Highlight(...ranges))
  if (current) highlights.set(currentName, new realm.Highlight(current))
}

function textOf(root: Node & ParentNode): { whole: string; pieces: readonly Piece[] } {
  const pieces: Piece[] = []
  let whole = ''
  let block: Element | null = null
  const document = root.ownerDocument ?? (root as Document)
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const within: Element | null = node.parentElement?.closest(blocks) ?? null
    if (within !== block) whole += '\n'
    block = within
    pieces.push({ node: node as Text, at: whole.length })
    whole += folded((node as Text).data)
  }
  return { whole, pieces }
}

/** Lower case, letter by letter, so that every place keeps its number; any white space is a space. */
function folded(text: string): string {
  let result = ''
  for (const unit of text.split('')) {
    const lower = unit.toLowerCase()
    result += /\s/.test(unit) ? ' ' : lower.length === 1 ? lower : unit
  }
  return result
}

function rangeOf(pieces: readonly Piece[], from: number, to: number): Range | undefined {
  const first = pieces.findLast(({ at }) => at <= from)
  const last = pieces.findLast(({ at }) => at < to)
  if (!first || !last) return undefined
  const range = first.node.ownerDocument.createRange()
  range.setStart(first.node, Math.min(from - first.at, first.node.length))
  range.setEnd(last.node, Math.min(to - last.at, last.node.length))
  return range
}
