/** Makes a message of the Email object of an Email/set create (RFC 8621 §4.6). */
import { SetError } from '../errors.ts'
import { isObject } from '../methods/arguments.ts'

export interface WriteDeps {
  readonly now: number
  readonly messageId: string
  readonly boundary: () => string
  /** Bytes of a blob, or undefined. */
  readonly blob: (blobId: string) => { readonly bytes: Uint8Array; readonly type: string } | undefined
}

type Fields = Readonly<Record<string, unknown>>

const refuse = (property: string, description = 'Cannot set property.'): SetError =>
  new SetError('invalidProperties', description, { properties: [property] })

const ADDRESS_FIELDS: readonly (readonly [property: string, field: string])[] = [
  ['from', 'From'],
  ['sender', 'Sender'],
  ['replyTo', 'Reply-To'],
  ['to', 'To'],
  ['cc', 'Cc'],
  ['bcc', 'Bcc'],
]

const ID_FIELDS: readonly (readonly [property: string, field: string])[] = [
  ['messageId', 'Message-ID'],
  ['inReplyTo', 'In-Reply-To'],
  ['references', 'References'],
]

export function writeMessage(fields: Fields, deps: WriteDeps): Uint8Array {
  const head: string[] = []
  for (const [property, field] of ADDRESS_FIELDS) {
    if (Array.isArray(fields[property])) head.push(`${field}: ${addressList(fields[property] as unknown[], property)}`)
  }
  if (typeof fields['subject'] === 'string') head.push(`Subject: ${encodeWords(fields['subject'])}`)
  for (const [property, field] of ID_FIELDS) {
    if (Array.isArray(fields[property]))
      head.push(`${field}: ${(fields[property] as unknown[]).map((id) => `<${String(id)}>`).join(' ')}`)
  }
  for (const [property, value] of Object.entries(fields)) {
    const match = /^header:([\x21-\x39\x3b-\x7e]+?)(?::(as[A-Za-z]+))?(?::all)?$/.exec(property)
    if (match) head.push(`${match[1] ?? ''}: ${headerText(value, match[2] ?? 'asRaw', property)}`)
  }
  const has = (field: string): boolean => head.some((line) => line.toLowerCase().startsWith(`${field.toLowerCase()}:`))
  if (!has('Message-ID')) head.push(`Message-ID: <${deps.messageId}>`)
  if (!has('Date')) {
    const sentAt = typeof fields['sentAt'] === 'string' ? Date.parse(fields['sentAt']) : deps.now
    head.push(`Date: ${new Date(sentAt).toUTCString().replace('GMT', '+0000')}`)
  }
  head.push('MIME-Version: 1.0')
  const body = isObject(fields['bodyStructure']) ? part(fields['bodyStructure'], fields, deps) : bodyOf(fields, deps)
  return Buffer.from(`${head.join('\r\n')}\r\n${body}`, 'latin1')
}

/** textBody, htmlBody and attachments as the usual tree. */
function bodyOf(fields: Fields, deps: WriteDeps): string {
  const list = (property: string): Fields[] => {
    const value = fields[property] ?? []
    if (!Array.isArray(value) || !value.every(isObject)) throw refuse(property)
    return value
  }
  const [text, html] = [list('textBody')[0], list('htmlBody')[0]]
  const bodies = [text, html].filter((one) => one !== undefined).map((one) => part(one, fields, deps))
  const all = list('attachments')
  const inline = html ? all.filter((one) => typeof one['cid'] === 'string' && one['disposition'] === 'inline') : []
  const attached = all.filter((one) => !inline.includes(one))
  let body =
    bodies.length > 1
      ? multipart('alternative', bodies, deps)
      : (bodies[0] ?? encodedPart('text/plain; charset=utf-8', '', []))
  if (inline.length > 0)
    body = multipart('related', [body, ...inline.map((one) => part(one, fields, deps, 'attachments'))], deps)
  if (attached.length > 0)
    body = multipart('mixed', [body, ...attached.map((one) => part(one, fields, deps, 'attachments'))], deps)
  return body
}

function multipart(subtype: string, parts: readonly string[], deps: WriteDeps): string {
  const boundary = deps.boundary()
  const lines = parts.map((one) => `--${boundary}\r\n${one}\r\n`).join('')
  return `Content-Type: multipart/${subtype}; boundary="${boundary}"\r\n\r\n${lines}--${boundary}--\r\n`
}

