/** What Postern asks of an Email's body, and how it reads the answer without trusting it. */
import type { BlobId, EmailBody, EmailBodyPart, EmailBodyValue, EmailId, HeaderField, TextFlow } from '../jmap/types.ts'
import { MAX_TEXT, toAddresses, toDate } from './header-values.ts'
import { arrayOf, countOrZero, idOrNull, isObject, own, textOrNull, type RawObject } from './json-values.ts'

/** What never changes of an Email and only its reader needs. Goes with `fetchAllBodyValues`. */
export const BODY_PROPERTIES = [
  'id',
  'sentAt',
  'bcc',
  'replyTo',
  'sender',
  'headers',
  'textBody',
  'htmlBody',
  'attachments',
  'bodyValues',
] as const

/** `bodyProperties` of that call. */
export const BODY_PART_PROPERTIES = [
  'partId',
  'blobId',
  'size',
  'name',
  'type',
  'charset',
  'disposition',
  'cid',
] as const

/** One more of them, which tells whether lines of a text may be joined. Not every server may give it. */
export const CONTENT_TYPE = 'header:Content-Type'

// Far above what mail holds, far below what would hurt.
const MAX_PARTS = 1_000
const MAX_BODY = 4_000_000
const MAX_TRACE = 40
const MAX_TEXT_OF_TRACE = 8_000
const MAX_FIELDS = 10_000

/** What is kept of a header for `mail/trace.ts`. */
const traceField = /^(received$|list-id$|x-spam-|(arc-)?authentication-results$)/i

export function toEmailBody(raw: unknown): EmailBody | undefined {
  if (!isObject(raw)) return undefined
  const id = idOrNull<EmailId>(own(raw, 'id'))
  if (id === null) return undefined
  return {
    id,
    trace: toTrace(own(raw, 'headers')),
    sentAt: toDate(own(raw, 'sentAt')),
    bcc: toAddresses(own(raw, 'bcc')),
    replyTo: toAddresses(own(raw, 'replyTo')),
    sender: toAddresses(own(raw, 'sender')),
    textBody: arrayOf(own(raw, 'textBody'), MAX_PARTS, toBodyPart),
    htmlBody: arrayOf(own(raw, 'htmlBody'), MAX_PARTS, toBodyPart),
    attachments: arrayOf(own(raw, 'attachments'), MAX_PARTS, toBodyPart),
    bodyValues: toBodyValues(own(raw, 'bodyValues')),
  }
}

/** Only all fields together say which stands above which: of them, what servers and lists wrote about the way. */
function toTrace(headers: unknown): HeaderField[] {
  return arrayOf(headers, MAX_FIELDS, (field) => {
    const { name, value } = isObject(field) ? field : {}
    if (typeof name !== 'string' || typeof value !== 'string' || !traceField.test(name)) return null
    // cut short, it might say something else; left out, the next would stand in its place
    return { name, value: value.length > MAX_TEXT_OF_TRACE ? '' : value.trim() }
  }).slice(0, MAX_TRACE)
}

function toBodyPart(raw: unknown): EmailBodyPart | null {
  if (!isObject(raw)) return null
  const flow = toFlow(textOrNull(own(raw, CONTENT_TYPE), MAX_TEXT) ?? '')
  return {
    ...(flow && { flow }),
    partId: textOrNull(own(raw, 'partId'), 255),
    blobId: idOrNull<BlobId>(own(raw, 'blobId')),
    size: countOrZero(own(raw, 'size')),
    name: textOrNull(own(raw, 'name'), MAX_TEXT),
    type: (textOrNull(own(raw, 'type'), 255) ?? 'application/octet-stream').toLowerCase(),
    charset: textOrNull(own(raw, 'charset'), 255),
    disposition: textOrNull(own(raw, 'disposition'), 255)?.toLowerCase() ?? null,
    cid: textOrNull(own(raw, 'cid'), MAX_TEXT),
  }
}

function toFlow(contentType: string): TextFlow | undefined {
  const [type, ...parameters] = contentType.toLowerCase().replace(/[\s"]/g, '').split(';')
  if (type !== 'text/plain' || !parameters.includes('format=flowed')) return undefined
  return { flowed: true, delSp: parameters.includes('delsp=yes') }
}

function toBodyValues(value: unknown): EmailBody['bodyValues'] {
  if (!isObject(value)) return {}
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MAX_PARTS)
      .flatMap(([partId, item]) => (isObject(item) ? [[partId, toBodyValue(item)]] : [])),
  )
}

function toBodyValue(raw: RawObject): EmailBodyValue {
  const value = own(raw, 'value')
  return {
    value: textOrNull(value, MAX_BODY) ?? '',
    isEncodingProblem: own(raw, 'isEncodingProblem') === true,
    isTruncated: own(raw, 'isTruncated') === true || (typeof value === 'string' && value.length > MAX_BODY),
  }
}
