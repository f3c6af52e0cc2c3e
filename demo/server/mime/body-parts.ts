/** From a tree of entities to JMAP's body parts, values and lists (RFC 8621 §4.1.4). */
import { decodeCharset, decodeTransfer, parseEntity } from './entity.ts'
import type { Entity, Header } from './entity.ts'
import { asText, decodeWords } from './header-forms.ts'

export interface BodyPart {
  readonly partId: string | null
  readonly blobId: string | null
  readonly size: number
  readonly headers: readonly Header[]
  readonly name: string | null
  readonly type: string
  readonly charset: string | null
  readonly disposition: string | null
  readonly cid: string | null
  readonly language: readonly string[] | null
  readonly location: string | null
  readonly subParts: readonly BodyPart[] | null
  readonly entity: Entity
}

export interface ParsedMessage {
  readonly headers: readonly Header[]
  readonly bodyStructure: BodyPart
  readonly textBody: readonly BodyPart[]
  readonly htmlBody: readonly BodyPart[]
  readonly attachments: readonly BodyPart[]
  readonly parts: ReadonlyMap<string, BodyPart>
}

/** `blobId` is the message's own; a part's is it with the part's number. */
export function parseMessage(raw: Uint8Array, blobId: string): ParsedMessage {
  const root = parseEntity(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1'))
  const parts = new Map<string, BodyPart>()
  const bodyStructure = toPart(root, blobId, parts)
  const textBody: BodyPart[] = []
  const htmlBody: BodyPart[] = []
  const attachments: BodyPart[] = []
  sortParts([bodyStructure], 'mixed', false, htmlBody, textBody, attachments)
  return { headers: root.headers, bodyStructure, textBody, htmlBody, attachments, parts }
}

function toPart(entity: Entity, blobId: string, parts: Map<string, BodyPart>): BodyPart {
  const isMultipart = entity.parts.length > 0 || entity.type.startsWith('multipart/')
  const partId = isMultipart ? null : String(parts.size + 1)
  const header = (name: string): string | undefined =>
    entity.headers.find((candidate) => candidate.name.toLowerCase() === name)?.value
  const fileName = entity.dispositionParameters.get('filename') ?? entity.parameters.get('name')
  const language = header('content-language')
  const location = header('content-location')
  const cid = header('content-id')
  // Reserved before its children are numbered, so that numbers follow the order of the mail.
  const placeholder = { partId } as BodyPart
  if (partId !== null) parts.set(partId, placeholder)
  const part: BodyPart = {
    partId,
    blobId: partId === null ? null : `${blobId}-${partId}`,
    size: isMultipart ? 0 : decodeTransfer(entity.body, entity.encoding).length,
    headers: entity.headers,
    name: fileName === undefined ? null : decodeWords(fileName),
    type: entity.type,
    charset: entity.type.startsWith('text/') ? (entity.parameters.get('charset') ?? 'us-ascii') : null,
    disposition: entity.disposition,
    cid: cid === undefined ? null : asText(cid).replace(/^<|>$/g, ''),
    language: language === undefined ? null : asText(language).split(/\s*,\s*/),
    location: location === undefined ? null : asText(location),
    subParts: isMultipart ? entity.parts.map((child) => toPart(child, blobId, parts)) : null,
    entity,
  }
  if (partId !== null) parts.set(partId, part)
  return part
}

/** The algorithm that RFC 8621 §4.1.4 suggests. */
function sortParts(
  parts: readonly BodyPart[],
  multipartType: string,
  inAlternative: boolean,
  htmlBody: BodyPart[] | null,
  textBody: BodyPart[] | null,
  attachments: BodyPart[],
): void {
  const textLength = textBody?.length ?? -1
  const htmlLength = htmlBody?.length ?? -1
  for (const [index, part] of parts.entries()) {
    if (part.subParts) {
      const subtype = part.type.slice('multipart/'.length)
      sortParts(part.subParts, subtype, inAlternative || subtype === 'alternative', htmlBody, textBody, attachments)
      continue
    }
    const isInline = isInlinePart(part, index, multipartType)
    if (!isInline) {
      attachments.push(part)
      continue
    }
    if (multipartType === 'alternative') {
      if (part.type === 'text/plain') textBody?.push(part)
      else if (part.type === 'text/html') htmlBody?.push(part)
      else attachments.push(part)
      continue
    }
    let text = textBody
    let html = htmlBody
    if (inAlternative) {
      if (part.type === 'text/plain') html = null
      if (part.type === 'text/html') text = null
    }
    text?.push(part)
    html?.push(part)
    if ((!text || !html) && isMedia(part.type)) attachments.push(part)
  }
  if (multipartType !== 'alternative' || !textBody || !htmlBody) return
  // Only one kind was there: it serves as the other too.
  if (textLength === textBody.length && htmlLength !== htmlBody.length) textBody.push(...htmlBody.slice(htmlLength))
  if (htmlLength === htmlBody.length && textLength !== textBody.length) htmlBody.push(...textBody.slice(textLength))
}

const isMedia = (type: string): boolean => /^(?:image|audio|video)\//.test(type)

function isInlinePart(part: BodyPart, index: number, multipartType: string): boolean {
  const isBody = part.type === 'text/plain' || part.type === 'text/html' || isMedia(part.type)
  const isRootOrUnnamed = index === 0 || (multipartType !== 'related' && (isMedia(part.type) || part.name === null))
  return part.disposition !== 'attachment' && isBody && isRootOrUnnamed
}

export interface BodyValue {
  readonly value: string
  readonly isEncodingProblem: boolean
  readonly isTruncated: boolean
}

/** Line ends are normalised, and HTML is not cut within a tag's name (RFC 8621 §4.2 `maxBodyValueBytes`). */
export function bodyValue(part: BodyPart, maxBytes: number): BodyValue {
  const bytes = decodeTransfer(part.entity.body, part.entity.encoding)
  const charset = part.charset === null || part.charset === 'us-ascii' ? 'utf-8' : part.charset
  const decoded = decodeCharset(bytes, charset)
  const knownEncoding = /^(?:7bit|8bit|binary|base64|quoted-printable)$/.test(part.entity.encoding)
  const value = decoded.text.replaceAll('\r\n', '\n')
  const isEncodingProblem = decoded.isProblem || !knownEncoding
  const encoded = Buffer.from(value, 'utf8')
  if (maxBytes <= 0 || encoded.length <= maxBytes) return { value, isEncodingProblem, isTruncated: false }
  let end = maxBytes
  while (end > 0 && ((encoded[end] as number) & 0xc0) === 0x80) end -= 1
  let cut = encoded.subarray(0, end).toString('utf8')
  if (part.type === 'text/html' && cut.lastIndexOf('<') > cut.lastIndexOf('>')) cut = cut.slice(0, cut.lastIndexOf('<'))
  return { value: cut, isEncodingProblem, isTruncated: true }
}

/** Up to 256 characters of what the reader would see first (RFC 8621 §4.1.4 `preview`). */
export function previewOf(message: ParsedMessage): string {
  for (const part of message.textBody) {
    if (!part.type.startsWith('text/')) continue
    const text = bodyValue(part, 8192).value
    const plain = part.type === 'text/html' ? htmlToText(text) : text
    const preview = plain.replace(/\s+/g, ' ').trim()
    if (preview !== '') return preview.slice(0, 256)
  }
  return ''
}

/** The words of an HTML body, for previews and for search; never shown as HTML. */
export function htmlToText(html: string): string {
  return html
    .replace(/<(style|script|head|title)\b[^]*?<\/\1\s*>/gi, ' ')
    .replace(/<!--[^]*?-->/g, ' ')
    .replace(/<[^>]*>?/g, ' ')
    .replace(/&nbsp;|&#160;|&zwnj;|&#8203;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#(\d{1,7});/g, (whole, code: string) =>
      Number(code) < 0x110000 ? String.fromCodePoint(Number(code)) : whole,
    )
    .replace(/&amp;/g, '&')
}

/** RFC 8621 §4.1.4 `hasAttachment`: something a person would want to save. */
export function hasRealAttachment(message: ParsedMessage): boolean {
  return message.attachments.some((part) => part.disposition !== 'inline' || part.cid === null)
}