/** One part, its header included. */
function part(spec: Fields, fields: Fields, deps: WriteDeps, within = 'bodyStructure'): string {
  const type = typeof spec['type'] === 'string' ? spec['type'] : 'text/plain'
  if (Array.isArray(spec['subParts'])) {
    const parts = spec['subParts'].filter(isObject).map((child) => part(child, fields, deps))
    return multipart(type.replace('multipart/', ''), parts, deps)
  }
  const extra: string[] = []
  const name = typeof spec['name'] === 'string' ? spec['name'] : null
  const disposition =
    typeof spec['disposition'] === 'string' ? spec['disposition'] : name === null ? null : 'attachment'
  if (disposition !== null) {
    const fileName = name === null ? '' : `; filename*=utf-8''${encodeURIComponent(name).replaceAll("'", '%27')}`
    extra.push(`Content-Disposition: ${disposition}${fileName}`)
  }
  if (typeof spec['cid'] === 'string') extra.push(`Content-ID: <${spec['cid']}>`)
  if (typeof spec['partId'] === 'string') {
    const values = fields['bodyValues']
    const value = isObject(values) ? values[spec['partId']] : undefined
    if (!isObject(value) || typeof value['value'] !== 'string') throw refuse('bodyValues')
    return encodedPart(`${type}; charset=utf-8`, Buffer.from(value['value'], 'utf8').toString('latin1'), extra)
  }
  const blob = typeof spec['blobId'] === 'string' ? deps.blob(spec['blobId']) : undefined
  if (!blob) throw refuse(`${within}/blobId`)
  const body = Buffer.from(blob.bytes)
    .toString('base64')
    .replace(/.{76}(?=.)/g, '$&\r\n')
  return [`Content-Type: ${type}`, 'Content-Transfer-Encoding: base64', ...extra, '', body].join('\r\n')
}

function encodedPart(type: string, bytes: string, extra: readonly string[]): string {
  const text = bytes.replace(/\r?\n/g, '\r\n')
  const isPlain = /^[\x20-\x7e\r\n\t]*$/.test(text) && text.split('\r\n').every((line) => line.length < 900)
  const body = isPlain
    ? text
    : Buffer.from(text, 'latin1')
        .toString('base64')
        .replace(/.{76}(?=.)/g, '$&\r\n')
  return [
    `Content-Type: ${type}`,
    `Content-Transfer-Encoding: ${isPlain ? '7bit' : 'base64'}`,
    ...extra,
    '',
    body,
  ].join('\r\n')
}

function addressList(list: readonly unknown[], property: string): string {
  return list
    .map((address) => {
      if (!isObject(address) || typeof address['email'] !== 'string' || /[\r\n<>]/.test(address['email']))
        throw refuse(property)
      const name = address['name']
      if (typeof name !== 'string' || name === '') return address['email']
      const shown = /^[\x20-\x7e]*$/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : encodeWords(name)
      return `${shown} <${address['email']}>`
    })
    .join(',\r\n ')
}

function headerText(value: unknown, form: string, property: string): string {
  const strings = Array.isArray(value) ? value.map(String) : []
  switch (form) {
    case 'asRaw':
      return String(value).trimStart()
    case 'asText':
      return encodeWords(String(value))
    case 'asDate':
      return new Date(String(value)).toUTCString()
    case 'asMessageIds':
    case 'asURLs':
      return strings.map((id) => `<${id}>`).join(form === 'asURLs' ? ', ' : ' ')
    case 'asAddresses':
      return addressList(Array.isArray(value) ? (value as unknown[]) : [], property)
    default:
      throw refuse(property)
  }
}

/** RFC 2047, cut between characters so that each word stays under 75 characters. */
function encodeWords(text: string): string {
  const safe = text.replace(/[\r\n]+/g, ' ')
  if (/^[\x20-\x7e]*$/.test(safe)) return safe
  const words: string[] = []
  let word = ''
  for (const character of safe) {
    if (Buffer.byteLength(word + character) > 42) {
      words.push(word)
      word = ''
    }
    word += character
  }
  words.push(word)
  return words.map((one) => `=?utf-8?b?${Buffer.from(one).toString('base64')}?=`).join('\r\n ')
}
