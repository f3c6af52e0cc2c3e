/** Which capability a method belongs to: the vocabulary of `using`. */
import type { Invocation } from './types.ts'

const prefix = 'urn:ietf:params:jmap:'

/** By the method's type. What is not named here needs core alone (Core, PushSubscription). */
const byType: Readonly<Record<string, string>> = {
  Mailbox: 'mail',
  Thread: 'mail',
  Email: 'mail',
  SearchSnippet: 'mail',
  Identity: 'submission',
  EmailSubmission: 'submission',
  VacationResponse: 'vacationresponse',
  SieveScript: 'sieve',
  Quota: 'quota',
  Blob: 'blob',
  Principal: 'principals',
  ShareNotification: 'principals',
}

/**
 * The `using` of a request: core and what its calls need, restricted to what the session offers, since one unknown
 * capability fails the whole request (RFC 8620 §3.6.1).
 */
export function usingFor(calls: readonly Invocation[], offered: ReadonlySet<string>): readonly string[] {
  const needed = new Set(['core'])
  for (const [method] of calls) {
    const type = method.slice(0, method.indexOf('/'))
    if (Object.hasOwn(byType, type)) needed.add(byType[type] ?? 'core')
  }
  return [...needed].map((name) => prefix + name).filter((name) => offered.has(name) || name === `${prefix}core`)
}
