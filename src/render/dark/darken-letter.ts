/**
 * A designed letter on dark paper, where nothing is lost by it: the colours of every element are worked out from the tree
 * as a browser would, then grounds darken and ink follows its own ground. Pictures keep the ground that they were made
 * for, so that a logo stays readable. A letter whose colours cannot be known before it is shown stays as it was sent.
 */
import { legacyColour } from '../legacy-colour.ts'
import { quoteTag, type Declarations, type LetterOp, type LetterOpen, type LetterTree } from '../letter.ts'
import { black, over, toOklch, toText, white, type ReadColour, type Rgb } from './colour.ts'
import {
  applyDeclarations,
  applySheets,
  readColourRules,
  split,
  type ColourRules,
  type Winners,
} from './colour-rules.ts'
import { darkGround, darkInk, darkLine } from './dark-colours.ts'
import type { TreeElement } from './selectors.ts'

/** What an element's text stands on and is written in, as sent and as shown. */
interface Level {
  readonly ground: Rgb
  readonly shownGround: Rgb
  readonly ink: Rgb
  readonly shownInk: Rgb
}

/** Links without a colour of their own, as browsers show them. */
const linkInk: Rgb = { r: 0, g: 0, b: 238, a: 1 }
/** Elements times rules: more is not worth a reader's wait. */
const mostMatches = 2_000_000
/** Pictures that only hold a place open, in px. */
const spacer = 12

/** Null: shown as it was sent. `paper` is the app's own. */
export function darkenLetter(tree: LetterTree, paper: Rgb, read: ReadColour): LetterTree | null {
  const rules = readColourRules(tree.sheets)
  if (rules === null || rules.rules.length * tree.ops.length > mostMatches) return null
  return new Darkening(tree, rules, paper, read).run()
}

/** A colour that was not understood, or a ground that no colour can stand for. */
class Unknown extends Error {}

class Darkening {
  readonly #tree: LetterTree
  readonly #rules: ColourRules
  readonly #paper: Rgb
  readonly #read: ReadColour
  readonly #styles: Declarations[] = []
  readonly #known = new Map<string, number>()
  readonly #path: TreeElement[] = []
  #linkInk = linkInk

  constructor(tree: LetterTree, rules: ColourRules, paper: Rgb, read: ReadColour) {
    this.#tree = tree
    this.#rules = rules
    this.#paper = paper
    this.#read = read
  }

