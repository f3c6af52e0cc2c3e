/**
 * Which fields of a header the own servers wrote. Anybody can write any field; what a message went through on its last
 * way, its receiver put above what it was given. So it is read from the top, and no further than the own servers reach.
 */
import type { HeaderField } from '../jmap/types.ts'
import { parseAuthenticationResults, toName, type AuthenticationResults } from './authentication-results.ts'
import { headerTokens } from './header-tokens.ts'

/** What stands below this many `Received` was written by others, whatever was named. */
const MAX_HOPS = 4

export interface Received {
  /** Host that received, in small letters. */
  readonly by: string
  /** Protocol as registered (RFC 3848), in capitals: `ESMTPS`. */
  readonly protocol: string | null
  /** `1.3` where the server names the version of TLS. */
  readonly tlsVersion: string | null
}

export interface Trace {
  /** Checks of the own servers. */
  readonly results: readonly AuthenticationResults[]
  /** How the message reached them; null where that is not known. */
  readonly entry: Received | null
  /** Fields that they wrote, by name in small letters. */
  readonly fields: readonly HeaderField[]
}

const nothing: Trace = { results: [], entry: null, fields: [] }

/** `names`: authserv-ids of the own servers, and hosts in their `Received`. Nothing named, nothing claimed. */
export function readTrace(header: readonly HeaderField[], names: readonly string[]): Trace {
  const own = new Set(names.map(toName))
  const results: AuthenticationResults[] = []
  const fields: HeaderField[] = []
  let hop = null as Received | null
  let hops = 0
  let isAnswered = false
  for (const field of own.size === 0 ? [] : header) {
    const name = field.name.toLowerCase()
    if (name === 'received') {
      // Below what came over a network, only that server's own words are not the sender's.
      const next: Received | null = hops === 0 || hop?.protocol?.startsWith('LMTP') ? parseReceived(field.value) : null
      const isOwn = next !== null && own.has(next.by)
      // What stands above the first line was written by who received last, whatever it calls itself there.
      if (isOwn || (hops === 0 && results.length > 0)) hop = next
      if (++hops > MAX_HOPS || !isOwn) break
    } else if (name.endsWith('authentication-results')) {
      // Some write it below their line: then the first is theirs, or none is.
      if (hop && (isAnswered || isSubmission(hop))) continue
      const found = parseAuthenticationResults(field.value)
      isAnswered = hop !== null
      if (found && own.has(found.authservId)) results.push(found)
      isAnswered ||= results.length > 0
    } else if (name.startsWith('x-spam-')) {
      fields.push(field)
    }
  }
  return hops === 0 || results.length === 0 ? nothing : { results, entry: hop, fields }
}

/** By somebody who signed in there: nothing was checked, and a server leaves what was written before. */
function isSubmission({ protocol }: Received): boolean {
  return protocol !== null && /SMTPS?A$/.test(protocol)
}

/** Null where it does not begin as a server's own (RFC 5321 §4.4): the name that a sender gave may be anything. */
export function parseReceived(value: string): Received | null {
  const tokens = headerTokens(value)
  if (!tokens) return null
  const words = tokens.filter((token) => token.kind === 'word').map(({ text }) => text)
  const start = words[0]?.toLowerCase() === 'from' ? 2 : 0
  const [by, host, withWord, protocol] = words.slice(start, start + 4)
  if (by?.toLowerCase() !== 'by' || host === undefined) return null
  const tls = tokens.filter(({ kind }) => kind === 'comment').map(({ text }) => tlsVersion.exec(text)?.[1])
  return {
    by: toName(host),
    protocol: withWord?.toLowerCase() === 'with' ? (protocol?.toUpperCase() ?? null) : null,
    tlsVersion: tls.find((version) => version !== undefined)?.replace('_', '.') ?? null,
  }
}

/** As Postfix, Exim, Exchange and Stalwart write it; at a comment's start, where no sender's words stand. */
const tlsVersion = /^(?:using |version=)TLSv?(1(?:[._][0-3])?)\b/i
