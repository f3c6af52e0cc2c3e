/** Which hosts and addresses the words of a link name, for a reader who cannot see what is hidden in them. */

/** More is no name to a reader, and costs time to search. */
const MAX_TEXT = 2_000

/** Overrides turn text around; the others only say which way it goes, and right-to-left letters need them. */
const OVERRIDE = /[\u202d\u202e]/
/** Takes no room on the screen: between the letters of a name it hides the name from us, not from the reader. */
const INVISIBLE = /\p{DI}/gu
/** Full stops of other scripts, which browsers take for one (UTS #46). */
const STOPS = /[\u3002\uff0e\uff61\u2024\ufe52]/g

/** Two letters, or one of those that people know: a file or a forgotten blank is no host. */
const KNOWN_ENDS = new Set(
  (
    'com net org edu gov mil int info biz name pro mobi app dev xyz online site shop store tech cloud live email click ' +
    'link top club bank news blog agency world today support help page web website space fun icu vip work life services ' +
    'solutions digital network systems group team media center zone money finance credit loan insurance market trade ' +
    'exchange health travel hotel delivery express example test invalid рф укр бг срб 中国 中國 香港 台灣 한국 भारत'
  ).split(' '),
)
/** Endings of countries that are more often those of files. */
const FILE_ENDS = new Set(['md', 'rs', 'py', 'sh', 'ps', 'so', 'gz', 'ts'])

const HOST = /(?:[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M}_-]{0,62})\.){1,10}[\p{L}][\p{L}\p{M}\p{N}-]{1,62}/gu
const WHOLE = /^\s*(?:[a-z]{3,6}:\/{1,3}|www\.)/i

export interface NamedByText {
  /** In ASCII and small letters. */
  readonly hosts: readonly string[]
  /** Mail addresses, in small letters. */
  readonly addresses: readonly string[]
  /** Something turns its letters around. */
  readonly isTurned: boolean
}

export function namedByText(text: string): NamedByText {
  const isTurned = OVERRIDE.test(text)
  const shown = decoded(text.slice(0, MAX_TEXT)).normalize('NFKC').replace(INVISIBLE, '').replace(STOPS, '.')
  const isWhole = WHOLE.test(shown)
  const hosts = new Set<string>()
  for (const { 0: name, index } of shown.matchAll(HOST)) {
    // what follows a stroke is a path: only the first of a whole address is its host
    if (isWhole && hosts.size > 0) break
    if (!isWhole && /(?:^|[^/])[/=]$/.test(shown.slice(Math.max(0, index - 2), index))) continue
    const host = toHost(name)
    const end = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
    if (host !== null && (isWhole || isHostEnd(end))) hosts.add(host)
  }
  const addresses = [...shown.matchAll(/[^\s<>()"',;:@]{1,64}@[^\s<>()"',;:@/]{3,255}/gu)].map(([address]) =>
    address.replace(/\.$/, '').toLowerCase(),
  )
  return { hosts: [...hosts], addresses, isTurned }
}

function isHostEnd(end: string): boolean {
  return KNOWN_ENDS.has(end) || (/^[a-z]{2}$/.test(end) && !FILE_ENDS.has(end))
}

function toHost(name: string): string | null {
  try {
    return new URL(`https://${name}`).hostname
  } catch {
    return null
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
