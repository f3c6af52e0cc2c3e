/**
 * How a server departs from the RFCs, as data. `plain` is a well-behaved server; the other two follow what was recorded
 * from Stalwart 0.16 and read from Cyrus 3.6/3.10. Each deviation has a test of its name.
 */
import { createHash } from 'node:crypto'
import { fromBase32, toBase32 } from './base32.ts'
import type { Limits, PersonalityName } from './options.ts'

export interface Personality {
  readonly name: PersonalityName
  readonly limits: Limits
  /** Mailboxes of a new account: [name, role], Inbox first. */
  readonly mailboxes: readonly (readonly [name: string, role: string])[]
  /** The path of the session, and how /.well-known/jmap leads there. */
  readonly sessionPath: string
  readonly wellKnownStatus: number
  readonly relativeUrls: boolean
  /** The session answers without a password, with no accounts (Stalwart). */
  readonly anonymousSession: boolean
  readonly eventSource: {
    readonly pingUnitMs: number
    readonly minPingSeconds: number
    readonly throttleMs: number
  } | null
  /** Password for a token: /api/auth and /auth/token (M1). */
  readonly tokenFlow: boolean
  /** A message that refers to two threads makes them one, by new ids (M17). */
  readonly mergesThreads: boolean
  /** Milliseconds until a new message is in the sort index, least and most; null: at once. */
  readonly indexDelay: readonly [least: number, most: number] | null
  readonly textIndexDelay: number
  /** All words of one `text` condition must stand in the same field (Cyrus 3.6). */
  readonly textInOneField: boolean
  readonly omitsEmptyPreview: boolean
  readonly lowerCaseKeywords: boolean
  /** `$hasattachment` among the keywords (Cyrus). */
  readonly attachmentKeyword: boolean
  readonly omitsNullResults: boolean
  /** RFC 8620 §3.7 `invalidResultReference`, or its name in a draft. */
  readonly referenceError: string
  readonly capabilities: readonly string[]
  encodeState(state: number, isCommitEnd: boolean): string
  /** Null: not a state at all. */
  decodeState(text: string): number | null
  encodeQueryState(state: number, isCommitEnd: boolean): string
  decodeQueryState(text: string): number | null
  accountId(username: string, ordinal: number): string
  mailboxId(ordinal: number): string
  threadId(ordinal: number, contentKey: string): string
  emailId(ordinal: number, threadOrdinal: number, contentKey: string): string
  blobId(contentKey: string): string
}

const CORE = 'urn:ietf:params:jmap:core'
const MAIL = 'urn:ietf:params:jmap:mail'
const SUBMISSION = 'urn:ietf:params:jmap:submission'
const VACATION = 'urn:ietf:params:jmap:vacationresponse'
const QUOTA = 'urn:ietf:params:jmap:quota'

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex')
const decimal = (text: string): number | null => (/^\d{1,15}$/.test(text) ? Number(text) : null)

/** A bijection on 32 bits: ids that are unique, short, and do not sort by age. */
const scramble = (ordinal: number): string => (Math.imul(ordinal + 1, 2654435761) >>> 0).toString(36)

const plain: Personality = {
  name: 'plain',
  limits: {
    maxSizeUpload: 50_000_000,
    maxConcurrentUpload: 4,
    maxSizeRequest: 10_000_000,
    maxConcurrentRequests: 8,
    maxCallsInRequest: 32,
    maxObjectsInGet: 1000,
    maxObjectsInSet: 1000,
    queryMaxResults: Infinity,
    changesMaxResults: Infinity,
    uploadQuota: Infinity,
  },
  mailboxes: [
    ['Inbox', 'inbox'],
    ['Archive', 'archive'],
    ['Drafts', 'drafts'],
    ['Sent', 'sent'],
    ['Junk', 'junk'],
    ['Trash', 'trash'],
  ],
  sessionPath: '/jmap/session',
  wellKnownStatus: 307,
  relativeUrls: false,
  anonymousSession: false,
  eventSource: { pingUnitMs: 1000, minPingSeconds: 1, throttleMs: 0 },
  tokenFlow: false,
  mergesThreads: false,
  indexDelay: null,
  textIndexDelay: 0,
  textInOneField: false,
  omitsEmptyPreview: false,
  lowerCaseKeywords: false,
  attachmentKeyword: false,
  omitsNullResults: false,
  referenceError: 'invalidResultReference',
  capabilities: [CORE, MAIL, SUBMISSION, VACATION, QUOTA],
  encodeState: (state) => String(state),
  decodeState: decimal,
  encodeQueryState: (state) => String(state),
  decodeQueryState: decimal,
  accountId: (_username, ordinal) => `a${ordinal + 1}`,
  mailboxId: (ordinal) => `mb${ordinal + 1}`,
  threadId: (ordinal) => `t${scramble(ordinal)}`,
  emailId: (ordinal) => `e${scramble(ordinal)}`,
  blobId: (contentKey) => `b${sha1(contentKey).slice(0, 24)}`,
}

