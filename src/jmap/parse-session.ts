/** Turns what a server calls its session into one that can be trusted with a credential, or refuses it. */
import { JmapError } from './errors.ts'
import type { Session, SessionAccount, SessionLimits } from './session.ts'
import type { AccountId } from './types.ts'
import { resolveTemplate } from './url-template.ts'
import { asObject, asString, own } from './wire-json.ts'

/** Where the URLs of a session may lead. */
export interface SessionPolicy {
  /** Origins besides the session's own that the deployment names. */
  readonly allowedOrigins: readonly string[]
  /**
   * Keep path and query of every URL and put this origin before them, when the session was read there: a server reached
   * under another name than it knows.
   */
  readonly rewriteTo: string | null
}

const core = 'urn:ietf:params:jmap:core'
const mail = 'urn:ietf:params:jmap:mail'

/** For a limit that is missing or impossible; RFC 8620 §2 suggests these as the least a server should allow. */
const safeLimits: SessionLimits = {
  maxSizeUpload: 50_000_000,
  maxConcurrentUpload: 4,
  maxSizeRequest: 10_000_000,
  maxConcurrentRequests: 4,
  maxCallsInRequest: 16,
  maxObjectsInGet: 500,
  maxObjectsInSet: 500,
}

/** Throws JmapError `protocol` when the value is no session, `origin` when one of its URLs leads elsewhere. */
export function parseSession(value: unknown, url: string, policy: SessionPolicy): Session {
  const object = asObject(value)
  const capabilities = asObject(own(object, 'capabilities'))
  const coreCapability = asObject(own(capabilities, core))
  const apiUrl = asString(own(object, 'apiUrl'))
  if (!object || !capabilities || !coreCapability || apiUrl === undefined) {
    throw new JmapError('protocol', 'The answer is not a JMAP session')
  }
  const agree = (template: unknown, known: readonly string[]): string => agreedUrl(template, known, url, policy)
  const eventSourceUrl = own(object, 'eventSourceUrl')
  const accounts = parseAccounts(own(object, 'accounts'))
  return {
    url,
    origin: new URL(url).origin,
    username: asString(own(object, 'username')) ?? '',
    state: asString(own(object, 'state')) ?? '',
    capabilities: new Set(Object.keys(capabilities)),
    limits: parseLimits(coreCapability),
    accounts,
    primaryMail: choosePrimary(own(object, 'primaryAccounts'), accounts),
    apiUrl: agree(apiUrl, []),
    downloadUrl: agree(own(object, 'downloadUrl'), ['accountId', 'blobId', 'name', 'type']),
    uploadUrl: agree(own(object, 'uploadUrl'), ['accountId']),
    eventSourceUrl:
      eventSourceUrl === undefined || eventSourceUrl === null || eventSourceUrl === ''
        ? null
        : agree(eventSourceUrl, ['types', 'closeafter', 'ping']),
    isStalwart: looksLikeStalwart(capabilities, own(object, 'primaryAccounts'), accounts),
  }
}

function agreedUrl(value: unknown, known: readonly string[], base: string, policy: SessionPolicy): string {
  if (typeof value !== 'string' || value === '') throw new JmapError('protocol', 'A URL of the session is missing')
  const { url, template } = resolveTemplate(value, base, known)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new JmapError('origin', 'A URL of the session has a foreign scheme', { url: value })
  }
  if (url.username !== '' || url.password !== '') {
    // The address itself is not repeated: it holds a password.
    throw new JmapError('origin', 'A URL of the session carries credentials', { url: url.origin })
  }
  if (policy.rewriteTo !== null && policy.rewriteTo === new URL(base).origin)
    return policy.rewriteTo + template.slice(url.origin.length)
  if (url.origin !== new URL(base).origin && !policy.allowedOrigins.includes(url.origin)) {
    throw new JmapError('origin', 'A URL of the session leads to another origin', { url: url.href })
  }
  return template
}

function parseLimits(capability: Readonly<Record<string, unknown>>): SessionLimits {
  const limits: Record<string, number> = { ...safeLimits }
  for (const name of Object.keys(safeLimits)) {
    const value = own(capability, name)
    if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) limits[name] = value
  }
  return limits as unknown as SessionLimits
}

function parseAccounts(value: unknown): readonly SessionAccount[] {
  const accounts: SessionAccount[] = []
  for (const [id, entry] of Object.entries(asObject(value) ?? {})) {
    const account = asObject(entry)
    // An id of dots cannot stand in a URL; over 255 octets is against RFC 8620 §1.2.
    if (!account || id === '' || id === '.' || id === '..' || id.length > 255) continue
    const capabilities = asObject(own(account, 'accountCapabilities')) ?? {}
    accounts.push({
      accountId: id as AccountId,
      name: asString(own(account, 'name')) ?? id,
      isPersonal: own(account, 'isPersonal') === true,
      isReadOnly: own(account, 'isReadOnly') === true,
      capabilities: new Set(Object.keys(capabilities)),
      mail: asObject(own(capabilities, mail)),
    })
  }
  return accounts
}

/** The server's word, where it names an account that has mail; else the first of the person's own that has. */
function choosePrimary(primaryAccounts: unknown, accounts: readonly SessionAccount[]): AccountId | null {
  const withMail = accounts.filter((account) => account.capabilities.has(mail))
  const named = own(asObject(primaryAccounts), mail)
  const primary =
    withMail.find((account) => account.accountId === named) ?? withMail.find((account) => account.isPersonal)
  return primary?.accountId ?? null
}

/** Its own capability is told per account only; without a sign-in the Sieve implementation gives it away. */
function looksLikeStalwart(
  capabilities: Readonly<Record<string, unknown>>,
  primaryAccounts: unknown,
  accounts: readonly SessionAccount[],
): boolean {
  const stalwart = 'urn:stalwart:jmap'
  if (accounts.some((account) => account.capabilities.has(stalwart))) return true
  if (own(asObject(primaryAccounts), stalwart) !== undefined) return true
  const sieve = asObject(own(capabilities, 'urn:ietf:params:jmap:sieve'))
  return asString(own(sieve, 'implementation'))?.startsWith('Stalwart') === true
}
