/** Which capability a method belongs to: the vocabulary of `using`. */
import type { Methods } from 'jmap-jam'
import type { Invocation } from './types.ts'

const prefix = 'urn:ietf:params:jmap:'

type TypeOf<Method> = Method extends `${infer Type}/${string}` ? Type : never
/** Types of other RFCs than those that jmap-jam knows. */
type OtherType = 'SieveScript' | 'Quota' | 'Principal' | 'ShareNotification'

/** By the method's type; the compiler asks for every type of RFC 8620 and 8621. */
const byType: Readonly<Record<TypeOf<Methods> | OtherType, string>> = {
  Core: 'core',
  PushSubscription: 'core',
  Mailbox: 'mail',
  Thread: 'mail',
  Email: 'mail',
  SearchSnippet: 'mail',
  Identity: 'submission',
  EmailSubmission: 'submission',
  VacationResponse: 'vacationresponse',
  SieveScript: 'sieve',
  Quota: 'quota',
  // Blob/copy is core's (RFC 8620 §6.3); get, lookup and upload are RFC 9404's.
  Blob: 'blob',
  Principal: 'principals',
  ShareNotification: 'principals',
}

const isKnown = (type: string): type is keyof typeof byType => Object.hasOwn(byType, type)

/**
 * The `using` of a request: core and what its calls need, restricted to what the session offers, since one unknown
 * capability fails the whole request (RFC 8620 §3.6.1).
 */
export function usingFor(calls: readonly Invocation[], offered: ReadonlySet<string>): readonly string[] {
  const needed = new Set(['core'])
  for (const [method] of calls) {
    const type = method.slice(0, method.indexOf('/'))
    // A type that is not known here is one of core's, or the server says unknownMethod.
    if (isKnown(type)) needed.add(byType[type])
  }
  return [...needed].map((name) => prefix + name).filter((name) => offered.has(name) || name === `${prefix}core`)
}
