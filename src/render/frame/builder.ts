/** Builds a letter from data with `createElement` and `setAttribute`, after asking every list again. */
import { allowedTags, isAllowedAttribute, isRasterDataUrl } from '../allow-lists.ts'
import { isAllowedHref } from '../link-schemes.ts'
import { quoteTag, type ImageSource, type LetterOpen, type LetterTheme } from '../letter.ts'
import { drawHeldPicture, lengthOf } from './held-picture.ts'
import { ownValue } from './own-values.ts'
import type { RenderMessage } from './protocol.ts'
import { declarationText } from './sheets.ts'

/** A picture whose bytes are not here keeps its box: nothing is drawn in it. */
const nothing = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='
const rasterTypes = /^image\/(?:png|jpeg|gif|webp|avif|bmp)$/

export class LetterBuilder {
  readonly #document: Document
  /** `img` elements by the index of their picture: one picture may stand in several places. */
  readonly #places = new Map<number, HTMLImageElement[]>()
  readonly #urls: string[] = []
  #content: Node
  #message: RenderMessage | null = null
  #styleTexts: (string | undefined)[] = []
  #quotes = 0
  /** By its number: what was opened, and the element that the same again is a copy of. */
  #opened: { readonly op: LetterOpen; readonly model: Element | null }[] = []

  constructor(document: Document) {
    this.#document = document
    this.#content = document.body
  }

  /** Replaces what stands in the body. */
  build(message: RenderMessage): void {
    this.clear()
    this.#message = message
    const content = this.#document.createDocumentFragment()
    this.#content = content
    const stack: Node[] = [content]
    for (const op of message.ops) {
      const parent = stack.at(-1) ?? content
      if (typeof op === 'string') parent.appendChild(this.#document.createTextNode(op))
      else if (op === 0) {
        if (stack.length > 1) stack.pop()
      } else stack.push(this.#openOp(op, parent))
    }
    this.#document.body.append(content)
    // pictures may come later, and need nothing of it
    this.#message = null
    this.#styleTexts = []
    this.#opened = []
  }

  clear(): void {
    this.#document.body.replaceChildren()
    for (const element of [this.#document.documentElement, this.#document.body]) {
      for (const name of element.getAttributeNames()) element.removeAttribute(name)
    }
    for (const url of this.#urls.splice(0)) URL.revokeObjectURL(url)
    this.#places.clear()
    this.#quotes = 0
  }

  /** A picture that came later. */
  setImage(index: number, source: ImageSource): void {
    const url = this.#urlOf(source)
    if (url === null) return
    for (const image of this.#places.get(index) ?? []) {
      image.removeAttribute('data-held')
      image.src = url
    }
  }

  /** A copy has passed the lists with its model, and needs a fraction of the time. */
  #openOp(op: LetterOpen | number, parent: Node): Node {
    if (typeof op !== 'number') {
      const node = this.#open(op, parent)
      const isAlone = node instanceof Element && node.localName === op[0] && op[0] !== 'img'
      this.#opened.push({ op, model: isAlone ? node : null })
      return node
    }
    const known = this.#opened[op - 1]
    if (!known) return parent
    return known.model ? parent.appendChild(known.model.cloneNode(false)) : this.#open(known.op, parent)
  }

  /** The node that what follows goes into. */
  #open([tag, attributes, styleIndex, imageIndex]: LetterOpen, parent: Node): Node {
    if (tag === quoteTag) return this.#openQuote(parent)
    if (!allowedTags.has(tag)) return parent
    // `html` and `body` are the frame's own: the letter only dresses them
    const own = tag === 'html' ? this.#document.documentElement : tag === 'body' ? this.#document.body : null
    const element = own ?? this.#document.createElement(tag)
    for (let i = 0; i + 1 < attributes.length; i += 2) {
      const name = String(attributes[i])
      const value = String(attributes[i + 1])
      // a document keeps it when its letter has gone (Firefox), so it is a rule of the letter's sheets (`linkRule`)
      if (name === 'link') continue
      const isAllowed = name === 'href' ? tag === 'a' && isAllowedHref(value) : isAllowedAttribute(tag, name, value)
      if (isAllowed) element.setAttribute(name, ownValue(name, value))
    }
    if (styleIndex >= 0) element.style.cssText = this.#styleText(styleIndex)
    if (element instanceof HTMLImageElement) this.#placeImage(element, imageIndex)
    if (own !== null) return this.#content
    parent.appendChild(element)
    return element
  }

  #openQuote(parent: Node): Node {
    const fold = this.#document.createElement('div')
    fold.toggleAttribute('data-fold')
    const labels = this.#message?.quoteLabels
    if (labels === null) return parent.appendChild(fold)
    const button = this.#document.createElement('button')
    button.type = 'button'
    button.toggleAttribute('data-quote')
    button.textContent = labels?.[this.#quotes++] ?? '…'
    button.setAttribute('aria-expanded', 'false')
    fold.hidden = true
    button.addEventListener('click', () => {
      fold.hidden = !fold.hidden
      button.setAttribute('aria-expanded', String(!fold.hidden))
    })
    parent.appendChild(button)
    parent.appendChild(fold)
    return fold
  }

  #placeImage(image: HTMLImageElement, index: number): void {
    image.referrerPolicy = 'no-referrer'
    image.decoding = 'async'
    const source = this.#message?.images[index] ?? null
    const url = this.#urlOf(source)
    const held = this.#message?.held[index] ?? ''
    image.src = url ?? (held === '' ? nothing : this.#hold(image, held))
    if (index < 0) return
    const places = this.#places.get(index)
    if (places) places.push(image)
    else this.#places.set(index, [image])
  }

  #hold(image: HTMLImageElement, host: string): string {
    image.setAttribute('data-held', '')
    if (!image.title) image.title = [image.alt, host].filter(Boolean).join(' – ')
    const [width, height] = ['width', 'height'].map((side) => lengthOf(image.getAttribute(side))) as [number, number]
    return drawHeldPicture({ alt: image.alt, host, width, height }) ?? nothing
  }

  #urlOf(source: ImageSource): string | null {
    if (source instanceof Blob) {
      if (!rasterTypes.test(source.type)) return null
      const url = URL.createObjectURL(source)
      this.#urls.push(url)
      return url
    }
    if (source === null || typeof source !== 'string') return null
    return isRasterDataUrl(source) || /^https:\/\//i.test(source) ? source : null
  }

  #styleText(index: number): string {
    const theme: LetterTheme | null = this.#message?.theme ?? null
    return (this.#styleTexts[index] ??= declarationText(this.#message?.styles[index] ?? [], theme))
  }
}
