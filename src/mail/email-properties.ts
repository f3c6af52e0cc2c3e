/** What Postern asks of `Email/get`, `Thread/get`, `Mailbox/get`, and how it reads the answers without trusting them. */
import type {
  BlobId,
  Email,
  EmailAddress,
  EmailBody,
  EmailBodyPart,
  EmailBodyValue,
  EmailId,
  Identity,
  IdentityId,
  Mailbox,
  MailboxId,
  MailboxRights,
  Thread,
  ThreadId,
} from '../jmap/types.ts'
import { arrayOf, countOrZero, idOrNull, isObject, own, setOf, textOrNull, type RawObject } from './json-values.ts'
import { plainPreview } from './plain-preview.ts'

const LIST_ID = 'header:List-Id:asText'
const AUTO_SUBMITTED = 'header:Auto-Submitted:asText'

/** The metadata of one Email, no more: it is fetched for every message that is kept. */
export const LIST_PROPERTIES = [
  'id',
  'blobId',
  'threadId',
  'mailboxIds',
  'keywords',
  'size',
  'receivedAt',
  'from',
  'to',
  'cc',
  'subject',
  'preview',
  'hasAttachment',
  'messageId',
  LIST_ID,
  AUTO_SUBMITTED,
] as const

/** What never changes of an Email and only its reader needs. Goes with `fetchAllBodyValues`. */
export const BODY_PROPERTIES = [
  'id',
  'sentAt',
  'bcc',
  'replyTo',
  'sender',
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

// Far above what mail holds, far below what would hurt.
const MAX_TEXT = 2_000
const MAX_ADDRESSES = 1_000
const MAX_KEYS = 1_000
const MAX_PARTS = 1_000
const MAX_THREAD = 10_000
const MAX_BODY = 4_000_000
const OLDEST = '1970-01-01T00:00:00Z'

/** Undefined if it has no usable id, thread or blob: such a row could be neither shown nor fetched. */
export function toEmail(raw: unknown): Email | undefined {
  if (!isObject(raw)) return undefined
  const id = idOrNull<EmailId>(own(raw, 'id'))
  const blobId = idOrNull<BlobId>(own(raw, 'blobId'))
  const threadId = idOrNull<ThreadId>(own(raw, 'threadId'))
  if (id === null || blobId === null || threadId === null) return undefined
  return {
    id,
    blobId,
    threadId,
    mailboxIds: toMailboxIds(own(raw, 'mailboxIds')),
    keywords: toKeywords(own(raw, 'keywords')),
    size: countOrZero(own(raw, 'size')),
    receivedAt: toDate(own(raw, 'receivedAt')) ?? OLDEST,
    from: toAddresses(own(raw, 'from')),
    to: toAddresses(own(raw, 'to')),
    cc: toAddresses(own(raw, 'cc')),
    subject: textOrNull(own(raw, 'subject'), MAX_TEXT),
    preview: plainPreview(textOrNull(own(raw, 'preview'), MAX_TEXT) ?? ''),
    hasAttachment: own(raw, 'hasAttachment') === true,
    messageId: toMessageIds(own(raw, 'messageId')),
    isBulk: isBulk(raw),
  }
}

function toMailboxIds(value: unknown): Email['mailboxIds'] {
  return setOf(value, MAX_KEYS, (name) => idOrNull<MailboxId>(name))
}

/** Keywords are case-insensitive and servers give them in lower case (RFC 8621 §4.1.1); at most 255 characters. */
function toKeywords(value: unknown): Email['keywords'] {
  return setOf(value, MAX_KEYS, (name) => (name.length > 0 && name.length <= 255 ? name.toLowerCase() : null))
}

export function toEmailBody(raw: unknown): EmailBody | undefined {
  if (!isObject(raw)) return undefined
  const id = idOrNull<EmailId>(own(raw, 'id'))
  if (id === null) return undefined
  return {
    id,
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

export function toThread(raw: unknown): Thread | undefined {
  if (!isObject(raw)) return undefined
  const id = idOrNull<ThreadId>(own(raw, 'id'))
  if (id === null) return undefined
  const emailIds = arrayOf(own(raw, 'emailIds'), MAX_THREAD, (item) => idOrNull<EmailId>(item))
  return { id, emailIds: [...new Set(emailIds)] }
}

/** James's `spam` is the registry's `junk` (RFC 8621 §2). */
function toRole(role: string): string {
  return role === 'spam' ? 'junk' : role
}

export function toMailbox(raw: unknown): Mailbox | undefined {
  if (!isObject(raw)) return undefined
  const id = idOrNull<MailboxId>(own(raw, 'id'))
  if (id === null) return undefined
  const role = textOrNull(own(raw, 'role'), 255)
  const totalEmails = countOrZero(own(raw, 'totalEmails'))
  const unreadEmails = countOrZero(own(raw, 'unreadEmails'))
  return {
    id,
    name: textOrNull(own(raw, 'name'), MAX_TEXT) ?? '',
    parentId: idOrNull<MailboxId>(own(raw, 'parentId')),
    role: role ? toRole(role.toLowerCase()) : null,
    sortOrder: countOrZero(own(raw, 'sortOrder')),
    totalEmails,
    unreadEmails,
    totalThreads: countOr(own(raw, 'totalThreads'), totalEmails),
    unreadThreads: countOr(own(raw, 'unreadThreads'), unreadEmails),
    myRights: toRights(own(raw, 'myRights')),
    isSubscribed: own(raw, 'isSubscribed') === true,
  }
}

/** The name goes into a From header one day: a line break in it is refused, not carried. */
export function toIdentity(raw: unknown): Identity | undefined {
  if (!isObject(raw)) return undefined
  const id = idOrNull<IdentityId>(own(raw, 'id'))
  const email = textOrNull(own(raw, 'email'), MAX_TEXT)
  if (id === null || email === null || /[\r\n]/.test(email)) return undefined
  const name = textOrNull(own(raw, 'name'), MAX_TEXT) ?? ''
  return { id, name: name.replace(/[\r\n].*$/s, '').trim(), email }
}

/** A right that is not given is not had; a server that gives none at all lets its mail at least be read. */
function toRights(value: unknown): MailboxRights {
  const rights = isObject(value) ? value : { mayReadItems: true }
  const has = (name: keyof MailboxRights): boolean => own(rights, name) === true
  return {
    mayReadItems: has('mayReadItems'),
    mayAddItems: has('mayAddItems'),
    mayRemoveItems: has('mayRemoveItems'),
    maySetSeen: has('maySetSeen'),
    maySetKeywords: has('maySetKeywords'),
    mayCreateChild: has('mayCreateChild'),
    mayRename: has('mayRename'),
    mayDelete: has('mayDelete'),
    maySubmit: has('maySubmit'),
  }
}

function toAddresses(value: unknown): EmailAddress[] | null {
  if (!Array.isArray(value)) return null
  return arrayOf(value, MAX_ADDRESSES, (item) => {
    if (!isObject(item)) return null
    const email = textOrNull(own(item, 'email'), MAX_TEXT)
    return email === null ? null : { name: textOrNull(own(item, 'name'), MAX_TEXT), email }
  })
}

function toMessageIds(value: unknown): string[] | null {
  return Array.isArray(value) ? arrayOf(value, 10, (item) => textOrNull(item, MAX_TEXT)) : null
}

/** RFC 8620 §1.4; kept as written if it is a date at all. */
function toDate(value: unknown): string | null {
  return typeof value === 'string' && value.length < 64 && Number.isFinite(Date.parse(value)) ? value : null
}

/** RFC 3834 §5: any value of Auto-Submitted but "no" says that no person sent it. */
function isBulk(raw: RawObject): boolean {
  const autoSubmitted = textOrNull(own(raw, AUTO_SUBMITTED), MAX_TEXT)?.trim().toLowerCase()
  return !!textOrNull(own(raw, LIST_ID), MAX_TEXT) || (!!autoSubmitted && !autoSubmitted.startsWith('no'))
}

function toBodyPart(raw: unknown): EmailBodyPart | null {
  if (!isObject(raw)) return null
  return {
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

function countOr(value: unknown, fallback: number): number {
  return value === undefined || value === null ? fallback : countOrZero(value)
}
