/** The parsed forms of a header field, RFC 8621 §4.1.2. */
import { decodeCharset } from './entity.ts'

export interface Address {
  readonly name: string | null
  readonly email: string
}

export interface AddressGroup {
  readonly name: string | null
  readonly addresses: readonly Address[]
}

/** §4.1.2.1: bytes as UTF-8, leading space kept. */
export function asRaw(value: string): string {
  return decodeCharset(value, 'utf-8').text.replaceAll('\0', '\ufffd')
}

/** §4.1.2.2: unfolded, encoded words decoded, NFC. */
export function asText(value: string): string {
  return decodeWords(unfold(asRaw(value)))
    .trim()
    .normalize('NFC')
}

/** §4.1.2.3, groups flattened. */
export function asAddresses(value: string): Address[] {
  return asGroupedAddresses(value).flatMap((group) => [...group.addresses])
}

/** §4.1.2.4. */
export function asGroupedAddresses(value: string): AddressGroup[] {
  const groups: AddressGroup[] = []
  let current: Address[] = []
  let name: string | null = null
  const flush = (): void => {
    if (name !== null || current.length > 0) groups.push({ name, addresses: current })
    current = []
    name = null
  }
  for (const [piece, end] of addressPieces(unfold(asRaw(value)))) {
    if (end === ':') {
      flush()
      name = decodeWords(unquote(piece.trim()))
      continue
    }
    const address = oneAddress(piece)
    if (address) current.push(address)
    if (end === ';') flush()
  }
  flush()
  return groups
}

/** §4.1.2.5; null when it does not parse. */
export function asMessageIds(value: string): string[] | null {
  const ids = [...unfold(asRaw(value)).matchAll(/<\s*([^<>\s]+)\s*>/g)].map((match) => match[1] as string)
  return ids.length > 0 ? ids : null
}

/** §4.1.2.6: RFC 3339 with the sender's own zone. */
export function asDate(value: string): string | null {
  const text = unfold(asRaw(value))
    .replace(/\([^)]*\)/g, ' ')
    .trim()
  const parsed = Date.parse(text)
  if (Number.isNaN(parsed)) return null
  const zone = /([+-])(\d{2})(\d{2})\s*$/.exec(text)
  const offset = zone ? (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 0
  const local = new Date(parsed + offset * 60_000).toISOString().slice(0, 19)
  return offset === 0 ? `${local}Z` : `${local}${zone?.[1] ?? '+'}${zone?.[2] ?? '00'}:${zone?.[3] ?? '00'}`
}

/** §4.1.2.7 (RFC 2369). */
export function asUrls(value: string): string[] | null {
  const urls = [...unfold(asRaw(value)).matchAll(/<([^<>]+)>/g)].map((match) => (match[1] as string).replace(/\s/g, ''))
  return urls.length > 0 ? urls : null
}

const unfold = (value: string): string => value.replace(/\r?\n(?=[ \t])/g, '').replace(/\r?\n/g, '')

/** RFC 2047: adjacent encoded words are joined before their bytes are decoded, as many senders cut characters in two. */
export function decodeWords(text: string): string {
  const word = /=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bq])\?([^?\s]*)\?=/gi
  return text.replace(/=\?[^?\s]+\?[bq]\?[^?\s]*\?=(?:\s*=\?[^?\s]+\?[bq]\?[^?\s]*\?=)*/gi, (run) => {
    let decoded = ''
    let charset = ''
    let bytes = ''
    for (const match of run.matchAll(word)) {
      const own = (match[1] as string).toLowerCase()
      // A stateful charset begins anew in each word; joined, its escapes in a row would be an error.
      if (own !== charset || own.startsWith('iso-2022-')) {
        decoded += decodeCharset(bytes, charset || 'utf-8').text
        bytes = ''
        charset = own
      }
      bytes += wordBytes(match[2] as string, match[3] as string)
    }
    return decoded + decodeCharset(bytes, charset || 'utf-8').text
  })
}

function wordBytes(encoding: string, text: string): string {
  if (encoding.toLowerCase() === 'b') return Buffer.from(text, 'base64').toString('latin1')
  return text
    .replaceAll('_', ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
}

/** Cuts at `,`, `;` and a group's `:`, outside quotes, comments and angle brackets. */
function addressPieces(text: string): [piece: string, end: string][] {
  const pieces: [string, string][] = []
  let piece = ''
  let quoted = false
  let comment = 0
  let angle = false
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i)
    if (character === '\\' && (quoted || comment > 0)) {
      piece += character + text.charAt(i + 1)
      i += 1
      continue
    }
    if (character === '"' && comment === 0) quoted = !quoted
    if (!quoted && character === '(') comment += 1
    if (!quoted && character === ')' && comment > 0) comment -= 1
    if (!quoted && comment === 0) {
      if (character === '<') angle = true
      if (character === '>') angle = false
      if (!angle && (character === ',' || character === ';' || character === ':')) {
        pieces.push([piece, character])
        piece = ''
        continue
      }
    }
    piece += character
  }
  if (piece.trim() !== '') pieces.push([piece, ''])
  return pieces
}

function oneAddress(piece: string): Address | null {
  const comment = /\(([^()]*)\)/.exec(piece)?.[1]
  const text = piece.replace(/("(?:[^"\\]|\\.)*")|\([^()]*\)/g, (_, quoted?: string) => quoted ?? ' ').trim()
  if (text === '') return null
  const angled = /^([^]*?)<([^<>]*)>\s*$/.exec(text)
  if (angled) {
    const name = decodeWords(unquote((angled[1] as string).trim())).trim()
    return { name: name === '' ? null : name, email: (angled[2] as string).trim() }
  }
  return { name: comment === undefined ? null : decodeWords(comment).trim(), email: text }
}

const unquote = (text: string): string =>
  text.replace(/"((?:[^"\\]|\\.)*)"/g, (_, inner: string) => inner.replace(/\\(.)/g, '$1'))
