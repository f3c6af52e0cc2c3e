/** The colours that a letter's sheets give, apart from the rest of them, so that each element can be asked for its own. */
import type { Declarations, LetterRule } from '../letter.ts'
import { matches, readSelector, type Selector, type TreeElement } from './selectors.ts'

export interface ColourRules {
  readonly rules: readonly ColourRule[]
  /** The sheets without any colour. */
  readonly rest: readonly LetterRule[]
}

interface ColourRule {
  readonly selector: Selector
  readonly order: number
  readonly declarations: Declarations
}

/** A winning value by property; `isImportant` beats what comes later without it. */
export type Winners = Map<string, { readonly value: string; readonly isImportant: boolean }>

const colourProperty =
  /^(?:color|background-color|background-image|-webkit-text-fill-color|text-shadow|outline-color|text-decoration-color|column-rule-color|border-(?:top|right|bottom|left|block-start|block-end|inline-start|inline-end)-color)$/

/** Where the pointer is or was: nothing is lost if it looks the same there. */
const passing = /:(?:hover|active|focus|focus-visible|focus-within)\b/i
const noColour = /^(?:inherit|unset|revert|currentcolor)$/i

/** Null where a colour depends on what the tree cannot tell: the width of the window, a neighbour, an attribute. */
export function readColourRules(sheets: readonly LetterRule[]): ColourRules | null {
  const rules: ColourRule[] = []
  const rest: LetterRule[] = []
  for (const rule of sheets) {
    const [head, declarations] = rule
    if (declarations === null) {
      const isOnPaper = /^\s*print\s*$/i.test(head)
      if (!isOnPaper && hasColour(rule[2])) return null
      rest.push(rule)
      continue
    }
    const [colours, others] = split(declarations)
    if (others.length > 0) rest.push([head, others])
    if (colours.length === 0) continue
    for (const part of head.split(',')) {
      if (passing.test(part)) continue
      const selector = readSelector(part)
      if (selector) rules.push({ selector, order: rules.length, declarations: colours })
      else if (values(colours).some((value) => !noColour.test(value))) return null
    }
  }
  rules.sort((one, other) => one.selector.specificity - other.selector.specificity || one.order - other.order)
  return { rules, rest }
}

/** What the sheets say of an element, the strongest last. */
export function applySheets(winners: Winners, rules: readonly ColourRule[], path: readonly TreeElement[]): void {
  for (const { selector, declarations } of rules) {
    if (matches(selector, path)) applyDeclarations(winners, declarations)
  }
}

export function applyDeclarations(winners: Winners, declarations: Declarations): void {
  for (let at = 0; at + 2 < declarations.length; at += 3) {
    const [property = '', value = '', priority] = declarations.slice(at, at + 3)
    const isImportant = priority === 'important'
    if (isImportant || winners.get(property)?.isImportant !== true) winners.set(property, { value, isImportant })
  }
}

/** Colours, and everything else. */
export function split(declarations: Declarations): readonly [string[], string[]] {
  const colours: string[] = []
  const others: string[] = []
  for (let at = 0; at + 2 < declarations.length; at += 3) {
    const [property = '', value = '', priority = ''] = declarations.slice(at, at + 3)
    const into = colourProperty.test(property) ? colours : others
    into.push(property, value, priority)
  }
  return [colours, others]
}

function hasColour(rules: readonly LetterRule[]): boolean {
  return rules.some(([, declarations, inner]) =>
    declarations === null ? hasColour(inner) : split(declarations)[0].length > 0,
  )
}

function values(declarations: Declarations): readonly string[] {
  return declarations.filter((_, index) => index % 3 === 1)
}
