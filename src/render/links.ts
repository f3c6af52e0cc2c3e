/** Where a link really goes, and what about it deserves a second look. */
import { imitatedNames } from './imitated-names.ts'
import { isWebAddress, linkAddress } from './link-address.ts'
import { namedByText } from './link-text.ts'
import { isForeignTwin, isSameSite, lookAlikeOf, skeleton } from './look-alike.ts'
import { parseMailto } from './mailto.ts'
import { toUnicode } from './punycode.ts'

export interface LinkTarget {
  /** Normalised by the URL parser. */
  readonly href: string
  readonly scheme: 'http' | 'https' | 'mailto' | 'tel'
  /** Host as people read it; for mailto the addresses, for tel the number. */
  readonly display: string
  /** The host in ASCII where `display` is not (`xn--…`). */
  readonly punycode: string | null
  readonly flags: readonly LinkFlag[]
  /** The name that it could be taken for, where it is flagged for that. */
  readonly imitates?: string
}

type LinkFlag =
  'userinfo' | 'mixed-script' | 'punycode' | 'ip-address' | 'port' | 'text-differs' | 'bidi' | 'look-alike' | 'insecure'

/** Ask before it opens; the first that holds is told. */
const deceptive = ['bidi', 'userinfo', 'look-alike', 'mixed-script', 'text-differs', 'ip-address'] as const

/** Addresses of one link that a line has room for. */
const MOST_SHOWN = 20

export type Deception = (typeof deceptive)[number]

/** Null for anything that is no web, mail or telephone address: such a link goes nowhere. */
export function parseLink(href: string): LinkTarget | null {
  const url = linkAddress(href)
  if (url === null) return null
  if (isWebAddress(url)) return webTarget(url)
  if (url.protocol === 'mailto:') {
    const { to, cc, bcc } = parseMailto(url.href)
    const all = [...to, ...cc, ...bcc]
    const display = all.slice(0, MOST_SHOWN).join(', ') + (all.length > MOST_SHOWN ? ', …' : '')
    return { href: url.href, scheme: 'mailto', display, punycode: null, flags: [] }
  }
  return { href: url.href, scheme: 'tel', display: decoded(url.pathname), punycode: null, flags: [] }
}

/** As `parseLink`, and flagged when the words of the link name another host or address than it goes to. */
export function parseShownLink(href: string, text: string): LinkTarget | null {
  const target = parseLink(href)
  if (target === null || target.scheme === 'tel') return target
  const named = namedByText(text)
  const flags: LinkFlag[] = named.isTurned ? ['bidi'] : []
  if (target.scheme === 'mailto') {
    const { to } = parseMailto(target.href)
    if (named.addresses.some((address) => !to.some((other) => other.toLowerCase() === address)))
      flags.push('text-differs')
    return { ...target, flags }
  }
  const actual = new URL(target.href).hostname.replace(/\.$/, '')
  const others = named.hosts.filter((host) => !isSameSite(bare(host), bare(actual)))
  if (others.length > 0) flags.push('text-differs')
  const twin = lookAlikeOf(toUnicode(bare(actual)), others.map(bare))
  if (twin !== null) flags.push('look-alike')
  const all = [...new Set([...target.flags, ...flags])]
  return { ...target, flags: all, ...(twin !== null && { imitates: twin }) }
}

/** Why it asks before it opens; null for an honest one. */
export function deceptionOf(target: LinkTarget): Deception | null {
  return deceptive.find((flag) => target.flags.includes(flag)) ?? null
}

/** Whether a reader sees in the words where the link goes. */
export function isShownBy(target: LinkTarget, text: string): boolean {
  const { hosts } = namedByText(text)
  return target.scheme === 'tel' || (hosts.length === 1 && hosts[0] === new URL(target.href).hostname)
}

function webTarget(url: URL): LinkTarget {
  const flags: LinkFlag[] = []
  const unicode = toUnicode(url.hostname)
  const labels = unicode.split('.')
  const isPunycode = unicode !== url.hostname || /(?:^|\.)xn--/.test(url.hostname)
  const isMixed = labels.some(isForeignTwin)
  const twin = imitatedBy(labels)
  if (url.username !== '' || url.password !== '') flags.push('userinfo')
  if (isMixed) flags.push('mixed-script')
  if (isPunycode) flags.push('punycode')
  if (twin !== undefined) flags.push('look-alike')
  if (isPublicAddress(url.hostname)) flags.push('ip-address')
  if (url.port !== '') flags.push('port')
  if (/[\u202a-\u202e\u2066-\u2069]/.test(decoded(url.href))) flags.push('bidi')
  if (url.protocol === 'http:') flags.push('insecure')
  return {
    href: url.href,
    scheme: url.protocol === 'http:' ? 'http' : 'https',
    display: (isMixed || twin !== undefined ? url.hostname : unicode) + (url.port === '' ? '' : `:${url.port}`),
    punycode: isPunycode ? url.hostname : null,
    flags,
    ...(twin !== undefined && { imitates: twin }),
  }
}

const bySkeleton = new Map([...imitatedNames].map((name) => [skeleton(name), name]))

/** A label that is drawn like a name which many imitate, and is not that name. */
function imitatedBy(labels: readonly string[]): string | undefined {
  for (const [at, label] of labels.slice(0, -1).entries()) {
    for (const word of [label, ...label.split('-')]) {
      const name = bySkeleton.get(skeleton(word))
      if (name !== undefined && name !== word) return name
    }
    // `paypal.com.evil.test`; after `com` may come a country, and nothing else
    if (imitatedNames.has(label) && labels[at + 1] === 'com' && labels.length > at + 3) return label
  }
  return undefined
}

/** A number in place of a name; in a home it is a machine of one's own. */
function isPublicAddress(hostname: string): boolean {
  if (hostname.startsWith('[')) return !/^\[(?:::1\]|f[cde])/.test(hostname)
  const isNumber = /^\d+(?:\.\d+){3}$/.test(hostname)
  return isNumber && !/^(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254)\./.test(hostname)
}

const bare = (host: string): string => host.replace(/\.$/, '').replace(/^www\d?\./, '')

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
