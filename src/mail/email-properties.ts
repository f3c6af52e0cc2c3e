/**
 * What lists need of `Email/get`, `Thread/get`, `Mailbox/get`, and how the answers are read without trusting them.
 * Bodies and identities have files of their own, since no row waits for them.
 */
import type { BlobId, Email, EmailId, Mailbox, MailboxId, MailboxRights, Thread, ThreadId } from '../jmap/types.ts'
import { MAX_TEXT, toAddresses, toDate } from './header-values.ts'
import { arrayOf, countOrZero, idOrNull, isObject, own, setOf, textOrNull, type RawObject } from './json-values.ts'
import { plainPreview } from './plain-preview.ts'

const LIST_ID = 'header:List-Id:asText'
const AUTO_SUBMITTED = 'header:Auto-Submitted:asText'
const SENT_TO = ['X-Original-To', 'Envelope-To', 'Delivered-To'].map((name) => `header:${name}:asText`)

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
  ...SENT_TO,
] as const

// Far above what mail holds, far below what would hurt.
const MAX_KEYS = 1_000
const MAX_THREAD = 10_000
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
    sentTo: SENT_TO.map((name) => textOrNull(own(raw, name), MAX_TEXT) ?? ''),
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

function toMessageIds(value: unknown): string[] | null {
  return Array.isArray(value) ? arrayOf(value, 10, (item) => textOrNull(item, MAX_TEXT)) : null
}

/** RFC 3834 §5: any value of Auto-Submitted but "no" says that no person sent it. */
function isBulk(raw: RawObject): boolean {
  const autoSubmitted = textOrNull(own(raw, AUTO_SUBMITTED), MAX_TEXT)?.trim().toLowerCase()
  return !!textOrNull(own(raw, LIST_ID), MAX_TEXT) || (!!autoSubmitted && !autoSubmitted.startsWith('no'))
}

function countOr(value: unknown, fallback: number): number {
  return value === undefined || value === null ? fallback : countOrZero(value)
}
