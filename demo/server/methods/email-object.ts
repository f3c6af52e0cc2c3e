/** The properties of an Email, RFC 8621 §4.1: from metadata where possible, from its MIME where it must be. */
import { MethodError } from '../errors.ts'
import type { Header } from '../mime/entity.ts'
import { bodyValue } from '../mime/body-parts.ts'
import type { BodyPart, ParsedMessage } from '../mime/body-parts.ts'
import { asAddresses, asDate, asGroupedAddresses, asMessageIds, asRaw, asText, asUrls } from '../mime/header-forms.ts'
import { flag, optionalStrings, unsignedInteger } from './arguments.ts'
import type { Args } from './arguments.ts'

/** RFC 8621 §4.2 `properties` when left out. */
const DEFAULT_PROPERTIES = [
  ...[
    'id',
    'blobId',
    'threadId',
    'mailboxIds',
    'keywords',
    'size',
    'receivedAt',
    'messageId',
    'inReplyTo',
    'references',
  ],
  ...['sender', 'from', 'to', 'cc', 'bcc', 'replyTo', 'subject', 'sentAt', 'hasAttachment', 'preview', 'bodyValues'],
  ...['textBody', 'htmlBody', 'attachments'],
]

const ALL_PROPERTIES = new Set([...DEFAULT_PROPERTIES, 'headers', 'bodyStructure'])

const DEFAULT_BODY_PROPERTIES = [
  ...['partId', 'blobId', 'size', 'name', 'type', 'charset', 'disposition', 'cid', 'language', 'location'],
]

const FORMS = {
  asRaw: asRaw,
  asText: asText,
  asAddresses: asAddresses,
  asGroupedAddresses: asGroupedAddresses,
  asMessageIds: asMessageIds,
  asDate: asDate,
  asURLs: asUrls,
} as const

export interface BodyRequest {
  readonly properties: readonly string[]
  readonly bodyProperties: readonly string[]
  readonly fetchText: boolean
  readonly fetchHtml: boolean
  readonly fetchAll: boolean
  readonly maxBytes: number
}

export function bodyRequest(args: Args): BodyRequest {
  const properties = optionalStrings(args, 'properties') ?? DEFAULT_PROPERTIES
  const bodyProperties = optionalStrings(args, 'bodyProperties') ?? DEFAULT_BODY_PROPERTIES
  for (const property of properties) {
    if (!ALL_PROPERTIES.has(property) && !headerProperty(property)) {
      throw new MethodError('invalidArguments', `Unknown property ${property}.`)
    }
  }
  return {
    properties,
    bodyProperties,
    fetchText: flag(args, 'fetchTextBodyValues'),
    fetchHtml: flag(args, 'fetchHTMLBodyValues'),
    fetchAll: flag(args, 'fetchAllBodyValues'),
    maxBytes: unsignedInteger(args, 'maxBodyValueBytes') ?? 0,
  }
}

interface HeaderProperty {
  readonly name: string
  readonly form: keyof typeof FORMS
  readonly all: boolean
}

/** `header:Name:asForm:all` (§4.1.3). */
export function headerProperty(property: string): HeaderProperty | null {
  const match = /^header:([\x21-\x39\x3b-\x7e]+?)(?::(as[A-Za-z]+))?(:all)?$/.exec(property)
  if (!match) return null
  const form = match[2] ?? 'asRaw'
  if (!Object.hasOwn(FORMS, form)) return null
  return { name: (match[1] as string).toLowerCase(), form: form as keyof typeof FORMS, all: match[3] !== undefined }
}

/** The value of a header property; `values` are the raw instances, in order. */
export function headerValue(property: HeaderProperty, values: readonly string[]): unknown {
  const parse = FORMS[property.form]
  if (property.all) return values.map((value) => parse(value))
  const last = values.at(-1)
  return last === undefined ? null : parse(last)
}

/** Properties that need the parsed message; undefined: not one of them. */
export function messageProperty(name: string, message: ParsedMessage, request: BodyRequest): unknown {
  const header = (form: (value: string) => unknown, field: string): unknown => {
    const value = instances(message.headers, field).at(-1)
    return value === undefined ? null : form(value)
  }
  const parts = (list: readonly BodyPart[]): unknown => list.map((part) => partObject(part, request.bodyProperties))
  switch (name) {
    case 'sender':
    case 'from':
    case 'to':
    case 'cc':
    case 'bcc':
      return header(asAddresses, name)
    case 'replyTo':
      return header(asAddresses, 'reply-to')
    case 'messageId':
      return header(asMessageIds, 'message-id')
    case 'inReplyTo':
      return header(asMessageIds, 'in-reply-to')
    case 'references':
      return header(asMessageIds, 'references')
    case 'subject':
      return header(asText, 'subject')
    case 'sentAt':
      return header(asDate, 'date')
    case 'headers':
      return message.headers.map(({ name: field, value }) => ({ name: field, value: asRaw(value) }))
    case 'bodyStructure':
      return partObject(message.bodyStructure, request.bodyProperties)
    case 'textBody':
      return parts(message.textBody)
    case 'htmlBody':
      return parts(message.htmlBody)
    case 'attachments':
      return parts(message.attachments)
    case 'bodyValues':
      return bodyValues(message, request)
    default: {
      const property = headerProperty(name)
      return property ? headerValue(property, instances(message.headers, property.name)) : undefined
    }
  }
}

export function instances(headers: readonly Header[], name: string): string[] {
  return headers.filter((header) => header.name.toLowerCase() === name).map((header) => header.value)
}

function partObject(part: BodyPart, properties: readonly string[]): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  for (const name of properties) {
    if (name === 'headers')
      object[name] = part.headers.map(({ name: field, value }) => ({ name: field, value: asRaw(value) }))
    else if (name === 'subParts') continue
    else if (name in part && name !== 'entity') object[name] = part[name as keyof BodyPart]
    else {
      const property = headerProperty(name)
      if (!property) throw new MethodError('invalidArguments', `Unknown body property ${name}.`)
      object[name] = headerValue(property, instances(part.headers, property.name))
    }
  }
  if (part.subParts) object['subParts'] = part.subParts.map((child) => partObject(child, properties))
  return object
}

function bodyValues(message: ParsedMessage, request: BodyRequest): Record<string, unknown> {
  const wanted = new Set<BodyPart>()
  if (request.fetchText || request.fetchAll) for (const part of message.textBody) wanted.add(part)
  if (request.fetchHtml || request.fetchAll) for (const part of message.htmlBody) wanted.add(part)
  if (request.fetchAll) for (const part of message.parts.values()) wanted.add(part)
  const values: Record<string, unknown> = {}
  for (const part of wanted) {
    if (part.partId !== null && part.type.startsWith('text/')) values[part.partId] = bodyValue(part, request.maxBytes)
  }
  return values
}
