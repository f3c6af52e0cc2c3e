/** Elements of a document as plain data, so that they can be judged outside the realm that holds them. */

export interface SeenElement {
  readonly tag: string
  readonly isHtml: boolean
  /** Name, value, name, value, …; values are cut. */
  readonly attributes: readonly string[]
  /** Names by which `document` or a form would be found to hold this element instead of its own property. */
  readonly clobbers: readonly string[]
}

/** Each different element once. Of itself alone: it is sent into frames as text. */
export function seeElements(root: Element): SeenElement[] {
  const seen = new Map<string, SeenElement>()
  const form = root.ownerDocument.createElement('form')
  for (const element of [root, ...root.querySelectorAll('*')]) {
    // a form's controls may stand in the place of its own members
    const valueOf = (name: string): string => Element.prototype.getAttribute.call(element, name) ?? ''
    const attributes = Element.prototype.getAttributeNames
      .call(element)
      .flatMap((name) => [name, valueOf(name).slice(0, 300)])
    const names = [valueOf('id'), valueOf('name')]
    const one: SeenElement = {
      tag: element.localName,
      isHtml: element.namespaceURI === 'http://www.w3.org/1999/xhtml',
      attributes,
      clobbers: names.filter((name) => name !== '' && (name in document || name in form)),
    }
    seen.set(JSON.stringify(one), one)
  }
  return [...seen.values()]
}