const stalwartState = (text: string): number | null => {
  if (text === 'n') return 0
  return /^[sr][a-z792013]+$/.test(text) ? fromBase32(text.slice(1)) : null
}
const encodeStalwartState = (state: number, isCommitEnd: boolean): string =>
  state === 0 ? 'n' : `${isCommitEnd ? 's' : 'r'}${toBase32(state)}`

const stalwart: Personality = {
  ...plain,
  name: 'stalwart',
  limits: {
    ...plain.limits,
    maxConcurrentRequests: 4,
    maxCallsInRequest: 16,
    maxObjectsInGet: 500,
    maxObjectsInSet: 500,
    queryMaxResults: 5000,
    changesMaxResults: 5000,
    uploadQuota: 50_000_000,
  },
  mailboxes: [
    ['Inbox', 'inbox'],
    ['Deleted Items', 'trash'],
    ['Junk Mail', 'junk'],
    ['Drafts', 'drafts'],
    ['Sent Items', 'sent'],
  ],
  anonymousSession: true,
  eventSource: { pingUnitMs: 1, minPingSeconds: 30, throttleMs: 1000 },
  tokenFlow: true,
  mergesThreads: true,
  indexDelay: [4, 50],
  textIndexDelay: 2000,
  textInOneField: false,
  omitsEmptyPreview: true,
  omitsNullResults: true,
  capabilities: [
    ...plain.capabilities,
    'urn:ietf:params:jmap:sieve',
    'urn:ietf:params:jmap:blob',
    'urn:ietf:params:jmap:emailpush',
    'urn:ietf:params:jmap:filenode',
    'urn:ietf:params:jmap:websocket',
  ],
  encodeState: encodeStalwartState,
  decodeState: stalwartState,
  encodeQueryState: encodeStalwartState,
  decodeQueryState: stalwartState,
  accountId: (_username, ordinal) => toBase32(ordinal + 1),
  mailboxId: (ordinal) => toBase32(ordinal),
  threadId: (ordinal) => toBase32(ordinal + 1),
  emailId: (ordinal, threadOrdinal) => toBase32((BigInt(threadOrdinal + 1) << 32n) | BigInt(ordinal + 1)),
  blobId: (contentKey) => `c${toBase32(BigInt(`0x${sha1(contentKey)}`))}`,
}

const cyrus: Personality = {
  ...plain,
  name: 'cyrus',
  limits: {
    ...plain.limits,
    maxSizeUpload: 52_428_800,
    maxConcurrentUpload: 5,
    maxSizeRequest: 52_428_800,
    maxConcurrentRequests: 5,
    maxCallsInRequest: 50,
    maxObjectsInGet: 4096,
    maxObjectsInSet: 4096,
  },
  sessionPath: '/jmap/',
  wellKnownStatus: 301,
  relativeUrls: true,
  eventSource: null,
  textIndexDelay: 70,
  textInOneField: true,
  omitsEmptyPreview: true,
  referenceError: 'resultReference',
  lowerCaseKeywords: true,
  attachmentKeyword: true,
  capabilities: [
    CORE,
    MAIL,
    SUBMISSION,
    'urn:ietf:params:jmap:mdn',
    'https://cyrusimap.org/ns/jmap/quota',
    'https://cyrusimap.org/ns/jmap/mail',
    'https://cyrusimap.org/ns/jmap/performance',
  ],
  encodeQueryState: (state) => `${state}:0`,
  decodeQueryState: (text) => (text.endsWith(':0') ? decimal(text.slice(0, -2)) : null),
  accountId: (username) => username,
  threadId: (_ordinal, contentKey) => `T${sha1(`thread ${contentKey}`).slice(0, 16)}`,
  emailId: (_ordinal, _threadOrdinal, contentKey) => `M${sha1(contentKey).slice(0, 24)}`,
  blobId: (contentKey) => `G${sha1(contentKey)}`,
}

const PERSONALITIES: Readonly<Record<PersonalityName, Personality>> = { plain, stalwart, cyrus }

export function personalityOf(name: PersonalityName): Personality {
  return PERSONALITIES[name]
}
