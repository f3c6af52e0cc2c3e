/** The session object (RFC 8620 §2), and for Stalwart the one of nobody. */
import { createHash } from 'node:crypto'
import type { Access } from './access.ts'
import type { Directory } from './directory.ts'
import type { Limits } from './options.ts'
import type { Personality } from './personality.ts'

const CORE = 'urn:ietf:params:jmap:core'
const MAIL = 'urn:ietf:params:jmap:mail'
const SUBMISSION = 'urn:ietf:params:jmap:submission'
const STALWART = 'urn:stalwart:jmap'

const SORTS = [
  'receivedAt',
  'size',
  'from',
  'to',
  'subject',
  'sentAt',
  'hasKeyword',
  'allInThreadHaveKeyword',
  'someInThreadHaveKeyword',
]

export interface SessionDeps {
  readonly personality: Personality
  readonly limits: Limits
  readonly directory: Directory
  readonly origin: string
}

/** `username` null: nobody has signed in. */
export function sessionObject(deps: SessionDeps, username: string | null): Record<string, unknown> {
  const { personality, directory } = deps
  const base = personality.relativeUrls ? '' : deps.origin
  const accesses = username === null ? [] : directory.accessesOf(username)
  const own = accesses.find((access) => access.isOwner)
  const template = '?types={types}&closeafter={closeafter}&ping={ping}'
  return {
    capabilities: Object.fromEntries(personality.capabilities.map((name) => [name, capability(name, deps)])),
    accounts: Object.fromEntries(accesses.map((access) => [access.account.id, accountObject(access, deps)])),
    primaryAccounts: own
      ? Object.fromEntries(Object.keys(accountCapabilities(own, deps)).map((name) => [name, own.account.id]))
      : {},
    username: username ?? '',
    apiUrl: `${base}/jmap/`,
    downloadUrl: `${base}/jmap/download/{accountId}/{blobId}/{name}?accept={type}`,
    uploadUrl: `${base}/jmap/upload/{accountId}/`,
    eventSourceUrl: `${base}/jmap/eventsource/${template}`,
    state: sessionState(directory, username),
  }
}

/** Changes with what the login sees: accounts and shares. */
export function sessionState(directory: Directory, username: string | null): string {
  if (username === null) return '0'
  const seen = directory.accessesOf(username).map((access) => [access.account.id, access.isOwner, access.isReadOnly])
  return createHash('sha1')
    .update(JSON.stringify([username, seen]))
    .digest('hex')
    .slice(0, 8)
}

/** RFC 8621 §1.3.1, as Stalwart has them. */
export const MAX_MAILBOX_DEPTH = 10
export const MAX_MAILBOX_NAME = 255

function capability(name: string, deps: SessionDeps): unknown {
  if (name === 'urn:ietf:params:jmap:websocket') {
    return { url: `${deps.origin.replace(/^http/, 'ws')}/jmap/ws`, supportsPush: true }
  }
  if (name === 'urn:ietf:params:jmap:sieve') return { implementation: 'Stalwart v1.0.0' }
  if (name !== CORE) return {}
  const { maxSizeUpload, maxConcurrentUpload, maxSizeRequest, maxConcurrentRequests } = deps.limits
  const { maxCallsInRequest, maxObjectsInGet, maxObjectsInSet } = deps.limits
  return {
    maxSizeUpload,
    maxConcurrentUpload,
    maxSizeRequest,
    maxConcurrentRequests,
    maxCallsInRequest,
    maxObjectsInGet,
    maxObjectsInSet,
    collationAlgorithms:
      deps.personality.name === 'cyrus' ? [] : ['i;ascii-numeric', 'i;ascii-casemap', 'i;unicode-casemap'],
  }
}

function accountObject(access: Access, deps: SessionDeps): Record<string, unknown> {
  return {
    name: access.account.name,
    isPersonal: access.isOwner,
    // Stalwart says false whatever the rights are: myRights decide.
    isReadOnly: deps.personality.name === 'stalwart' ? false : access.isReadOnly,
    accountCapabilities: accountCapabilities(access, deps),
  }
}

function accountCapabilities(access: Access, deps: SessionDeps): Record<string, unknown> {
  const { personality, limits } = deps
  const mayCreateTopLevelMailbox = access.isOwner || !access.isReadOnly
  const mail =
    personality.name === 'cyrus'
      ? {
          maxMailboxesPerEmail: 20,
          maxKeywordsPerEmail: 100,
          maxSizeAttachmentsPerEmail: 41_943_040,
          mayCreateTopLevelMailbox,
          emailsListSortOptions: SORTS.filter((name) => name !== 'allInThreadHaveKeyword'),
        }
      : {
          maxMailboxesPerEmail: null,
          maxMailboxDepth: MAX_MAILBOX_DEPTH,
          maxSizeMailboxName: MAX_MAILBOX_NAME,
          maxSizeAttachmentsPerEmail: limits.maxSizeUpload,
          emailQuerySortOptions: SORTS,
          mayCreateTopLevelMailbox,
        }
  const capabilities: Record<string, unknown> = { [MAIL]: mail }
  // Stalwart copies its own capabilities to every account; others say what holds there.
  if (access.isOwner || personality.name === 'stalwart') {
    for (const name of personality.capabilities) {
      if (name !== CORE && name !== MAIL && name !== SUBMISSION) capabilities[name] = {}
    }
    capabilities[SUBMISSION] = {
      maxDelayedSend: personality.name === 'cyrus' ? 44_236_800 : 2_592_000,
      submissionExtensions: { FUTURERELEASE: [], SIZE: [], DSN: [] },
    }
  }
  if (personality.name === 'stalwart') capabilities[STALWART] = {}
  return capabilities
}
