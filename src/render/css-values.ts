/**
 * Which declarations a letter may keep. They are read as longhands from the CSSOM, so that the browser that shows them
 * has parsed them; what is kept is a short list of properties whose values name no address and no variable. What is a
 * longhand in one engine is a shorthand in another (`vertical-align` in Firefox): the list names both.
 */

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean)

const properties = new Set(
  words(`color background-color background-image background-repeat background-repeat-x background-repeat-y
    background-position background-position-x background-position-y background-size background-clip background-origin
    opacity line-height letter-spacing word-spacing word-break word-wrap overflow-wrap hyphens vertical-align
    alignment-baseline baseline-shift baseline-source direction unicode-bidi width height min-width min-height max-width max-height box-sizing aspect-ratio box-shadow display
    visibility float clear overflow-x overflow-y table-layout caption-side empty-cells list-style-type
    list-style-position object-fit object-position order gap row-gap orphans widows position top right bottom left
    border-collapse border-spacing -webkit-border-horizontal-spacing -webkit-border-vertical-spacing border-radius tab-size quotes text-size-adjust -webkit-text-size-adjust
    -webkit-hyphens -webkit-text-fill-color`),
)

const families =
  /^(?:font|text|white-space|margin|padding|border|outline|flex|align|justify|grid-template|grid-auto|grid-row|grid-column|column|columns|break|page-break)(?:-[a-z-]+)?$/

const refusedFamilies = /^(?:border-image|text-emphasis-image|columns$)/

const functions = new Set(
  words(`rgb rgba hsl hsla hwb lab lch oklab oklch color calc min max clamp linear-gradient radial-gradient
    conic-gradient repeating-linear-gradient repeating-radial-gradient repeating-conic-gradient repeat minmax
    fit-content`),
)

const maxValueLength = 2000
const maxOffset = 5000
const breakers = /[\\{}<>@;]|\/\*/
const functionName = /([\w-]*)\(/g
/** A frame as tall as its content has no viewport height: `100vh` would grow it for ever. */
const viewportHeight = /\d[dsl]?v(?:h|b|i|min|max)(?![a-z])/i
const offsets = /^(?:top|right|bottom|left|margin.*|text-indent|letter-spacing|word-spacing)$/
const numbers = /\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi
const gradientOnly = /^(?:none|initial|unset|inherit|(?:repeating-)?(?:linear|radial|conic)-gradient\()/i

/** May this longhand stay? `value` is as the CSSOM serialises it. */
export function isAllowedDeclaration(property: string, value: string): boolean {
  if (!properties.has(property) && !(families.test(property) && !refusedFamilies.test(property))) return false
  if (value === '' || value.length > maxValueLength || breakers.test(value) || viewportHeight.test(value)) return false
  for (const match of value.matchAll(functionName)) {
    if (!functions.has((match[1] ?? '').toLowerCase())) return false
  }
  if (property === 'position') return value === 'static' || value === 'relative'
  if (property === 'display') return !/contents/i.test(value)
  if (property === 'background-image') return gradientOnly.test(value)
  if (offsets.test(property)) return isShort(value)
  return true
}

/** `calc(5000px * 5000)` has small numbers only, so offsets have no arithmetic at all. */
function isShort(value: string): boolean {
  if (value.includes('(')) return false
  return [...value.matchAll(numbers)].every(([number]) => Number(number) <= maxOffset)
}

/** A colour that a sheet of paper has anyway. */
export function isPaper(color: string): boolean {
  const value = color.replace(/\s+/g, '').toLowerCase()
  if (/^(?:|transparent|initial|inherit|unset|revert|white|currentcolor|#fff(?:fff)?)$/.test(value)) return true
  if (/^rgba\(.*,0(?:\.0+)?\)$/.test(value)) return true
  const channels = /^rgba?\((\d+),(\d+),(\d+)/.exec(value)
  return channels !== null && channels.slice(1).every((channel) => Number(channel) >= 250)
}
