/**
 * A plain-text body as data that the app renders as text nodes: paragraphs, quotes by level, the signature. No markup
 * is made of it at any point, so there is nothing to sanitise.
 */

export type PlainBlock =
  /** `goesOn`: with the text before it, it is one. */
  | { readonly kind: 'text'; readonly text: string; readonly goesOn?: true }
  /** Everything from here is the earlier letter, `lines` long, with quotes within. */
  | { readonly kind: 'quote'; readonly lines: number; readonly blocks: readonly PlainBlock[] }
  | { readonly kind: 'signature'; readonly text: string; readonly goesOn?: never }

export interface PlainOptions {
  /** `format=flowed` of the part's Content-Type (RFC 3676). */
  readonly flowed?: boolean
  /** `delsp=yes`: the space that marks a soft break is not part of the text. */
  readonly delSp?: boolean
}

interface Line {
  readonly level: number
  readonly text: string
}

const maxLevel = 20

/** A paragraph of a million letters takes a browser a second to break into lines: it stands in pieces of about this. */
const maxParagraph = 8_000

/** Paragraphs keep their line breaks: show them with `white-space: pre-wrap`. */
export function toPlainBlocks(text: string, options: PlainOptions = {}): readonly PlainBlock[] {
  const lines = text.replace(/\r\n?/g, '\n').trimEnd().split('\n')
  const joined = options.flowed ? unflow(lines.map(readFlowed), options.delSp === true) : lines.map(readLine)
  const end = signatureStart(joined)
  const blocks = blocksOf(end < 0 ? joined : joined.slice(0, end), 0)
  if (end >= 0) {
    const text = joined
      .slice(end + 1)
      .map((line) => line.text)
      .join('\n')
      .trim()
    if (text !== '') blocks.push({ kind: 'signature', text })
  }
  return blocks
}

/**
 * `>>` and `> >` alike; what follows one `>` may be stuffed with one space (RFC 3676 §4.4). By hand: a repeated group over
 * a long line overflows the stack of Firefox's pattern matcher.
 */
function readLine(line: string): Line {
  if (line.startsWith('>From ')) return { level: 0, text: line }
  let level = 0
  let at = 0
  while (line[at] === '>' && level < maxLevel) {
    level++
    at += line[at + 1] === ' ' ? 2 : 1
  }
  return { level, text: line.slice(at) }
}

/**
 * RFC 3676 §4.4 and §4.5: the level is the number of `>` without a space between; what follows may be stuffed with one
 * space, which is what a text's own `>`, `From ` or space stands behind.
 */
function readFlowed(line: string): Line {
  let level = 0
  while (line[level] === '>') level++
  const at = line[level] === ' ' ? level + 1 : level
  return { level: Math.min(level, maxLevel), text: line.slice(at) }
}

/** RFC 3676 §4.2: a line that ends in a space goes on in the next of the same level; `-- ` never does. */
function unflow(lines: readonly Line[], delSp: boolean): Line[] {
  const result: Line[] = []
  let parts: string[] = []
  let open: Line | null = null
  const finish = (): void => {
    if (open !== null) result.push({ level: open.level, text: parts.join('') })
    open = null
  }
  for (const line of lines) {
    const { text } = line
    const isSoft = text.endsWith(' ') && text !== '-- '
    if (open === null || open.level !== line.level || text === '-- ' || text === '') {
      finish()
      parts = []
    }
    open = line
    parts.push(isSoft && delSp ? text.slice(0, -1) : text)
    if (!isSoft) finish()
    if (!isSoft) parts = []
  }
  finish()
  return result
}

/** The last `-- ` outside of quotes, when no more than a signature follows. */
function signatureStart(lines: readonly Line[]): number {
  for (let i = lines.length - 1, seen = 0; i >= 0 && seen < 30; i--, seen++) {
    const line = lines[i]
    if (line?.level === 0 && (line.text === '-- ' || line.text === '--')) return i
    if (line !== undefined && line.level > 0) return -1
  }
  return -1
}

function blocksOf(lines: readonly Line[], level: number): PlainBlock[] {
  const blocks: PlainBlock[] = []
  let i = 0
  while (i < lines.length) {
    const start = i
    const isQuote = (lines[i]?.level ?? 0) > level
    while (i < lines.length && (lines[i]?.level ?? 0) > level === isQuote) i++
    const run = lines.slice(start, i)
    if (isQuote)
      blocks.push({
        kind: 'quote',
        lines: run.filter(({ text }) => text.trim() !== '').length,
        blocks: blocksOf(run, level + 1),
      })
    else blocks.push(...paragraphs(run))
  }
  return blocks
}

function paragraphs(lines: readonly Line[]): PlainBlock[] {
  return lines
    .map(({ text }) => text.trimEnd())
    .join('\n')
    .split(/\n{2,}/)
    .map((text) => text.replace(/^\n+|\n+$/g, ''))
    .filter((text) => text.trim() !== '')
    .flatMap(pieces)
}

/** Cut at the end of a line or else of a word, if there is one. */
function pieces(text: string): PlainBlock[] {
  const blocks: PlainBlock[] = []
  for (let start = 0; start < text.length;) {
    const most = text.slice(start, start + maxParagraph)
    const isLast = start + most.length === text.length
    const piece = isLast ? most : upToBreak(most)
    blocks.push({ kind: 'text', text: piece.replace(/\n$/, ''), ...(start > 0 && { goesOn: true }) })
    start += piece.length
  }
  return blocks
}

function upToBreak(text: string): string {
  const at = ['\n', ' '].map((end) => text.lastIndexOf(end)).find((index) => index > text.length / 2)
  if (at !== undefined) return text.slice(0, at + 1)
  // without the first half of a character at its end
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text
}
