/**
 * What of HTML a letter may keep. The walker asks before it writes a tree and the frame asks again before it builds
 * one, so both sides import these lists. Nothing here is a sanitiser: DOMPurify has run before.
 */

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean)

/** No SVG, MathML, links, frames, forms or media: their absence is what CSP alone does not give (frame design §3). */
export const allowedTags: ReadonlySet<string> = new Set(
  words(`a abbr address article aside b bdi bdo big blockquote body br caption center cite code col colgroup dd del
    details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr html i img ins kbd li main
    mark menu nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th
    thead time tr tt u ul var wbr`),
)

const globalAttributes = new Set(words('class id dir lang title align valign bgcolor width height'))

const attributesByTag: Readonly<Record<string, ReadonlySet<string>>> = {
  a: new Set(words('href name')),
  img: new Set(words('alt border hspace vspace')),
  table: new Set(words('border bordercolor cellpadding cellspacing rules frame summary')),
  td: new Set(words('colspan rowspan nowrap headers scope abbr')),
  th: new Set(words('colspan rowspan nowrap headers scope abbr')),
  col: new Set(words('span')),
  colgroup: new Set(words('span')),
  ol: new Set(words('start type reversed')),
  ul: new Set(words('type')),
  li: new Set(words('value type')),
  font: new Set(words('color face size')),
  body: new Set(words('text link leftmargin topmargin rightmargin bottommargin marginwidth marginheight')),
  hr: new Set(words('size color noshade')),
  br: new Set(words('clear')),
  details: new Set(words('open')),
  time: new Set(words('datetime')),
}

/** Every attribute that some tag may keep, for DOMPurify's list. */
export const allAttributes: readonly string[] = [
  .../* @__PURE__ */ new Set([...globalAttributes, ...Object.values(attributesByTag).flatMap((set) => [...set])]),
]

/** Set by the walker itself, never copied from a letter. */
const ownAttributes: ReadonlyMap<string, RegExp> = new Map([
  ['aria-level', /^[3-6]$/],
  ['role', /^presentation$/],
])

const lengths = new Set(
  words(
    'width height border hspace vspace cellpadding cellspacing size leftmargin topmargin rightmargin bottommargin marginwidth marginheight',
  ),
)

const maxAttributeLength = 2000
const maxLength = 5000

/** May `tag` carry this attribute with this value? `href` needs `allowedHref` on top. */
export function isAllowedAttribute(tag: string, name: string, value: string): boolean {
  if (value.length > maxAttributeLength) return false
  if (!globalAttributes.has(name) && !hasAttribute(tag, name)) return ownAttributes.get(name)?.test(value) ?? false
  return !(lengths.has(name) && Math.abs(Number.parseFloat(value)) > maxLength)
}

function hasAttribute(tag: string, name: string): boolean {
  return Object.hasOwn(attributesByTag, tag) && (attributesByTag[tag]?.has(name) ?? false)
}

/** Raster pictures in a data URL. SVG is a document, not a picture. */
export function isRasterDataUrl(url: string): boolean {
  return /^data:image\/(?:png|jpe?g|gif|webp)[;,]/i.test(url)
}
