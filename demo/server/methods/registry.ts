/** Every method, and the capability it needs in `using` (RFC 8620 §3.3). */
import { blobCopy } from './blob-copy.ts'
import { blobGet, blobUpload } from './blob-text.ts'
import { changes } from './changes.ts'
import type { Method } from './context.ts'
import { echo } from './echo.ts'
import { emailGet } from './email-get.ts'
import { emailCopy, emailImport, emailParse } from './email-import.ts'
import { emailQuery } from './email-query.ts'
import { emailQueryChanges } from './email-query-changes.ts'
import { emailSet } from './email-set.ts'
import { fileNodeGet, fileNodeQuery, fileNodeSet } from './file-node.ts'
import { identitySet } from './identity-set.ts'
import { identityGet, quotaGet, vacationGet, vacationSet } from './side-methods.ts'
import { mailboxGet, mailboxQuery, mailboxQueryChanges } from './mailbox-get.ts'
import { mailboxSet } from './mailbox-set.ts'
import { pushSubscriptionGet, pushSubscriptionSet } from './push-subscription.ts'
import { searchSnippetGet } from './search-snippet.ts'
import { submissionGet, submissionQuery, submissionSet } from './submission.ts'
import { threadGet } from './thread-get.ts'

const CORE = 'urn:ietf:params:jmap:core'
const MAIL = 'urn:ietf:params:jmap:mail'
const SUBMISSION = 'urn:ietf:params:jmap:submission'
const BLOB = 'urn:ietf:params:jmap:blob'
const FILES = 'urn:ietf:params:jmap:filenode'
const VACATION = 'urn:ietf:params:jmap:vacationresponse'

interface Registered {
  readonly capability: string
  readonly method: Method
}

const METHODS: ReadonlyMap<string, Registered> = new Map(
  Object.entries({
    'Core/echo': { capability: CORE, method: echo },
    'Blob/copy': { capability: CORE, method: blobCopy },
    'Blob/get': { capability: BLOB, method: blobGet },
    'Blob/upload': { capability: BLOB, method: blobUpload },
    'FileNode/get': { capability: FILES, method: fileNodeGet },
    'FileNode/query': { capability: FILES, method: fileNodeQuery },
    'FileNode/set': { capability: FILES, method: fileNodeSet },
    'PushSubscription/get': { capability: CORE, method: pushSubscriptionGet },
    'PushSubscription/set': { capability: CORE, method: pushSubscriptionSet },
    'Mailbox/get': { capability: MAIL, method: mailboxGet },
    'Mailbox/changes': { capability: MAIL, method: changes('Mailbox') },
    'Mailbox/query': { capability: MAIL, method: mailboxQuery },
    'Mailbox/queryChanges': { capability: MAIL, method: mailboxQueryChanges },
    'Mailbox/set': { capability: MAIL, method: mailboxSet },
    'Thread/get': { capability: MAIL, method: threadGet },
    'Thread/changes': { capability: MAIL, method: changes('Thread') },
    'Email/get': { capability: MAIL, method: emailGet },
    'Email/changes': { capability: MAIL, method: changes('Email') },
    'Email/query': { capability: MAIL, method: emailQuery },
    'Email/queryChanges': { capability: MAIL, method: emailQueryChanges },
    'Email/set': { capability: MAIL, method: emailSet },
    'Email/copy': { capability: MAIL, method: emailCopy },
    'Email/import': { capability: MAIL, method: emailImport },
    'Email/parse': { capability: MAIL, method: emailParse },
    'SearchSnippet/get': { capability: MAIL, method: searchSnippetGet },
    'Identity/get': { capability: SUBMISSION, method: identityGet },
    'Identity/changes': { capability: SUBMISSION, method: changes('Identity') },
    'Identity/set': { capability: SUBMISSION, method: identitySet },
    'EmailSubmission/get': { capability: SUBMISSION, method: submissionGet },
    'EmailSubmission/changes': { capability: SUBMISSION, method: changes('EmailSubmission') },
    'EmailSubmission/query': { capability: SUBMISSION, method: submissionQuery },
    'EmailSubmission/set': { capability: SUBMISSION, method: submissionSet },
    'VacationResponse/get': { capability: VACATION, method: vacationGet },
    'VacationResponse/set': { capability: VACATION, method: vacationSet },
    'Quota/get': { capability: 'urn:ietf:params:jmap:quota', method: quotaGet },
  }),
)

/** Cyrus has its own quota object, and no Identity/changes. */
export function methodNamed(name: string, personality: string): Registered | undefined {
  const registered = METHODS.get(name)
  if (personality !== 'cyrus' || !registered) return registered
  if (name === 'Identity/changes') return undefined
  return name === 'Quota/get' ? { ...registered, capability: 'https://cyrusimap.org/ns/jmap/quota' } : registered
}
