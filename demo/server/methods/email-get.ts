/** Email/get (RFC 8621 §4.2). */
import type { MailAccount } from '../store/mail-account.ts'
import type { StoredEmail } from '../store/stored-email.ts'
import { headersOf, messageOf } from '../store/stored-email.ts'
import type { Args } from './arguments.ts'
import { accessOf, idsOf, stateOf, tooManyObjects } from './context.ts'
import type { MethodContext } from './context.ts'
import { bodyRequest, headerProperty, headerValue, instances, messageProperty } from './email-object.ts'
import type { BodyRequest } from './email-object.ts'

export function emailGet(context: MethodContext, args: Args): Record<string, unknown> {
  const access = accessOf(context, args)
  const { account } = access
  const request = bodyRequest(args)
  const given = idsOf(context, args)
  // Cyrus refuses `ids: null` outright; the others when there are more than may be asked for.
  if (
    given === null &&
    (context.personality.name === 'cyrus' || account.emails.size > context.limits.maxObjectsInGet)
  ) {
    throw tooManyObjects()
  }
  const list: Record<string, unknown>[] = []
  const notFound: string[] = []
  for (const id of given ?? account.emails.keys()) {
    const email = access.email(id)
    const dead = email ? undefined : account.deadIds.get(id)
    if (email) list.push(emailObject(account, email, request))
    // A merge's dead id still answers, with the thread it was in (M17).
    else if (dead && access.sees(dead.email)) {
      const object = emailObject(account, dead.email, request)
      list.push({ ...object, id, ...('threadId' in object && { threadId: dead.threadId }) })
    } else notFound.push(id)
  }
  return { accountId: account.id, state: stateOf(account, 'Email'), list, notFound }
}

function emailObject(account: MailAccount, email: StoredEmail, request: BodyRequest): Record<string, unknown> {
  const object: Record<string, unknown> = { id: email.id }
  for (const name of request.properties) {
    const value = emailProperty(account, email, name, request)
    if (name === 'preview' && value === '' && account.personality.omitsEmptyPreview) continue
    object[name] = value
  }
  return object
}

function emailProperty(account: MailAccount, email: StoredEmail, name: string, request: BodyRequest): unknown {
  switch (name) {
    case 'id':
    case 'blobId':
      return email[name]
    case 'threadId':
      return email.thread.id
    case 'mailboxIds':
      return asMap(email.mailboxIds)
    case 'keywords':
      return keywordsOf(account, email)
    case 'receivedAt':
      return new Date(email.receivedAt).toISOString().replace(/\.\d+Z$/, 'Z')
    case 'size':
    case 'from':
    case 'to':
    case 'cc':
    case 'subject':
    case 'preview':
    case 'hasAttachment':
    case 'messageId':
    case 'inReplyTo':
    case 'references':
      return email.meta[name]
    default: {
      const property = headerProperty(name)
      const known = property && email.knownHeaders && Object.hasOwn(email.knownHeaders, property.name)
      if (known) {
        const value = email.knownHeaders[property.name] ?? null
        return headerValue(property, value === null ? [] : [value])
      }
      // A header alone does not need the body's parts.
      if (property) return headerValue(property, instances(headersOf(email), property.name))
      return messageProperty(name, messageOf(email), request)
    }
  }
}

function keywordsOf(account: MailAccount, email: StoredEmail): Record<string, true> {
  const { lowerCaseKeywords, attachmentKeyword } = account.personality
  const keywords = lowerCaseKeywords ? [...email.keywords].map((keyword) => keyword.toLowerCase()) : email.keywords
  const map = asMap(keywords)
  return attachmentKeyword && email.meta.hasAttachment ? { ...map, $hasattachment: true } : map
}

function asMap(keys: Iterable<string>): Record<string, true> {
  return Object.fromEntries([...keys].map((key) => [key, true as const]))
}
