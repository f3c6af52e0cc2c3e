/** Who an address is, for showing: nothing here trusts that a name belongs to its address. */
import type { EmailAddress } from '../jmap/types.ts'

/** Twelve hues, none between 40 and 80: amber means unread and nothing else. */
const HUES = [0, 25, 95, 125, 150, 170, 195, 215, 240, 265, 295, 330] as const

// Marks, embeddings, overrides and isolates (UAX #9), and the old shaping controls beside them.
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]/g
const CONTROL = /[\p{Cc}\u2028\u2029]/gu

/** Local parts that no person answers from; the words before or after a separator count too. */
const MACHINE =
  /(^|[._+-])(no-?reply|do[-_]?not[-_]?reply|noresponse|mailer-daemon|postmaster|bounces?|notifications?|notify|alerts?|newsletters?|news|automated|robot|auto-?confirm|updates?)($|[._+-])/i

/** Without what turns the direction of text after it or breaks a line; for names, addresses and file names in sentences. */
export function stripBidi(text: string): string {
  return text.replace(DIRECTION, '').replace(CONTROL, ' ')
}

/** The name if it shows anything, else the address. */
export function displayName(address: EmailAddress): string {
  const name = tidy(address.name ?? '')
  return name === '' ? tidy(address.email) : name
}

function tidy(text: string): string {
  const clean = stripBidi(text).replace(/\s+/g, ' ').trim()
  const unquoted = /^(["'])(.+)\1$/.exec(clean)?.[2] ?? clean
  // A name of invisible characters alone is no name.
  return /[^\p{C}\p{Z}\p{M}\u115f\u1160\u3164\uffa0]/u.test(unquoted) ? unquoted : ''
}

/**
 * One or two letters for an avatar: of the first and the last word of the name; one grapheme for scripts whose letters
 * do not abbreviate (CJK) or join (Arabic, Hebrew); with no name, the first letter of the address.
 */
export function initialsOf(address: EmailAddress): string {
  const name = displayName({ ...address, email: '' })
  const words = (name === '' ? [] : name.split(/[\s,]+/)).map(firstLetter).filter((letter) => letter !== '')
  const first = words[0]
  if (first === undefined) return upper(firstLetter(tidy(address.email))) || '?'
  const last = words.at(-1)
  if (words.length === 1 || last === undefined || isLonely(first) || isLonely(last)) return upper(first)
  return upper(first) + upper(last)
}

let segmenter: Intl.Segmenter | undefined

/** The first grapheme that begins with a letter or a digit: "(Foo)" and '"Foo"' give F. */
function firstLetter(word: string): string {
  const from = word.search(/[\p{L}\p{N}]/u)
  if (from < 0) return ''
  // A Latin letter that nothing combines with needs no segmenter, which is slow to build and to ask.
  if (/^[A-Za-z0-9][\x20-\x7e]?$/.test(word.slice(from, from + 2))) return word.charAt(from)
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  for (const { segment } of segmenter.segment(word.slice(from, from + 32))) return segment
  return ''
}

function isLonely(letter: string): boolean {
  return /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Arabic}\p{sc=Hebrew}]/u.test(letter)
}

/** "ß" would become two letters: then it stays as it is. */
function upper(letter: string): string {
  const large = letter.toUpperCase()
  return large.length === letter.length ? large : letter
}

/** The same hue for the same address, wherever it is shown. */
export function hueOf(address: EmailAddress | string): number {
  const email = typeof address === 'string' ? address : address.email
  return HUES[fnv1a(email.toLowerCase()) % HUES.length] ?? HUES[0]
}

/** FNV-1a, 32 bits, over UTF-8. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}

/** By the address alone; a List-Id or Auto-Submitted header is in `Email.isBulk`. */
export function isMachine(address: EmailAddress): boolean {
  return MACHINE.test(address.email.slice(0, Math.max(0, address.email.lastIndexOf('@'))))
}

/** Addresses compared without case; display names are the sender's to choose and say nothing. */
export function isSamePerson(a: EmailAddress, b: EmailAddress): boolean {
  return a.email.toLowerCase() === b.email.toLowerCase()
}
