/** CSS to data: inline styles interned by their text, sheets as lists of rules. Only what the allow-list knows stays. */
import { isAllowedDeclaration, isPaper } from './css-values.ts'
import type { Declarations, LetterRule } from './letter.ts'
import type { LetterParser } from './sanitiser.ts'

const maxRules = 4000
const maxSheetLength = 400_000
const maxSelector = 1000
const maxMediaDepth = 3
const refusedSelector = /\\|:host|::|:before|:after|:has\(|:visited|[{}<@;]/i
const plainMedia = /^[\w\s(),.:>=</-]{1,500}$/
/** A letter with looks of its own lies on a light sheet: half of a dark theme over it would be unreadable. */
const darkMedia = /prefers-color-scheme\s*:\s*dark/i

export class StyleReader {
  readonly styles: Declarations[] = []
  readonly rules: LetterRule[] = []
  /** A colour of the letter's own behind its text: it brings its own paper. */
  hasBackground = false
  readonly #parser: LetterParser
  readonly #scratch: HTMLElement
  readonly #known = new Map<string, number>()
  #ruleBudget = maxRules
  #lengthBudget = maxSheetLength

  constructor(parser: LetterParser, scratch: HTMLElement) {
    this.#parser = parser
    this.#scratch = scratch
  }

  /** The index of an inline style in `styles`, -1 when nothing of it is kept. */
  inline(text: string): number {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    // by the CSSOM and not by the attribute, which an app realm's policy refuses
    this.#scratch.style.cssText = text
    const declarations = this.#read(this.#scratch.style)
    const index = declarations.length === 0 ? -1 : this.styles.push(declarations) - 1
    this.#known.set(text, index)
    return index
  }

  sheet(text: string, media: string): void {
    this.#lengthBudget -= text.length
    if (this.#lengthBudget < 0) return
    const sheet = this.#parser.createSheet()
    try {
      sheet.replaceSync(text)
    } catch {
      return
    }
    const rules = this.#rulesOf(sheet.cssRules, 0)
    if (rules.length === 0) return
    if (media === '' || media === 'all') this.rules.push(...rules)
    else if (isKeptMedia(media)) this.rules.push([media, null, rules])
  }

  #rulesOf(list: CSSRuleList, depth: number): LetterRule[] {
    const rules: LetterRule[] = []
    for (const rule of list) {
      if (this.#ruleBudget-- <= 0) break
      // by name, as the rule belongs to another realm; @import, @font-face, @layer, @supports and the rest fall through
      const kind = rule.constructor.name
      if (kind === 'CSSStyleRule') {
        const { selectorText, style } = rule as CSSStyleRule
        if (selectorText.length > maxSelector || refusedSelector.test(selectorText)) continue
        const declarations = this.#read(style)
        if (declarations.length > 0) rules.push([selectorText, declarations])
      } else if (kind === 'CSSMediaRule' && depth < maxMediaDepth) {
        const { media, cssRules } = rule as CSSMediaRule
        if (!isKeptMedia(media.mediaText)) continue
        const inner = this.#rulesOf(cssRules, depth + 1)
        if (inner.length > 0) rules.push([media.mediaText, null, inner])
      }
    }
    return rules
  }

  #read(style: CSSStyleDeclaration): Declarations {
    const declarations: string[] = []
    for (const property of style) {
      const value = style.getPropertyValue(property)
      if (!isAllowedDeclaration(property, value)) continue
      if (
        property === 'background-color'
          ? !isPaper(value)
          : property === 'background-image' && value.includes('gradient')
      ) {
        this.hasBackground = true
      }
      declarations.push(property, value, style.getPropertyPriority(property))
    }
    return declarations
  }
}

function isKeptMedia(media: string): boolean {
  return plainMedia.test(media) && !darkMedia.test(media)
}
