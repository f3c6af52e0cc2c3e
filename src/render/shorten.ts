/** Bounds on what is parsed at all: parsers of letters take their time by elements, and by how deep they stand. */

export interface ShortenLimits {
  readonly htmlLength: number
  /** Beginnings and ends of elements. */
  readonly tags: number
  /** Elements that stand in one another, by their tags alone. */
  readonly depth: number
}

/**
 * Elements that hold nothing, or whose end may be left out (HTML standard, 13.1.2): however many of them are begun, they
 * do not stand in one another.
 */
const flat = names('br embed hr img meta p li dt dd head body')
/** The same, but for drawings and formulas, where they are elements like any other (13.2.6.5). */
const flatInHtml = names(
  'area base col input link param source track wbr tr td th thead tbody tfoot colgroup caption option optgroup rt rp html',
)
const foreign = /<(?:svg|math)/i

const tag = /<(\/?)([a-z][^\s/>]*)/gi

/** The beginning of `html`, up to where the first limit is met. Reads tags by their looks: a bound needs no more. */
export function shorten(html: string, limits: ShortenLimits): string {
  const head = html.slice(0, limits.htmlLength).split('<', limits.tags).join('<')
  const isForeign = foreign.test(head)
  let depth = 0
  for (const { 1: end, 2: name = '', index } of head.matchAll(tag)) {
    const element = name.toLowerCase()
    if (flat.has(element) || (!isForeign && flatInHtml.has(element))) continue
    depth = end ? Math.max(0, depth - 1) : depth + 1
    if (depth > limits.depth) return head.slice(0, index)
  }
  return head
}

function names(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}
