/**
 * Finds what a letter quotes, so that the frame can fold it. By hand, from what mail programs write: none of them says
 * it in a common way. A forwarded letter is content, and a letter that is nothing but quote stays open.
 */

export interface Quote {
  readonly first: Node
  /** A later sibling of `first`, or `first` itself. */
  readonly last: Node
  readonly lines: number
}

const quoteSelector = [
  '.gmail_quote',
  '.gmail_quote_container',
  'blockquote[type=cite]',
  '.yahoo_quoted',
  '.protonmail_quote',
  '.tutanota_quote',
  '.zmail_extra',
  'blockquote.mozquote',
].join(',')

/** From here to the end of the parent everything is the earlier letter. */
const separatorSelector =
  '#divRplyFwdMsg,#appendonsend,#OLK_SRC_BODY_SECTION,#mail-editor-reference-message-container,#x_divRplyFwdMsg'

const dashes =
  /^[-_\s]{2,}\s*(?:original message|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale|oorspronkelijk bericht)\s*[-_\s]{2,}$/i
const forwarded =
  /^[-_\s]*(?:forwarded message|begin forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato|doorgestuurd bericht)/i
const header =
  /^(?:from|von|de|da|van|från|fra)\s*:.*(?:sent|date|gesendet|datum|envoyé|enviado|inviato|verzonden|skickat|sendt)\s*:/is

/** "On Tuesday Ada wrote:" and its like; the line that introduces a quote belongs to it. */
const attribution =
  /(?:wrote|writes|schrieb|schreibt|a écrit|escribió|escreveu|ha scritto|schreef|skrev|kirjoitti|napisał(?:\(a\))?|napsal(?:\(a\))?|írta|написала?|пишет|писал|yazdı|写道|寫道|のメール|さんは書きました|כתבה?|كتب)(?:\s*|.{0,200}[:：]\s*)$/isu

const maxAttribution = 300
/** Bounds that keep a hostile letter from costing more than one walk. */
const maxQuotes = 50
const maxGap = 8
const maxTextNodes = 300

/** Top-level quotes in document order. */
export function findQuotes(body: HTMLElement): readonly Quote[] {
  const quotes: Quote[] = []
  const taken: Node[] = []
  const candidates = body.querySelectorAll<HTMLElement>(
    `${quoteSelector},${separatorSelector},blockquote,p,div,span,b,hr`,
  )
  for (const element of candidates) {
    if (quotes.length >= maxQuotes) break
    if (taken.some((node) => node.contains(element))) continue
    const range = quoteAt(element, body)
    if (range === null) continue
    const siblings = siblingsOf(range)
    // a folder between the parts of a table would tear it apart
    if (siblings.some((node) => /^(?:tbody|thead|tfoot|tr|td|th|li|dt|dd|col|caption|body|html)$/.test(nameOf(node))))
      continue
    if (forwarded.test(textOf(siblings).trimStart())) continue
    quotes.push({ ...range, lines: siblings.reduce((sum, node) => sum + countLines(node), 0) })
    taken.push(...siblings)
  }
  return hasContentBeside(body, new Set(taken)) ? quotes.filter((quote) => quote.lines > 0) : []
}

function quoteAt(element: HTMLElement, body: HTMLElement): { first: Node; last: Node } | null {
  const last = element.parentNode?.lastChild ?? element
  if (element.matches(separatorSelector)) return { first: withRule(element), last }
  if (element.matches(quoteSelector)) return { first: withAttribution(element), last: element }
  if (element.localName === 'blockquote') {
    const first = withAttribution(element)
    return first === element ? null : { first, last: element }
  }
  if (element === body || element.childElementCount > 12) return null
  const text = textOf([element]).trim()
  if (dashes.test(text)) return { first: element, last }
  // Outlook on the desktop: a bordered block with the old letter's header in it
  if (/border-top:\s*solid/i.test(element.getAttribute('style') ?? '') && header.test(text)) {
    const block =
      element.parentElement !== null && element.parentElement !== body && isAlone(element)
        ? element.parentElement
        : element
    return { first: block, last: block.parentNode?.lastChild ?? block }
  }
  return null
}

function isAlone(element: HTMLElement): boolean {
  const parent = element.parentElement
  return parent?.childElementCount === 1 && [...parent.childNodes].every((node) => node === element || isSpace(node))
}

function withRule(element: HTMLElement): Node {
  const before = element.previousElementSibling
  return before?.localName === 'hr' && gapIsEmpty(before, element) ? before : element
}

/** The line right before the quote, an element or bare text, when it reads like an introduction. */
function withAttribution(element: HTMLElement): Node {
  let node = element.previousSibling
  for (let steps = 0; node !== null && steps < maxGap && isSpace(node); steps++) node = node.previousSibling
  if (node === null) return element
  const text = textOf([node]).trim()
  if (text.length <= maxAttribution && attribution.test(text)) return node
  return element
}

function isSpace(node: Node): boolean {
  return nameOf(node) === 'br' || (textOf([node]).trim() === '' && !isPicture(node))
}

function isPicture(node: Node): boolean {
  return nameOf(node) === 'img' || (node.nodeType === 1 && (node as Element).querySelector('img') !== null)
}

function gapIsEmpty(from: Node, to: Node): boolean {
  for (let node = from.nextSibling; node !== null && node !== to; node = node.nextSibling)
    if (!isSpace(node)) return false
  return true
}

function siblingsOf({ first, last }: { first: Node; last: Node }): Node[] {
  const nodes = [first]
  for (let node: Node | null = first; node !== null && node !== last;) {
    node = node.nextSibling
    if (node !== null) nodes.push(node)
  }
  return nodes
}

function nameOf(node: Node): string {
  return node.nodeType === 1 ? (node as Element).localName : ''
}

/** The beginning of what they say: enough to recognise a header by. */
function textOf(nodes: readonly Node[]): string {
  let text = ''
  let nodesLeft = maxTextNodes
  for (const root of nodes) {
    for (let node: Node | null = root; node !== null;) {
      if (node.nodeType === 3) text += node.textContent ?? ''
      if (text.length > 600 || --nodesLeft < 0) return text.slice(0, 600)
      node = node.firstChild ?? (node === root ? null : after(node, root))
    }
  }
  return text
}

/** Is there a word or a picture outside the quotes? */
function hasContentBeside(root: Node, quoted: ReadonlySet<Node>): boolean {
  let node: Node | null = root.firstChild
  while (node !== null) {
    const isSkipped = quoted.has(node) || nameOf(node) === 'style'
    if (!isSkipped && (nameOf(node) === 'img' || (node.nodeType === 3 && node.textContent?.trim() !== ''))) return true
    node = isSkipped ? after(node, root) : (node.firstChild ?? after(node, root))
  }
  return false
}

function after(node: Node, root: Node): Node | null {
  for (let at: Node | null = node; at !== null && at !== root; at = at.parentNode)
    if (at.nextSibling !== null) return at.nextSibling
  return null
}

const lineBreakers =
  /^(?:address|article|blockquote|br|center|dd|div|dl|dt|h[1-6]|header|hr|li|ol|p|pre|section|table|tr|ul)$/

function countLines(root: Node): number {
  let lines = 0
  let hasText = false
  let node: Node | null = root
  while (node !== null) {
    if (lineBreakers.test(nameOf(node)) && hasText) {
      lines++
      hasText = false
    }
    if (node.nodeType === 3 && node.textContent?.trim() !== '') hasText = true
    node = node.firstChild ?? (node === root ? null : after(node, root))
  }
  return lines + (hasText ? 1 : 0)
}
