/** One message as the server keeps it. What lists need is at hand; MIME is made and parsed only when asked for. */
import { createHash } from 'node:crypto'
import { asAddresses, asDate, asMessageIds, asText } from '../mime/header-forms.ts'
import type { Address } from '../mime/header-forms.ts'
import { hasRealAttachment, parseMessage, previewOf } from '../mime/body-parts.ts'
import type { ParsedMessage } from '../mime/body-parts.ts'
import { parseHead } from '../mime/entity.ts'
import type { Header } from '../mime/entity.ts'
import type { StoredThread } from './threads.ts'

/** What lists, queries and threading read of a message without its MIME. */
export interface EmailMeta {
  readonly from: readonly Address[] | null
  readonly to: readonly Address[] | null
  readonly cc: readonly Address[] | null
  readonly subject: string | null
  readonly preview: string
  readonly size: number
  readonly hasAttachment: boolean
  readonly messageId: readonly string[] | null
  readonly inReplyTo: readonly string[] | null
  readonly references: readonly string[] | null
  /** Milliseconds, of the Date header. */
  readonly sentAt: number
}

export interface StoredEmail {
  id: string
  /** Arrival order in the account. */
  readonly ordinal: number
  readonly blobId: string
  thread: StoredThread
  readonly mailboxIds: Set<string>
  readonly keywords: Set<string>
  /** Milliseconds since the epoch. */
  readonly receivedAt: number
  readonly meta: EmailMeta
  /** Header fields known without MIME, by lower-case name; null: known to be absent. */
  readonly knownHeaders: Readonly<Record<string, string | null>> | null
  /** When the sort index knows it, and when the text index does. */
  readonly sortedFrom: number
  readonly searchableFrom: number
  readonly raw: () => Uint8Array
}

const NEVER_PARSED_TWICE = 200
const parsed = new WeakMap<StoredEmail, ParsedMessage>()
const parsedOrder: WeakRef<StoredEmail>[] = []

/** The parsed message; the last few are kept. */
export function messageOf(email: StoredEmail): ParsedMessage {
  const known = parsed.get(email)
  if (known) return known
  const message = parseMessage(email.raw(), email.blobId)
  parsed.set(email, message)
  parsedOrder.push(new WeakRef(email))
  if (parsedOrder.length > NEVER_PARSED_TWICE) {
    const oldest = parsedOrder.shift()?.deref()
    if (oldest) parsed.delete(oldest)
  }
  return message
}

/** The header fields; of a message that is not parsed, without its body. */
export function headersOf(email: StoredEmail): readonly Header[] {
  const known = parsed.get(email)
  if (known) return known.headers
  const raw = email.raw()
  return parseHead(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1'))
}

export function toBytes(raw: string | Uint8Array): Uint8Array {
  return typeof raw === 'string' ? Buffer.from(raw, 'utf8') : raw
}

export function contentKeyOf(raw: Uint8Array): string {
  return createHash('sha1').update(raw).digest('hex')
}

/** Reads what lists need out of a whole message. */
export function metaOf(message: ParsedMessage, size: number, receivedAt: number): EmailMeta {
  const value = (name: string): string | undefined => lastHeader(message.headers, name)
  const addresses = (name: string): readonly Address[] | null => {
    const raw = value(name)
    return raw === undefined ? null : asAddresses(raw)
  }
  const ids = (name: string): readonly string[] | null => {
    const raw = value(name)
    return raw === undefined ? null : asMessageIds(raw)
  }
  const subject = value('subject')
  const date = value('date')
  const sentAt = date === undefined ? null : asDate(date)
  return {
    from: addresses('from'),
    to: addresses('to'),
    cc: addresses('cc'),
    subject: subject === undefined ? null : asText(subject),
    preview: previewOf(message),
    size,
    hasAttachment: hasRealAttachment(message),
    messageId: ids('message-id'),
    inReplyTo: ids('in-reply-to'),
    references: ids('references'),
    sentAt: sentAt === null ? receivedAt : Date.parse(sentAt),
  }
}

/** RFC 8621 §4.1.3: without `:all` the last instance counts. */
export function lastHeader(headers: readonly Header[], name: string): string | undefined {
  return headers.findLast((header) => header.name.toLowerCase() === name)?.value
}
