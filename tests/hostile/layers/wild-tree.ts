/** A tree as a walker without any list would write it: what the frame has to refuse on its own. */
import type { Declarations, LetterImage, LetterOp, LetterRule, LetterTree } from '../../../src/render/letter.ts'

const mostNodes = 20_000

export interface WildTree extends LetterTree {
  /** What the pictures would be told to show, by index. */
  readonly sources: readonly string[]
}

/** `root` is of an inert document that no sanitiser has seen. */
export function wildTree(root: Element, createSheet: () => CSSStyleSheet): WildTree {
  const ops: LetterOp[] = []
  const styles: Declarations[] = []
  const images: LetterImage[] = []
  const sources: string[] = []
  const walker = root.ownerDocument.createTreeWalker(root)
  let node: Node | null = root
  while (node !== null && ops.length < mostNodes) {
    if (node.nodeType === 3) ops.push(node.textContent ?? '')
    else if (node.nodeType === 1) {
      const element = node as HTMLElement
      const pairs = attributesOf(element).filter((_, index, all) => all[index - (index % 2)] !== 'style')
      const style = valueOf(element, 'style')
      const source = valueOf(element, 'src')
      if (style !== null) styles.push(rawDeclarations(style))
      if (source !== null) images.push({ kind: 'data', url: sources[sources.push(source) - 1] ?? '' })
      // flat: every element is closed at once, for a hole in what may be built it makes no difference where
      ops.push([
        element.localName,
        pairs,
        style === null ? -1 : styles.length - 1,
        source === null ? -1 : images.length - 1,
      ])
      if (element.childNodes.length === 0 || element.localName !== 'a') ops.push(0)
      else ops.push(element.textContent, 0)
    }
    node = walker.nextNode()
  }
  const sheets = [...root.querySelectorAll('style')].flatMap((style) => rawRules(style.textContent, createSheet()))
  return {
    ops,
    styles,
    sheets,
    images,
    sources,
    quirks: true,
    isTruncated: false,
    isDesigned: true,
    remoteImages: 0,
    quoteLines: [],
  }
}

/** Name, value, name, value, …: whatever a form's controls are called, it has its attributes. */
export function attributesOf(element: Element): string[] {
  return Element.prototype.getAttributeNames.call(element).flatMap((name) => [name, valueOf(element, name) ?? ''])
}

/** By hand and not by the CSSOM, which would drop what it does not know. */
function rawDeclarations(text: string): Declarations {
  return text.split(';').flatMap((declaration) => {
    const [property = '', ...value] = declaration.split(':')
    return value.length === 0 ? [] : [property.trim(), value.join(':').trim(), '']
  })
}

function valueOf(element: Element, name: string): string | null {
  return Element.prototype.getAttribute.call(element, name)
}

function rawRules(text: string, sheet: CSSStyleSheet): LetterRule[] {
  sheet.replaceSync(text)
  return [...sheet.cssRules].map((rule): LetterRule => {
    const open = rule.cssText.indexOf('{')
    return [rule.cssText.slice(0, open), rawDeclarations(rule.cssText.slice(open + 1, rule.cssText.lastIndexOf('}')))]
  })
}
