/**
 * Reads a message into its tree of MIME entities (RFC 5322, 2045, 2046). Bytes are held as a string of one character
 * per byte, so that offsets are bytes and nothing is decoded before its charset is known.
 */
export interface Header {
  readonly name: string
  /** After the colon, still folded: the Raw form of RFC 8621 §4.1.2.1. */
  readonly value: string
}

export interface Entity {
  readonly headers: readonly Header[]
  /** Lower case, `text/plain` when missing or broken. */
  readonly type: string
  readonly parameters: ReadonlyMap<string, string>
  readonly disposition: string | null
  readonly dispositionParameters: ReadonlyMap<string, string>
  /** Transfer encoding, lower case. */
  readonly encoding: string
  readonly body: string
  readonly parts: readonly Entity[]
}

/** Deeper than this is a bomb, not a mail; what lies below is left as one opaque part. */
const MAX_DEPTH = 30

export function parseEntity(bytes: string, inDigest = false, depth = 0): Entity {
  const { headers, body } = splitHead(bytes)
  const contentType = parseParameters(headerValue(headers, 'content-type') ?? '')
  const fallback = inDigest ? 'message/rfc822' : 'text/plain'
  const type = /^[^\s/]+\/[^\s/]+$/.test(contentType.value) ? contentType.value.toLowerCase() : fallback
  const disposition = parseParameters(headerValue(headers, 'content-disposition') ?? '')
  const boundary = contentType.parameters.get('boundary')
  const pieces =
    type.startsWith('multipart/') && boundary !== undefined && depth < MAX_DEPTH ? splitParts(body, boundary) : []
  return {
    headers,
    // Without a single part it is no multipart: what it holds is shown as it stands.
    type: type.startsWith('multipart/') && pieces.length === 0 ? 'text/plain' : type,
    parameters: contentType.parameters,
    disposition: disposition.value === '' ? null : disposition.value.toLowerCase(),
    dispositionParameters: disposition.parameters,
    encoding: (headerValue(headers, 'content-transfer-encoding') ?? '7bit').trim().toLowerCase(),
    body,
    parts: pieces.map((piece) => parseEntity(piece, type === 'multipart/digest', depth + 1)),
  }
}

/** Only the head: what a list row with an unusual header costs. */
export function parseHead(bytes: string): readonly Header[] {
  return splitHead(bytes).headers
}

function headerValue(headers: readonly Header[], name: string): string | undefined {
  return headers.find((header) => header.name.toLowerCase() === name)?.value
}

/**
 * A line that is no header ends the head where no header follows it before the next empty line: the sender forgot the
 * empty line, or put a space in it. With headers after it, it is one broken line, and left out.
 */
function splitHead(bytes: string): { headers: Header[]; body: string } {
  const headers: Header[] = []
  let at = 0
  while (at < bytes.length) {
    const [line, next] = lineAt(bytes, at)
    if (line === '') return { headers, body: bytes.slice(next) }
    const previous = headers.at(-1)
    const field = fieldIn(line)
    if (/^[ \t]/.test(line) && previous && (line.trim() !== '' || hasFieldAhead(bytes, next))) {
      headers[headers.length - 1] = { name: previous.name, value: `${previous.value}\r\n${line}` }
    } else if (field) {
      headers.push(field)
    } else if (!hasFieldAhead(bytes, next)) {
      return { headers, body: bytes.slice(line.trim() === '' ? next : at) }
    }
    at = next
  }
  return { headers, body: '' }
}

/** The line without its end, and where the next one begins. */
function lineAt(bytes: string, at: number): [line: string, next: number] {
  const end = bytes.indexOf('\n', at)
  const line = bytes.slice(at, end < 0 ? bytes.length : end).replace(/\r$/, '')
  return [line, end < 0 ? bytes.length : end + 1]
}

function fieldIn(line: string): Header | undefined {
  const colon = line.indexOf(':')
  if (colon <= 0 || !/^[\x21-\x7e]+[ \t]*$/.test(line.slice(0, colon))) return undefined
  return { name: line.slice(0, colon).trimEnd(), value: line.slice(colon + 1) }
}

