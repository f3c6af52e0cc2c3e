/**
 * Which pictures of a letter from the internet are there to be seen, and which only to report that it was opened: a
 * pixel, a picture that is hidden, or one of a known address (`tracker-patterns.ts`). The latter are never loaded.
 */
import type { AllowedPictures, Declarations, LetterRule, LetterTree } from './letter.ts'
import { trackerPatterns } from './tracker-patterns.ts'

/** Longer addresses exist; what tells a service stands at their beginning. */
const mostRead = 600

/** Every picture from the internet but trackers. */
export function visiblePictures(tree: LetterTree): AllowedPictures {
  const seen = seenPictures(tree)
  const found = new Map<number, string>()
  for (const [index, image] of tree.images.entries())
    if (image.kind === 'remote' && seen.has(index) && !isTrackerAddress(image.url)) found.set(index, image.url)
  return found
}

export function isTrackerAddress(address: string): boolean {
  const { hostname, pathname, search } = new URL(address)
  return knownAddress.test(`.${hostname}${pathname}${search}`.slice(0, mostRead))
}

const knownAddress = new RegExp(`^(?:${trackerPatterns.map(toExpression).join('|')})`, 'i')

function toExpression(pattern: string): string {
  const [host = '', ...path] = pattern.split('/')
  const escaped = (text: string): string => text.replace(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('#', '\\d*')
  const rest = escaped(path.join('/')).replaceAll('*', '.*?')
  return `${host === '*' ? '[^/]*' : `[^/]*\\.${escaped(host)}`}/${rest}`
}

/** Indexes of pictures that stand somewhere in the letter where they can be seen. */
function seenPictures(tree: LetterTree): ReadonlySet<number> {
  const sheets = new SheetReader(tree.sheets)
  const inline = tree.styles.map((declarations) => [new Style(declarations)])
  const seen = new Set<number>()
  const hidden: boolean[] = []
  for (const op of tree.ops) {
    if (typeof op === 'string') continue
    if (op === 0) {
      hidden.pop()
      continue
    }
    const [tag, attributes, styleIndex, image] = op
    const names = [tag, ...namesIn(attributes)]
    const styles = [...sheets.of(names), ...(inline[styleIndex] ?? [])]
    const isHidden = hidden.at(-1) === true || (!sheets.isChanging(names) && styles.some((style) => style.hides))
    hidden.push(isHidden)
    if (tag === 'img' && image >= 0 && !isHidden && !isPixel(attributes, styles)) seen.add(image)
  }
  return seen
}

/** At most one pixel wide and high; of a side that is not given nothing is known. */
function isPixel(attributes: readonly string[], styles: readonly Style[]): boolean {
  const last = (property: string): number | undefined =>
    styles.map((style) => style.pixels(property)).findLast((length) => length !== undefined)
  const known = ['width', 'height'].flatMap((side) => {
    const own = last(side) ?? toPixels(attributeIn(attributes, side))
    const limits = [own, last(`max-${side}`)].filter((length) => length !== undefined)
    return limits.length > 0 ? Math.min(...limits) : []
  })
  return known.some((side) => side === 0) || (known.length > 0 && known.every((side) => side <= 1))
}

function attributeIn(attributes: readonly string[], name: string): string {
  for (let at = 0; at + 1 < attributes.length; at += 2) if (attributes[at] === name) return attributes[at + 1] ?? ''
  return ''
}

/** Its classes and its id as selectors name them. */
function namesIn(attributes: readonly string[]): string[] {
  const classes = attributeIn(attributes, 'class').split(/\s+/)
  const names = [...classes.map((name) => `.${name}`), `#${attributeIn(attributes, 'id')}`]
  return names.filter((name) => name.length > 1)
}

/** A length in pixels as far as it tells of one; a share of something else tells nothing. */
function toPixels(text: string): number | undefined {
  const [, number, unit = 'px'] = /^\s*(\d*\.?\d+)(px|pt|em|rem)?\s*$/i.exec(text) ?? []
  return number === undefined ? undefined : Number(number) * (/m/i.test(unit) ? 16 : 1)
}

/** What is told of a letter's elements in one place, as far as it says whether they are seen. */
class Style {
  readonly #values = new Map<string, string>()
  #hides: boolean | undefined

  constructor(declarations: Declarations) {
    this.add(declarations)
  }

  add(declarations: Declarations): void {
    for (let at = 0; at + 1 < declarations.length; at += 3)
      this.#values.set(declarations[at] ?? '', declarations[at + 1] ?? '')
  }

  pixels(property: string): number | undefined {
    return toPixels(this.#get(property))
  }

  get hides(): boolean {
    this.#hides ??= this.#isNothing() || this.#isClipped()
    return this.#hides
  }

  #get(property: string): string {
    return this.#values.get(property) ?? ''
  }

  #isNothing(): boolean {
    const isOff = this.#get('display') === 'none' || /^(?:hidden|collapse)$/.test(this.#get('visibility'))
    return isOff || Number.parseFloat(this.#get('opacity')) <= 0.01 || this.#isFarOff()
  }

  #isFarOff(): boolean {
    return ['left', 'top'].some((side) => Number.parseFloat(this.#get(side)) <= -500)
  }

  #isClipped(): boolean {
    const sides = ['width', 'height', 'max-width', 'max-height']
    const isCut = /hidden|clip/.test(this.#get('overflow-x') + this.#get('overflow-y'))
    return isCut && sides.some((side) => (this.pixels(side) ?? 2) <= 1)
  }
}

/** Of a letter's sheets what is said of an element, a class or an id alone, whatever stands around it. */
class SheetReader {
  readonly #styles = new Map<string, Style>()
  /** Names of what looks different on some width of the page: whether it is hidden there is not known. */
  readonly #changing = new Set<string>()

  constructor(sheets: readonly LetterRule[]) {
    for (const [selectors, declarations, rules] of sheets) {
      if (declarations === null) this.#learn(rules)
      else for (const selector of selectors.split(',')) this.#add(selector.trim().toLowerCase(), declarations)
    }
  }

  of([tag = '', ...names]: readonly string[]): Style[] {
    return [tag, ...names.flatMap((name) => [name, tag + name])].flatMap(
      (name) => this.#styles.get(name.toLowerCase()) ?? [],
    )
  }

  isChanging(names: readonly string[]): boolean {
    return names.some((name) => this.#changing.has(name.toLowerCase()))
  }

  #add(selector: string, declarations: Declarations): void {
    if (!/^[a-z0-9]*(?:[.#][\w-]+)?$/.test(selector)) return
    const known = this.#styles.get(selector)
    if (known) known.add(declarations)
    else this.#styles.set(selector, new Style(declarations))
  }

  #learn(rules: readonly LetterRule[]): void {
    for (const [selectors, declarations, inner] of rules) {
      if (declarations === null) this.#learn(inner)
      else if (!new Style(declarations).hides)
        for (const [name] of selectors.matchAll(/[.#][\w-]+/g)) this.#changing.add(name.toLowerCase())
    }
  }
}
