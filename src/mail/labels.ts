/**
 * Which keywords are labels, and what is known of each: what the reader chose, or what it has by itself. Keywords are in
 * lower case here (RFC 8621 §4.1.1), and hostile as keys: only own properties count.
 */
import { fnv1a } from './addresses.ts'
import { FLAG } from './keywords.ts'
import { isUntil } from './snoozed.ts'
import type { Email } from '../jmap/types.ts'

/** Hues of the design; between 40 and 80 lies the lantern, which means unread and nothing else. */
export const labelHues = {
  brick: 25,
  ochre: 95,
  moss: 125,
  green: 155,
  teal: 200,
  blue: 245,
  violet: 290,
  rose: 345,
} as const

export type LabelColour = keyof typeof labelHues
/** In the order in which they are offered. */
export const labelColours = Object.keys(labelHues) as readonly LabelColour[]

/** What the reader chose for one label; what is absent it has by itself. */
export interface LabelChoice {
  readonly name?: string
  readonly colour?: LabelColour
  readonly isHidden?: true
}

/** An empty name: what it is called by itself. */
export interface LabelChange {
  readonly name?: string
  readonly colour?: LabelColour
  readonly isHidden?: boolean
}

/** By the label's key. */
export type LabelChoices = ReadonlyMap<string, LabelChoice>

export interface Label {
  /** Its keyword, or for a colour of Apple's flag `appleKey` of it. */
  readonly key: string
  /** As the reader calls it; undefined where it goes by what it is. */
  readonly name: string | undefined
  /** Null: Apple's grey, which is none of the palette. */
  readonly colour: LabelColour | null
  readonly isHidden: boolean
}

type Keywords = Email['keywords']

export const MAX_LABEL_NAME = 60

/** Thunderbird's five, by what it draws them in. */
const THUNDERBIRD: ReadonlyMap<string, LabelColour> = new Map([
  ['$label1', 'brick'],
  ['$label2', 'ochre'],
  ['$label3', 'green'],
  ['$label4', 'blue'],
  ['$label5', 'violet'],
])
/** They are there whether any message has them or not. */
export const thunderbirdLabels: readonly string[] = [...THUNDERBIRD.keys()]

const APPLE_BITS = ['$mailflagbit0', '$mailflagbit1', '$mailflagbit2'] as const
/** By the number that the bits make (RFC 9979 §3; the first two alone, as Apple Mail has it, are green as well as all). */
const APPLE = [undefined, 'orange', 'yellow', 'green', 'blue', 'purple', 'grey', 'green'] as const
export type AppleColour = Exclude<(typeof APPLE)[number], undefined>
/** The nearest of the palette. */
const APPLE_HUES: Readonly<Record<AppleColour, LabelColour | null>> = {
  orange: 'brick',
  yellow: 'ochre',
  green: 'green',
  blue: 'blue',
  purple: 'violet',
  grey: null,
}
const APPLE_KEY = '$mailflag:'

/** Without a `$`, and yet no labels: what other programs note about junk and what became of a message. */
const NOTES = new Set(['junk', 'nonjunk', 'notjunk', 'nospam', 'spam', 'junkrecorded', 'forwarded', 'redirected'])

/** The colour of Apple's flag that a label's key stands for. */
export function appleColourOf(key: string): AppleColour | undefined {
  const name = key.startsWith(APPLE_KEY) ? key.slice(APPLE_KEY.length) : ''
  return APPLE.find((colour) => colour === name)
}

/** The keys of a message's labels: Thunderbird's, then Apple's, then others by the alphabet. */
export function labelKeys(keywords: Keywords): readonly string[] {
  const apple = appleKey(keywords)
  return [
    ...thunderbirdLabels.filter((keyword) => Object.hasOwn(keywords, keyword)),
    ...(apple === undefined ? [] : [apple]),
    ...Object.keys(keywords)
      .filter((keyword) => !keyword.startsWith('$') && !NOTES.has(keyword) && !isUntil(keyword))
      .sort(),
  ]
}

/** Of several messages together, each once, in the same order. */
export function allLabelKeys(messages: readonly { readonly keywords: Keywords }[]): readonly string[] {
  const keys = new Set(messages.flatMap(({ keywords }) => labelKeys(keywords)))
  return [...keys].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
}

function rank(key: string): number {
  if (THUNDERBIRD.has(key)) return 0
  return key.startsWith('$') ? 1 : 2
}

/** Bits say nothing of a message that has no flag. Without any the flag is red, which the flag itself shows. */
function appleKey(keywords: Keywords): string | undefined {
  if (!Object.hasOwn(keywords, FLAG)) return undefined
  const number = APPLE_BITS.reduce((sum, bit, at) => sum + (Object.hasOwn(keywords, bit) ? 2 ** at : 0), 0)
  const colour = APPLE[number]
  return colour && APPLE_KEY + colour
}

/** The keywords that go when a label is taken off. */
export function keywordsOf(key: string): readonly string[] {
  return key.startsWith(APPLE_KEY) ? APPLE_BITS : [key]
}

export function labelOf(key: string, choices: LabelChoices): Label {
  const { name, colour, isHidden } = choices.get(key) ?? {}
  return { key, name, colour: colour ?? ownColour(key), isHidden: isHidden === true }
}

function ownColour(key: string): LabelColour | null {
  const apple = appleColourOf(key)
  if (apple) return APPLE_HUES[apple]
  return THUNDERBIRD.get(key) ?? labelColours[fnv1a(key) % labelColours.length] ?? null
}

/** What is stored, without trusting it. */
export function readLabelChoices(stored: unknown): LabelChoices {
  if (typeof stored !== 'object' || stored === null) return new Map()
  return new Map(Object.entries(stored).map(([key, choice]) => [key, readChoice(choice)]))
}

export function changedLabel(choice: LabelChoice | undefined, change: LabelChange): LabelChoice {
  return readChoice({ ...choice, ...change })
}

function readChoice(stored: unknown): LabelChoice {
  const { name, colour, isHidden } = Object(stored) as Record<string, unknown>
  const known = labelColours.find((each) => each === colour)
  return {
    ...(typeof name === 'string' && name.trim() !== '' && { name: name.trim().slice(0, MAX_LABEL_NAME) }),
    ...(known && { colour: known }),
    ...(isHidden === true && { isHidden }),
  }
}

const CODES = /^(?:u\+[0-9a-f]{2,6})+$/

/**
 * The keyword of a label that is made under a name: what IMAP and JMAP let a keyword have (RFC 8621 §4.1.1), the same on
 * every device. A name that has none of it is written in code points.
 */
export function keywordFor(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
  const isLatin = /[a-z0-9]/.test(plain)
  const text = isLatin ? plain.replace(/[^a-z0-9.+&@#:-]+/g, '_') : codesOf(name.trim())
  return text.replace(/^_+|_+$/g, '').slice(0, 255)
}

function codesOf(name: string): string {
  // Whole code points, below the longest that a keyword may be.
  return Array.from(name.normalize('NFC'))
    .slice(0, 30)
    .map((letter) => `u+${(letter.codePointAt(0) ?? 0).toString(16)}`)
    .join('')
}

/** What a keyword says by itself. */
export function nameInKeyword(keyword: string): string {
  if (!CODES.test(keyword)) return keyword
  const codes = keyword
    .split('u+')
    .slice(1)
    .map((code) => Number.parseInt(code, 16))
  return codes.every((code) => code <= 0x10ffff) ? String.fromCodePoint(...codes) : keyword
}
