/**
 * A designed letter for the frame, whose document knows no quirks: what browsers do without a doctype, or with one of the
 * transitional ones that most newsletters have, is written into the tree. Simple letters take the app's looks instead.
 */
import { quoteTag, type Declarations, type LetterOp, type LetterRule, type LetterTree } from '../letter.ts'

const first = ':where(blockquote,dl,h1,h2,h3,h4,h5,h6,ol,p,pre,ul):where(:first-child)'

/** HTML standard, 15.3.3 to 15.3.10, as far as letters show it. No weight: the letter's own rules win. */
const quirkRules: readonly LetterRule[] = [
  rule(
    ':where(table)',
    'font-size:medium;font-weight:normal;font-style:normal;font-variant:normal;line-height:normal;white-space:normal;text-align:start',
  ),
  rule(`:where(body,td,th)>${first}`, 'margin-top:0px'),
  // an inline element that a block breaks has no part in it
  rule(`:where(body,td,th)>:where(font:first-child)>${first}`, 'margin-top:0px'),
  rule(':where(td,th)>:where(p:last-child)', 'margin-bottom:0px'),
]

/** Modes in which lines that hold no text of their own take no room for it ("limited-quirks" among them). */
const limited =
  /^\s*(?:<\?xml[^>]{0,200}>\s*)?<!doctype\s+html\s+public\s+["']-\/\/w3c\/\/dtd (?:xhtml 1\.0|html 4\.01) (?:transitional|frameset)\/\//i

/** Parts of tables have no lines, and a list item's begins with its mark. Of pictures a line's height is their own. */
const without = new Set('html table tbody thead tfoot tr col colgroup ol ul dl li img hr'.split(' '))
const inline = new Set(
  'a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt u var'.split(
    ' ',
  ),
)
/** Selectors of rules for mail programs that are no browsers. */
const others = /externalclass|#outlook|yshortcuts|#backgroundtable|(?:^|[\s,])img\b/i

interface Place {
  readonly at: number
  readonly tag: string
  readonly parent: Place | undefined
  /** Words directly in it, and what flows in lines with them. */
  hasWords: boolean
  hasInline: boolean
  /** On the line that is being filled. */
  lineHasContent: boolean
  /** It, or what it stands in, says how tall its lines are. */
  readonly isSpaced: boolean
  /** A line break on a line of its own. */
  readonly isBlankLine: boolean
}

export function asQuirks(tree: LetterTree, html: string): LetterTree {
  if (!tree.isDesigned || !(tree.quirks || limited.test(html.slice(0, 1000)))) return tree
  const sheets = tree.quirks ? [...quirkRules, ...tree.sheets] : tree.sheets
  return tree.sheets.some(isSpacing) ? { ...tree, sheets } : { ...tree, ...new Lines(tree).run(), sheets }
}

function rule(selector: string, text: string): LetterRule {
  return [selector, text.split(';').flatMap((one) => [...one.split(':'), ''])]
}

function isSpacing([head, declarations, inner]: LetterRule): boolean {
  if (declarations === null) return inner.some(isSpacing)
  return spaces(declarations) && !others.test(head)
}

function spaces(declarations: Declarations | undefined): boolean {
  const at = declarations?.indexOf('line-height') ?? -1
  return at >= 0 && declarations?.[at + 1] !== 'normal'
}

/**
 * What has no words of its own gets lines of no height, and what stands in it its natural ones: so a line is as tall as
 * what is on it, and not as the type of the cell around it.
 */
class Lines {
  readonly #tree: LetterTree
  readonly #styles: Declarations[]
  readonly #made = new Map<string, number>()

  constructor(tree: LetterTree) {
    this.#tree = tree
    this.#styles = [...tree.styles]
  }

  run(): Pick<LetterTree, 'ops' | 'styles'> {
    const places = new Map(this.#places().map((place) => [place.at, place]))
    const ops = this.#tree.ops.flatMap((op, at): readonly LetterOp[] => {
      const place = places.get(at)
      const height = place && this.#heightOf(place)
      if (!height || typeof op === 'string' || op === 0) return [op]
      const [tag, attributes, style, image] = op
      // what makes a line is words: of no width, but with the height of their type
      if (tag === 'br') return [['span', [], this.#styled(-1, height), -1], '\u200b', 0, op]
      return [[tag, attributes, this.#styled(style, height), image]]
    })
    return { ops, styles: this.#styles }
  }

  #heightOf(place: Place): '0' | 'normal' | undefined {
    if (place.isSpaced || place.tag === quoteTag) return undefined
    if (isEmptied(place)) return '0'
    if (!place.parent || !isEmptied(place.parent) || /^(?:img|hr)$/.test(place.tag)) return undefined
    return place.tag !== 'br' || place.isBlankLine ? 'normal' : undefined
  }

  #places(): readonly Place[] {
    const places: Place[] = []
    let open: Place | undefined
    for (const [at, op] of this.#tree.ops.entries()) {
      if (op === 0) open = open?.parent
      else if (typeof op === 'string') {
        if (open && /[^\t\n\f\r ]/.test(op)) open.hasWords = open.lineHasContent = true
      } else {
        const place = this.#enter(at, op, open)
        places.push(place)
        open = place
      }
    }
    return places
  }

  #enter(at: number, [tag, , style]: Exclude<LetterOp, string | 0>, parent: Place | undefined): Place {
    const isInherited = parent?.isSpaced === true && !(this.#tree.quirks && tag === 'table')
    const place: Place = {
      at,
      tag,
      parent,
      hasWords: false,
      hasInline: false,
      lineHasContent: false,
      isSpaced: isInherited || spaces(this.#tree.styles[style]),
      isBlankLine: tag === 'br' && parent?.lineHasContent !== true,
    }
    if (parent) {
      parent.lineHasContent = inline.has(tag) || tag === 'img'
      parent.hasInline ||= parent.lineHasContent
      // the fold of a quote is an element of the frame's own
      parent.hasWords ||= tag === quoteTag
    }
    return place
  }

  #styled(style: number, height: string): number {
    const key = `${String(style)} ${height}`
    const known = this.#made.get(key)
    if (known !== undefined) return known
    const index = this.#styles.push([...(this.#tree.styles[style] ?? []), 'line-height', height, '']) - 1
    this.#made.set(key, index)
    return index
  }
}

function isEmptied({ tag, hasWords, hasInline, isSpaced }: Place): boolean {
  return hasInline && !hasWords && !isSpaced && !without.has(tag)
}
