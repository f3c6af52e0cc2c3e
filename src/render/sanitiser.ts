/**
 * DOMPurify as Postern uses it: an explicit list, a whole document in, DOM out. Its result is never a string again:
 * the walker reads it and what is shown is built from data, so nothing is parsed twice.
 */
import createDOMPurify, { type Config } from 'dompurify'
import { allAttributes, allowedTags } from './allow-lists.ts'

/** A realm to parse in: the hidden parser frame's, or the app's own when that could not be had. */
export type ParserWindow = Window & typeof globalThis

export interface LetterParser {
  readonly window: ParserWindow
  /** The sanitised `html` element of an inert document. */
  sanitise(html: string): HTMLElement
  /** A sheet for reading CSS with, belonging to no document. */
  createSheet(): CSSStyleSheet
}

const config: Config & { RETURN_DOM: true } = {
  // the body's colours and direction are lost in a fragment: the largest loss of fidelity measured
  WHOLE_DOCUMENT: true,
  RETURN_DOM: true,
  ALLOWED_TAGS: [...allowedTags, 'head', 'style'],
  ALLOWED_ATTR: [...allAttributes, 'src', 'style', 'media'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOW_UNKNOWN_PROTOCOLS: false,
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|tel:|cid:|#|data:image\/(?:png|jpe?g|gif|webp)[;,])/i,
  // DOMPurify holds every attribute to that pattern: without this `align` and `width` would be lost
  ADD_URI_SAFE_ATTR: [...allAttributes.filter((name) => name !== 'href'), 'style', 'media'],
  ALLOWED_NAMESPACES: ['http://www.w3.org/1999/xhtml'],
  // 50,000 options froze it for 28 s (Firefox): these go with all that is in them
  ADD_FORBID_CONTENTS: [
    'select',
    'datalist',
    'optgroup',
    'option',
    'button',
    'textarea',
    'object',
    'applet',
    'embed',
    'frameset',
    'canvas',
    'dialog',
  ],
}

/** A `style` element up to its end, or that of the conditional comment around it. */
const sheets = /(<style\b[^>]{0,500}>)([^]*?)(?=<\/style|<!\[|$)/gi

/**
 * A sheet in the comment that Word writes around it, or one whose own comments name elements, is a trap to DOMPurify, and
 * the letter would lose all its looks. To CSS the first means nothing, and a space in the second neither.
 */
function plainSheet(_: string, tag: string, css: string): string {
  return tag + css.replace(/<!--/g, '').replace(/<(?=[/\w!])/g, '< ')
}

/** A parser in the given realm. DOMPurify makes its one Trusted Types policy there at the first use. */
export function createParser(window: ParserWindow): LetterParser {
  const purify = createDOMPurify(window)
  return {
    window,
    sanitise(letter) {
      // parsing a `base` reports a violation of the parser's own policy; under another name it is dropped all the same
      const html = letter.replace(/<base(?=[\s/>])/gi, '<x-base').replace(sheets, plainSheet)
      // a `frameset` leaves the document without a body, which DOMPurify meets with an exception in a foreign realm
      try {
        return asElement(purify.sanitize(html, config))
      } catch {
        return asElement(purify.sanitize(html, { ...config, FORCE_BODY: true }))
      }
    },
    createSheet: () => new window.CSSStyleSheet(),
  }
}

function asElement(node: Node | null): HTMLElement {
  if (node?.nodeType !== 1) throw new Error('no element')
  return node as HTMLElement
}
