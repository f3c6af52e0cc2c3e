/** Walks a sanitised document once and writes it down as flat data. Trusts nothing of it: every list is asked again. */
import { allowedTags, isAllowedAttribute, isRasterDataUrl } from './allow-lists.ts'
import { isAllowedHref } from './link-schemes.ts'
import { isPaper } from './css-values.ts'
import { quoteTag, type LetterImage, type LetterOp } from './letter.ts'
import { isWebAddress, linkAddress } from './link-address.ts'
import type { Quote } from './quotes.ts'
import type { StyleReader } from './style-reader.ts'

export interface WalkLimits {
  readonly levels: number
  readonly nodes: number
  readonly text: number
}

const maxDataUrl = 2_000_000
const layoutWidth = 400
const xhtml = 'http://www.w3.org/1999/xhtml'

export class LetterWalker {
  readonly ops: LetterOp[] = []
  readonly images: LetterImage[] = []
  isTruncated = false
  /** Colours behind the text, or a table as the page's frame. */
  isDesigned = false
  readonly #styles: StyleReader
  readonly #limits: WalkLimits
  readonly #starts: ReadonlyMap<Node, Quote>
  /** The last nodes of the quotes that were begun. */
  readonly #openQuotes = new Set<Node>()
  readonly #imageIndex = new Map<string, number>()
  #textLeft: number
  #levels = 0
  #nodes = 0
  #tables = 0
  #lowestHeading = 1

  constructor(styles: StyleReader, quotes: readonly Quote[], limits: WalkLimits) {
    this.#styles = styles
    this.#limits = limits
    this.#textLeft = limits.text
    this.#starts = new Map(quotes.map((quote) => [quote.first, quote]))
  }

  walk(root: Element): void {
    this.#lowestHeading = lowestHeading(root)
    let node: Node = root
    for (;;) {
      const isOpen = this.#enter(node)
      if (isOpen && node.firstChild !== null) {
        node = node.firstChild
        continue
      }
      if (isOpen) this.#leave()
      const next = this.#climb(node, root)
      if (next === null) break
      node = next
    }
    if (this.#tables > 2) this.isDesigned = true
  }

  /** The node after `node` and its children, with everything closed that ends between them. */
  #climb(node: Node, root: Node): Node | null {
    for (let at: Node | null = node; at !== null;) {
      if (this.#openQuotes.delete(at)) this.ops.push(0)
      if (at === root) return null
      if (at.nextSibling !== null) return at.nextSibling
      at = at.parentNode
      if (at !== null) this.#leave()
    }
    return null
  }

  /** True when it was opened: its children are walked and a close follows. */
  #enter(node: Node): boolean {
    if (++this.#nodes > this.#limits.nodes) {
      this.isTruncated = true
      return false
    }
    this.#startQuote(node)
    if (node.nodeType === 3) {
      this.#text(node.textContent ?? '')
      return false
    }
    if (node.nodeType !== 1) return false
    const element = node as HTMLElement
    const tag = element.localName
    if (element.namespaceURI !== xhtml || !allowedTags.has(tag)) return false
    if (this.#levels >= this.#limits.levels) {
      this.isTruncated = true
      this.#text(element.textContent)
      return false
    }
    this.ops.push(this.#open(element, tag))
    this.#levels++
    return true
  }

  #leave(): void {
    this.ops.push(0)
    this.#levels--
  }

  #startQuote(node: Node): void {
    const quote = this.#starts.get(node)
    if (quote === undefined) return
    this.ops.push([quoteTag, ['lines', String(quote.lines)], -1, -1])
    this.#openQuotes.add(quote.last)
  }

  #text(text: string): void {
    const kept = text.slice(0, this.#textLeft)
    if (kept.length < text.length) this.isTruncated = true
    this.#textLeft -= kept.length
    if (kept !== '') this.ops.push(kept)
  }

  #open(element: HTMLElement, tag: string): LetterOp {
    const attributes: string[] = []
    for (const { name, value } of element.attributes) {
      if (name === 'style' || name === 'src' || name === 'media') continue
      if (name === 'href') {
        const href = value.trim()
        const address = href.startsWith('#') ? href : linkAddress(href)?.href
        if (tag === 'a' && address !== undefined && isAllowedHref(address)) attributes.push(name, address)
      } else if (isAllowedAttribute(tag, name, value)) attributes.push(name, value)
    }
    this.#describe(element, tag, attributes)
    const style = element.getAttribute('style')
    const image = tag === 'img' ? this.#image(element.getAttribute('src') ?? '') : -1
    return [tag, attributes, style === null ? -1 : this.#styles.inline(style), image]
  }

  /** What a screen reader needs and mail does not say; and whether this looks designed. */
  #describe(element: HTMLElement, tag: string, attributes: string[]): void {
    const paper = element.getAttribute('bgcolor')
    if (paper !== null && !isPaper(paper)) this.isDesigned = true
    if (/^h[1-6]$/.test(tag)) {
      // under the app's h1 (subject) and h2 (sender), and without a jump at the beginning
      attributes.push('aria-level', String(Math.min(6, 3 + Number(tag[1]) - this.#lowestHeading)))
    } else if (tag === 'table') {
      if (element.querySelector('th,caption') === null) attributes.push('role', 'presentation')
      this.#tables++
      if (Number.parseInt(element.getAttribute('width') ?? '', 10) >= layoutWidth) this.isDesigned = true
    } else if (tag === 'img' && !element.hasAttribute('alt') && isSpacer(element)) {
      attributes.push('alt', '')
    }
  }

  #image(source: string): number {
    const known = this.#imageIndex.get(source)
    if (known !== undefined) return known
    const image = imageOf(source)
    const index = image === null ? -1 : this.images.push(image) - 1
    this.#imageIndex.set(source, index)
    return index
  }
}

function lowestHeading(root: Element): number {
  return [1, 2, 3, 4, 5, 6].find((level) => root.querySelector(`h${level}`) !== null) ?? 1
}

function isSpacer(image: HTMLElement): boolean {
  return ['width', 'height'].some((side) => Number.parseInt(image.getAttribute(side) ?? '', 10) <= 3)
}

function imageOf(source: string): LetterImage | null {
  const address = source.trim()
  if (/^cid:/i.test(address)) return { kind: 'cid', cid: contentId(address.slice(4)) }
  if (isRasterDataUrl(address)) return address.length > maxDataUrl ? null : { kind: 'data', url: address }
  const link = linkAddress(address)
  if (link === null || !isWebAddress(link)) return null
  // the open frame's policy has https only; a server that has no https stays unseen
  return { kind: 'remote', url: link.href.replace(/^http:/, 'https:') }
}

/** RFC 2392: percent-encoded in the URL, in angle brackets in the header. */
function contentId(text: string): string {
  try {
    return decodeURIComponent(text).replace(/^<|>$/g, '')
  } catch {
    return text
  }
}