/** Whether a header comes before the next empty line. */
function hasFieldAhead(bytes: string, from: number): boolean {
  for (let at = from; at < bytes.length;) {
    const [line, next] = lineAt(bytes, at)
    if (line === '') return false
    if (fieldIn(line)) return true
    at = next
  }
  return false
}

function splitParts(body: string, boundary: string): string[] {
  const parts: string[] = []
  const delimiter = `--${boundary}`
  let start = -1
  let at = 0
  while (at <= body.length) {
    let end = body.indexOf('\n', at)
    if (end < 0) end = body.length
    const line = body.slice(at, end).trimEnd()
    if (line === delimiter || line === `${delimiter}--`) {
      if (start >= 0) parts.push(body.slice(start, lineEndBefore(body, at)))
      start = end + 1
      if (line !== delimiter) return parts
    }
    at = end + 1
  }
  // A missing last delimiter: a truncated mail keeps what it has.
  if (start >= 0 && start < body.length) parts.push(body.slice(start))
  return parts
}

/** The line break before a delimiter belongs to the delimiter (RFC 2046 §5.1.1). */
function lineEndBefore(body: string, at: number): number {
  if (body[at - 1] !== '\n') return at
  return body[at - 2] === '\r' ? at - 2 : at - 1
}

/** `value; name=token; name="quoted"; name*0*=utf-8''…` (RFC 2045 §5.1, RFC 2231). */
function parseParameters(raw: string): { value: string; parameters: Map<string, string> } {
  const text = raw.replace(/\r\n/g, '')
  const semicolon = text.indexOf(';')
  const value = (semicolon < 0 ? text : text.slice(0, semicolon)).trim()
  const pieces = new Map<string, string>()
  if (semicolon >= 0) {
    const pattern = /;\s*([^=;\s]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g
    for (const match of text.slice(semicolon).matchAll(pattern)) {
      const piece = match[2] === undefined ? (match[3] ?? '').trim() : match[2].replace(/\\(.)/g, '$1')
      pieces.set((match[1] ?? '').toLowerCase(), piece)
    }
  }
  return { value, parameters: joinContinuations(pieces) }
}

function joinContinuations(pieces: ReadonlyMap<string, string>): Map<string, string> {
  const joined = new Map<string, string>()
  const bytesOf = new Map<string, { charset: string; bytes: string }>()
  for (const [key, piece] of [...pieces].sort(([a], [b]) => order(a) - order(b))) {
    const star = key.indexOf('*')
    if (star < 0) {
      // Senders write bare UTF-8 here too; the boundary alone is compared with bytes.
      joined.set(key, key === 'boundary' ? piece : decodeCharset(piece, 'utf-8').text)
      continue
    }
    const name = key.slice(0, star)
    const collected = bytesOf.get(name) ?? { charset: 'utf-8', bytes: '' }
    let text = piece
    if (key.endsWith('*')) {
      const language = bytesOf.has(name) ? null : /^([^']*)'[^']*'(.*)$/.exec(text)
      if (language) {
        collected.charset = language[1] === '' ? 'utf-8' : (language[1] as string)
        text = language[2] as string
      }
      text = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    }
    collected.bytes += text
    bytesOf.set(name, collected)
  }
  for (const [name, { charset, bytes }] of bytesOf) joined.set(name, decodeCharset(bytes, charset).text)
  return joined
}

const order = (key: string): number => Number(/\*(\d+)/.exec(key)?.[1] ?? 0)

/** Bytes to text. Unknown charsets and broken sequences are told, never thrown. */
export function decodeCharset(bytes: string, charset: string): { text: string; isProblem: boolean } {
  const buffer = Buffer.from(bytes, 'latin1')
  try {
    const text = new TextDecoder(charset).decode(buffer)
    return { text, isProblem: text.includes('\ufffd') }
  } catch {
    return { text: new TextDecoder('windows-1252').decode(buffer), isProblem: true }
  }
}

/** Undoes the transfer encoding (RFC 2045 §6). */
export function decodeTransfer(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('latin1')
  if (encoding === 'quoted-printable') {
    return body
      .replace(/[ \t]+(?=\r?\n|$)/g, '')
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  }
  return body
}
