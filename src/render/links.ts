/** Where a link really goes, and what about it deserves a second look. */
import { isWebAddress, linkAddress } from './link-address.ts'

export interface LinkTarget {
  /** Normalised by the URL parser. */
  readonly href: string
  readonly scheme: 'http' | 'https' | 'mailto' | 'tel'
  /** Host as people read it; for mailto the address, for tel the number. */
  readonly display: string
  /** The host in ASCII where `display` is not (`xn--…`). */
  readonly punycode: string | null
  readonly flags: readonly LinkFlag[]
}

type LinkFlag = 'userinfo' | 'mixed-script' | 'punycode' | 'ip-address' | 'port' | 'text-differs' | 'insecure'

/** Null for anything that is no web, mail or telephone address: such a link goes nowhere. */
export function parseLink(href: string): LinkTarget | null {
  const url = linkAddress(href)
  if (url === null) return null
  if (isWebAddress(url)) return webTarget(url)
  const scheme = url.protocol === 'tel:' ? 'tel' : 'mailto'
  return { href: url.href, scheme, display: decode(url.pathname), punycode: null, flags: [] }
}

/** As `parseLink`, and flagged when the words of the link name another host than it goes to. */
export function parseShownLink(href: string, text: string): LinkTarget | null {
  const target = parseLink(href)
  if (target === null || (target.scheme !== 'http' && target.scheme !== 'https')) return target
  const named = hostNamedBy(text)
  if (named === null || isSameSite(named, new URL(target.href).hostname)) return target
  return { ...target, flags: [...target.flags, 'text-differs'] }
}

/** Asks before it opens. */
export function isDeceptive(target: LinkTarget): boolean {
  return target.flags.some((flag) => flag === 'userinfo' || flag === 'mixed-script' || flag === 'text-differs')
}

function webTarget(url: URL): LinkTarget {
  const flags: LinkFlag[] = []
  const unicode = toUnicode(url.hostname)
  const isPunycode = unicode !== url.hostname || /(?:^|\.)xn--/.test(url.hostname)
  if (url.username !== '' || url.password !== '') flags.push('userinfo')
  if (unicode.split('.').some(isMixedScript)) flags.push('mixed-script')
  if (isPunycode) flags.push('punycode')
  if (/^\[|^\d+(?:\.\d+){3}$/.test(url.hostname)) flags.push('ip-address')
  if (url.port !== '') flags.push('port')
  if (url.protocol === 'http:') flags.push('insecure')
  return {
    href: url.href,
    scheme: url.protocol === 'http:' ? 'http' : 'https',
    display:
      (unicode.split('.').some(isMixedScript) ? url.hostname : unicode) + (url.port === '' ? '' : `:${url.port}`),
    punycode: isPunycode ? url.hostname : null,
    flags,
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Longer words are no address to a reader. */
const maxNamed = 300

/** A host that a reader would take the words for: `https://bank.example/x`, `www.bank.example`, `bank.example`. */
function hostNamedBy(text: string): string | null {
  if (text.length > maxNamed) return null
  const shown = text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g, '')
    .trim()
  const match = /^(?:https?:\/\/)?(?:[^\s/@]*@)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?::\d+)?(?:[/?#]\S*)?$/u.exec(shown)
  if (match?.[1] === undefined) return null
  try {
    return new URL(`https://${match[1]}`).hostname
  } catch {
    return null
  }
}

/** `www.` and deeper names of the same host are no deception; another site is. */
function isSameSite(named: string, actual: string): boolean {
  const [a, b] = [named.replace(/^www\./, ''), actual.replace(/^www\./, '')]
  return a === b || b.endsWith(`.${a}`)
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
] as const

/** Latin look-alikes: a Cyrillic label that could be read as Latin is as deceptive as a mixture. */
const cyrillicLookAlikes = /^[аеорсухіјѕԁһӏԛԝ0-9-]+$/u

function isMixedScript(label: string): boolean {
  const found = scripts.filter(([, pattern]) => pattern.test(label)).map(([name]) => name)
  const isEastAsian = found.every((name) => name === 'Latin' || name === 'Han' || name === 'Hangul')
  return (found.length > 1 && !isEastAsian) || (found[0] === 'Cyrillic' && cyrillicLookAlikes.test(label))
}

/** RFC 3492, decoding only: the browser shows no way to read an `xn--` host. */
function toUnicode(hostname: string): string {
  return hostname
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (decodePunycode(label.slice(4)) ?? label) : label))
    .join('.')
}

function decodePunycode(input: string): string | null {
  const delimiter = input.lastIndexOf('-')
  const output = Array.from(delimiter > 0 ? input.slice(0, delimiter) : '', (c) => c.codePointAt(0) ?? 0)
  let [n, i, bias] = [128, 0, 72]
  for (let at = delimiter > 0 ? delimiter + 1 : 0; at < input.length;) {
    const previous = i
    let weight = 1
    for (let k = 36; ; k += 36) {
      const digit = digitOf(input.charCodeAt(at++))
      if (digit < 0) return null
      i += digit * weight
      const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias
      if (digit < threshold) break
      weight *= 36 - threshold
    }
    const length = output.length + 1
    bias = adapt(i - previous, length, previous === 0)
    n += Math.floor(i / length)
    i %= length
    if (n > 0x10ffff) return null
    output.splice(i++, 0, n)
  }
  return String.fromCodePoint(...output)
}

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 22
  if (code >= 97 && code <= 122) return code - 97
  return -1
}

function adapt(delta: number, length: number, isFirst: boolean): number {
  let rest = isFirst ? Math.floor(delta / 700) : delta >> 1
  rest += Math.floor(rest / length)
  let k = 0
  for (; rest > 455; k += 36) rest = Math.floor(rest / 35)
  return k + Math.floor((36 * rest) / (rest + 38))
}