  run(): LetterTree | null {
    const levels: Level[] = [{ ground: white, shownGround: this.#paper, ink: black, shownInk: black }]
    const ops: LetterOp[] = []
    try {
      for (const op of this.#tree.ops) {
        const level = levels.at(-1)
        if (level === undefined) return null
        if (op === 0) {
          levels.pop()
          this.#path.pop()
        }
        if (typeof op === 'string' || op === 0) ops.push(op)
        else {
          const [shown, next] = this.#open(op, level)
          // It brings dark paper of its own.
          if (op[0] === 'body' && toOklch(next.ground).lightness < 0.5) return null
          ops.push(shown)
          levels.push(next)
        }
      }
    } catch (error) {
      if (error instanceof Unknown) return null
      throw error
    }
    return { ...this.#tree, ops, styles: this.#styles, sheets: this.#rules.rest, isDarkened: true }
  }

  #open(op: LetterOpen, level: Level): readonly [LetterOpen, Level] {
    const [tag, attributes, styleIndex, imageIndex] = op
    this.#path.push(elementOf(tag, attributes))
    if (tag === quoteTag) return [op, level]
    const [colours, others] = split(this.#tree.styles[styleIndex] ?? [])
    const winners = this.#winners(tag, attributes, colours)
    const ground = this.#ground(winners, level)
    const own = this.#ink(winners, 'color', level.ink)
    const ink = own ?? (tag === 'a' && attributes.includes('href') ? this.#linkInk : level.ink)
    const shownInk = darkInk(ink, ground.ground, ground.shownGround)
    const style = [...others]
    const write = (property: string, colour: Rgb): void => {
      style.push(property, toText(colour), winners.get(property)?.isImportant ? 'important' : '')
    }
    if (tag === 'html' || ground.isOwn) write('background-color', ground.shownGround)
    else if (winners.has('background-color')) style.push('background-color', 'transparent', '')
    if (tag === 'html' || own !== null || toText(shownInk) !== toText(level.shownInk)) write('color', shownInk)
    const fill = this.#ink(winners, '-webkit-text-fill-color', ink)
    if (fill) write('-webkit-text-fill-color', darkInk(fill, ground.ground, ground.shownGround))
    for (const property of winners.keys()) {
      if (!/^(?:border|outline|text-decoration|column-rule)-/.test(property)) continue
      const line = this.#ink(winners, property, ink)
      if (line) write(property, line.a === 0 ? ground.shownGround : darkLine(over(line, ground.ground), this.#paper))
    }
    if (tag === 'img' && !ground.isOwn && !isSpacer(attributes, others)) {
      // What a browser writes in place of a picture stands on that ground, too.
      style.push('background-color', toText(ground.ground), '', 'color', toText(ink), '')
    }
    const shown: LetterOpen = [tag, attributes, this.#intern(style), imageIndex]
    return [shown, { ground: ground.ground, shownGround: ground.shownGround, ink, shownInk }]
  }

  #winners(tag: string, attributes: readonly string[], inline: Declarations): Winners {
    const winners: Winners = new Map()
    const hint = (property: string, name: string): void => {
      const value = attributeOf(attributes, name)
      if (value !== undefined) winners.set(property, { value: legacyColour(value), isImportant: false })
    }
    hint('background-color', 'bgcolor')
    if (tag === 'font' || tag === 'hr') hint('color', 'color')
    if (tag === 'body') {
      hint('color', 'text')
      const link = attributeOf(attributes, 'link')
      if (link !== undefined) this.#linkInk = this.#read(legacyColour(link)) ?? linkInk
    }
    applySheets(winners, this.#rules.rules, this.#path)
    applyDeclarations(winners, inline)
    const image = winners.get('background-image')?.value ?? 'none'
    // A gradient may lie behind any part of the text.
    if (image !== 'none' && image !== 'initial') throw new Unknown()
    return winners
  }

  #ground(winners: Winners, level: Level): { ground: Rgb; shownGround: Rgb; isOwn: boolean } {
    const value = winners.get('background-color')?.value ?? 'transparent'
    const isNone = /^(?:transparent|initial|unset|revert|inherit)$/i.test(value)
    const own = isNone ? null : this.#colour(value)
    if (own === null || own.a === 0) return { ground: level.ground, shownGround: level.shownGround, isOwn: false }
    const ground = over(own, level.ground)
    return { ground, shownGround: darkGround(ground, this.#paper), isOwn: true }
  }

  /** Null where it has none of its own. */
  #ink(winners: Winners, property: string, current: Rgb): Rgb | null {
    const value = winners.get(property)?.value
    if (value === undefined || /^(?:inherit|unset|revert)$/i.test(value)) return null
    if (/^currentcolor$/i.test(value)) return property === 'color' ? null : current
    return /^(?:initial|canvastext|windowtext)$/i.test(value) ? black : this.#colour(value)
  }

  #colour(value: string): Rgb {
    const colour = value === 'transparent' ? { ...white, a: 0 } : this.#read(value)
    if (colour === null) throw new Unknown()
    return colour
  }

  #intern(style: readonly string[]): number {
    if (style.length === 0) return -1
    const key = style.join('\n')
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const index = this.#styles.push(style) - 1
    this.#known.set(key, index)
    return index
  }
}

function elementOf(tag: string, attributes: readonly string[]): TreeElement {
  const classes = (attributeOf(attributes, 'class') ?? '').split(/\s+/).filter(Boolean)
  return { tag, id: attributeOf(attributes, 'id') ?? '', classes }
}

function attributeOf(attributes: readonly string[], name: string): string | undefined {
  for (let at = 0; at + 1 < attributes.length; at += 2) if (attributes[at] === name) return attributes[at + 1]
  return undefined
}

function isSpacer(attributes: readonly string[], style: Declarations): boolean {
  return ['width', 'height'].some((side) => {
    const at = style.indexOf(side)
    const declared = at >= 0 && at % 3 === 0 && style[at + 1]?.endsWith('px') ? style[at + 1] : undefined
    const length = Number.parseFloat(declared ?? attributeOf(attributes, side) ?? '')
    return length <= spacer && !(attributeOf(attributes, side) ?? '').endsWith('%')
  })
}
