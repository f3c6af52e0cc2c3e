/** `Authentication-Results` (RFC 8601) and its twin of ARC (RFC 8617 §4.1.1), read as what one server says it checked. */
import { headerTokens, type HeaderToken } from './header-tokens.ts'

export interface AuthenticationResults {
  /** In small letters, without a dot at its end. */
  readonly authservId: string
  readonly results: readonly CheckResult[]
}

export interface CheckResult {
  /** `dkim`, `spf`, `dmarc`, `arc`, … in small letters. */
  readonly method: string
  /** `pass`, `fail`, `none`, … in small letters. */
  readonly result: string
  /** `header.from`, `header.d`, `smtp.mailfrom`, … and their values as written. */
  readonly properties: ReadonlyMap<string, string>
}

/** Null for what is no such field. */
export function parseAuthenticationResults(value: string): AuthenticationResults | null {
  const tokens = headerTokens(value)
  if (!tokens) return null
  const segments = split(tokens.filter((token) => token.kind !== 'comment'))
  // of ARC, the number of its instance comes first
  if (isInstance(segments[0])) segments.shift()
  const [id, version, ...rest] = segments.shift() ?? []
  if (id?.kind !== 'word' || rest.length > 0 || (version && !/^\d+$/.test(version.text))) return null
  return { authservId: toName(id.text), results: segments.flatMap((segment) => toResult(segment) ?? []) }
}

/** Names of servers and domains are compared so: case and a dot at the end say nothing (RFC 4343, RFC 1034 §3.1). */
export function toName(text: string): string {
  return text.trim().replace(/\.$/, '').toLowerCase()
}

function split(tokens: readonly HeaderToken[]): HeaderToken[][] {
  const segments: HeaderToken[][] = [[]]
  for (const token of tokens) {
    if (token.kind === 'sign' && token.text === ';') segments.push([])
    else segments.at(-1)?.push(token)
  }
  return segments
}

function isInstance(segment: readonly HeaderToken[] | undefined): boolean {
  return (
    segment?.length === 3 &&
    segment
      .map(({ text }) => text)
      .join('')
      .toLowerCase()
      .startsWith('i=')
  )
}

/** `method=result` and then pairs; what is neither is passed over, since servers write words of their own there. */
function toResult(segment: readonly HeaderToken[]): CheckResult | null {
  const pairs: [name: string, value: string][] = []
  for (let at = 1; at < segment.length; at++) {
    const [name, sign, value] = segment.slice(at - 1, at + 2)
    if (sign?.text !== '=' || sign.kind !== 'sign' || name?.kind !== 'word' || value?.kind !== 'word') continue
    pairs.push([name.text.toLowerCase(), value.text])
  }
  const [check, ...properties] = pairs
  // the check comes first in its part: else its name is a property's
  if (!check || segment[0]?.text.toLowerCase() !== check[0] || check[0].includes('.')) return null
  const method = check[0].replace(/\/\d+$/, '')
  // of what is said twice the first counts: a server copies what a sender wrote after its own words
  return { method, result: check[1].toLowerCase(), properties: new Map(properties.reverse()) }
}
