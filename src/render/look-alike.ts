/**
 * Names that look like others. A table of our own, for names of hosts alone: what is drawn alike in the fonts of screens,
 * not all that Unicode knows (UTS #39), where every second word of some languages would be under suspicion.
 */

/** What stands for what, letter by letter. */
const alike: Readonly<Record<string, string>> = {
  ...pairs('аaвbсcԁdеeһhіiјjкkӏlмmнhоoрpԛqгrѕsтtѵvԝwхxуyёeїiѐeѝuґr'),
  ...pairs('αaβbεeηnιiκkνvοoρpσoτtυuχxωwγy'),
  ...pairs('ոnսuօoհhցgզqյjւi'),
  ...pairs('ıiɑaɡgſsℓlʟlłlđdøoƒfʏyʀrɴnɢgһhᴏoᴀaᴄcᴇeᴜuᴠvᴡwᴢzꜱs'),
  ...pairs('0o1l5s|l'),
}

function pairs(text: string): Record<string, string> {
  const letters = Array.from(text)
  return Object.fromEntries(letters.flatMap((letter, at) => (at % 2 === 0 ? [[letter, letters[at + 1] ?? '']] : [])))
}

/** Alphabets in which a whole label can be written with letters that a reader takes for Latin ones. */
const foreign = /^[аеорсухіјѕԁһӏԛԝαορνικτυχεօոսհց0-9-]+$/u

/** Equal for names that look alike. */
export function skeleton(name: string): string {
  const folded = name.normalize('NFKC').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
  return Array.from(folded, (letter) => alike[letter] ?? letter)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('cl', 'd')
}

/** A label that mixes alphabets, or is written in another one with nothing but twins of Latin letters: `аррӏе`. */
export function isForeignTwin(label: string): boolean {
  return isMixedScript(label) || (foreign.test(label) && /[^0-9-]/.test(label))
}

/**
 * The one of `known` that `domain` could be taken for: drawn alike, or put before other labels, as in
 * `bank.example.evil.test`. Null for one that is known, or below or above one that is.
 */
export function lookAlikeOf(domain: string, known: Iterable<string>): string | null {
  let found: string | null = null
  const own = skeleton(domain)
  for (const other of known) {
    if (isSameSite(domain, other)) return null
    if (skeleton(other) === own || `.${domain}`.includes(`.${other}.`)) found ??= other
  }
  return found
}

/** One is the other, or below it: whoever has a name has what is below it. */
export function isSameSite(a: string, b: string): boolean {
  return a === b || isBelow(a, b) || isBelow(b, a)
}

/** No country and no `com` is a site of its own. */
function isBelow(lower: string, upper: string): boolean {
  return upper.includes('.') && lower.endsWith(`.${upper}`)
}

const scripts = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Arabic', /\p{Script=Arabic}/u],
  ['Han', /\p{Script=Han}/u],
  ['Hangul', /\p{Script=Hangul}/u],
  [
    'other',
    /[^\p{Script=Common}\p{Script=Inherited}\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}\p{sc=Armn}\p{sc=Hebr}\p{sc=Arab}\p{sc=Hani}\p{sc=Hang}\p{sc=Hira}\p{sc=Kana}]/u,
  ],
] as const

function isMixedScript(label: string): boolean {
  const found = scripts.filter(([, pattern]) => pattern.test(label)).map(([name]) => name)
  const isEastAsian = found.every((name) => name === 'Latin' || name === 'Han' || name === 'Hangul')
  return found.length > 1 && !isEastAsian
}
