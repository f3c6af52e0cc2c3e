/** Turns a letter into a message as it would come over the wire. All of it is ASCII, so its length is its size. */
import type { Letter, LetterFile } from '../letter.ts'
import { encodeDate, encodeIds, encodePeople, encodeText, isAscii, parameter } from './header-fields.ts'

export interface Envelope {
  readonly messageId: string
  readonly references: readonly string[]
  readonly at: number
}

/** A part with its own header fields, ready to stand in a multipart or to be the message itself. */
interface Part {
  readonly fields: readonly string[]
  readonly body: string
}

/** The whole message. */
export function compose(letter: Letter, envelope: Envelope): string {
  const body = mixed(letter, boundaryOf(envelope.messageId))
  const parent = envelope.references.at(-1)
  const fields = [
    ...(letter.headers ?? []).filter(isOfServer).map(([name, value]) => `${name}: ${value}`),
    `Date: ${encodeDate(envelope.at)}`,
    `From: ${encodePeople([letter.from])}`,
    ...(letter.to.length === 0 ? [] : [`To: ${encodePeople(letter.to)}`]),
    ...(letter.cc === undefined ? [] : [`Cc: ${encodePeople(letter.cc)}`]),
    `Subject: ${encodeText(letter.subject)}`,
    `Message-ID: <${envelope.messageId}>`,
    ...(parent === undefined ? [] : [`In-Reply-To: <${parent}>`, `References: ${encodeIds(envelope.references)}`]),
    ...(letter.headers ?? []).filter((field) => !isOfServer(field)).map(([name, value]) => `${name}: ${value}`),
    'MIME-Version: 1.0',
    ...body.fields,
  ]
  return `${fields.join('\r\n')}\r\n\r\n${body.body}`
}

/** What a mail server puts above a message that it takes. */
function isOfServer([name]: readonly [name: string, value: string]): boolean {
  return ['Received', 'Authentication-Results', 'X-Spam-Score'].includes(name)
}

function mixed(letter: Letter, boundary: string): Part {
  const listed = (letter.files ?? []).filter((file) => file.cid === undefined)
  const main = alternative(letter, boundary)
  if (listed.length === 0) return main
  return multipart('mixed', `${boundary}-m`, [main, ...listed.map(filePart)])
}

function alternative(letter: Letter, boundary: string): Part {
  const parts: Part[] = []
  if (letter.text !== undefined) parts.push(textPart('plain', letter.text, letter))
  if (letter.html !== undefined) parts.push(related(letter, letter.html, boundary))
  if (letter.calendar !== undefined) {
    parts.push(encoded('text/calendar; charset=utf-8; method=REQUEST', crlf(letter.calendar)))
  }
  const [only] = parts
  if (only === undefined) throw new Error(`The letter "${letter.subject}" has no body.`)
  return parts.length === 1 ? only : multipart('alternative', `${boundary}-a`, parts)
}

function related(letter: Letter, html: string, boundary: string): Part {
  const inline = (letter.files ?? []).filter((file) => file.cid !== undefined)
  const main = textPart('html', html, letter)
  return inline.length === 0 ? main : multipart('related', `${boundary}-r`, [main, ...inline.map(filePart)])
}

function multipart(subtype: string, boundary: string, parts: readonly Part[]): Part {
  const inner = parts.map((part) => `--${boundary}\r\n${part.fields.join('\r\n')}\r\n\r\n${part.body}\r\n`).join('')
  return { fields: [`Content-Type: multipart/${subtype}; boundary="${boundary}"`], body: `${inner}--${boundary}--\r\n` }
}

function textPart(subtype: 'plain' | 'html', text: string, letter: Letter): Part {
  const flowed = letter.isFlowed === true && subtype === 'plain' ? '; format=flowed' : ''
  if (letter.isLatin1 === true) {
    const bytes = Buffer.from(crlf(text), 'latin1')
    return quoted(`text/${subtype}; charset=iso-8859-1${flowed}`, bytes)
  }
  return encoded(`text/${subtype}; charset=utf-8${flowed}`, crlf(text))
}

/** The smallest of the encodings that real programs choose between. */
function encoded(type: string, text: string): Part {
  if (isAscii(text) && !hasLongLine(text)) {
    return { fields: [`Content-Type: ${type}`, 'Content-Transfer-Encoding: 7bit'], body: text }
  }
  const bytes = Buffer.from(text, 'utf8')
  // quoted-printable triples what is not ASCII: scripts other than Latin are shorter in base64
  if (bytes.length > text.length * 1.2) {
    return { fields: [`Content-Type: ${type}`, 'Content-Transfer-Encoding: base64'], body: base64(bytes) }
  }
  return quoted(type, bytes)
}

/** RFC 5322 §2.1.1 allows 998; a loop, because the pattern for it is slow on long texts. */
function hasLongLine(text: string): boolean {
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\r\n', start)
    if ((end < 0 ? text.length : end) - start > 900) return true
    start = end < 0 ? text.length : end + 2
  }
  return false
}

function quoted(type: string, bytes: Buffer): Part {
  return {
    fields: [`Content-Type: ${type}`, 'Content-Transfer-Encoding: quoted-printable'],
    body: quotedPrintable(bytes),
  }
}

function filePart(file: LetterFile): Part {
  const disposition = file.cid === undefined ? 'attachment' : 'inline'
  const fields = [
    `Content-Type: ${file.type}; ${parameter('name', file.name)}`,
    `Content-Disposition: ${disposition}; ${parameter('filename', file.name)}`,
    'Content-Transfer-Encoding: base64',
  ]
  if (file.cid !== undefined) fields.push(`Content-ID: <${file.cid}>`)
  return { fields, body: base64(file.bytes()) }
}

/** RFC 2045 §6.7: lines of at most 76, blanks at a line's end written out. */
export function quotedPrintable(bytes: Uint8Array): string {
  const lines: string[] = []
  let line = ''
  const put = (piece: string): void => {
    if (line.length + piece.length > 75) {
      lines.push(`${line}=`)
      line = ''
    }
    line += piece
  }
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === 13 && bytes[at + 1] === 10) {
      lines.push(line.replace(/[ \t]$/, (blank) => (blank === ' ' ? '=20' : '=09')))
      line = ''
      at++
    } else if ((byte >= 32 && byte <= 126 && byte !== 61) || byte === 9) put(String.fromCharCode(byte))
    else put(`=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
  }
  return [...lines, line].join('\r\n')
}

function base64(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
  return text.replace(/.{76}(?=.)/g, '$&\r\n') + '\r\n'
}

function crlf(text: string): string {
  return text.replace(/\r?\n/g, '\r\n')
}

/** Made of the message's own id, so that the same message has the same bytes in every run. */
function boundaryOf(messageId: string): string {
  return `=_${messageId.replace(/[^A-Za-z0-9]/g, '').slice(0, 40)}`
}
