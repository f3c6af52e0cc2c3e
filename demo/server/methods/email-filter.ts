/** Email/query's filter as a predicate (RFC 8621 §4.4.1). */
import type { Access } from '../access.ts'
import { MethodError } from '../errors.ts'
import { searchText, textMatcher } from './email-text.ts'
import type { StoredEmail } from '../store/stored-email.ts'
import { messageOf } from '../store/stored-email.ts'
import { asText } from '../mime/header-forms.ts'
import { isObject } from './arguments.ts'
import { instances } from './email-object.ts'

export type Predicate = (email: StoredEmail) => boolean

/** What a filter depends on, which decides what queryChanges must look at. */
export interface FilterTraits {
  readonly usesThreads: boolean
  readonly usesKeywords: boolean
  readonly usesText: boolean
  readonly usesNot: boolean
}

const THREAD_CONDITIONS = new Set(['allInThreadHaveKeyword', 'someInThreadHaveKeyword', 'noneInThreadHaveKeyword'])
const TEXT_FIELDS = ['from', 'to', 'cc', 'bcc', 'subject', 'body'] as const
const TEXT_CONDITIONS = new Set(['text', ...TEXT_FIELDS])

export function filterTraits(filter: unknown): FilterTraits {
  const names = new Set<string>()
  const collect = (node: unknown): void => {
    if (!isObject(node)) return
    if (typeof node['operator'] === 'string') {
      names.add(`operator ${node['operator']}`)
      if (Array.isArray(node['conditions'])) node['conditions'].forEach(collect)
      return
    }
    for (const name of Object.keys(node)) names.add(name)
  }
  collect(filter)
  const uses = (set: ReadonlySet<string>): boolean => [...names].some((name) => set.has(name))
  return {
    usesThreads: uses(THREAD_CONDITIONS),
    usesKeywords: uses(THREAD_CONDITIONS) || uses(new Set(['hasKeyword', 'notKeyword', 'hasAttachment'])),
    usesText: uses(TEXT_CONDITIONS),
    usesNot: names.has('operator NOT'),
  }
}

export function emailPredicate(access: Access, filter: unknown, now: number): Predicate {
  if (filter === null || filter === undefined) return () => true
  if (!isObject(filter)) throw new MethodError('invalidArguments', '"filter" must be an object.')
  if (typeof filter['operator'] === 'string') {
    const conditions = filter['conditions']
    if (!Array.isArray(conditions)) throw new MethodError('invalidArguments', '"conditions" must be an array.')
    const parts = conditions.map((condition) => emailPredicate(access, condition, now))
    if (filter['operator'] === 'AND') return (email) => parts.every((part) => part(email))
    if (filter['operator'] === 'OR') return (email) => parts.some((part) => part(email))
    if (filter['operator'] === 'NOT') return (email) => !parts.some((part) => part(email))
    throw new MethodError('unsupportedFilter', filter['operator'])
  }
  const parts = Object.entries(filter).map(([name, value]) => condition(access, name, value, now))
  return (email) => parts.every((part) => part(email))
}

function condition(access: Access, name: string, value: unknown, now: number): Predicate {
  const { account } = access
  const wrong = new MethodError('invalidArguments', `The filter "${name}" has a wrong value.`)
  const text = (): string => {
    if (typeof value !== 'string') throw wrong
    return value
  }
  const number = (): number => {
    if (typeof value !== 'number') throw wrong
    return value
  }
  const date = (): number => {
    const time = Date.parse(text())
    if (Number.isNaN(time)) throw wrong
    return time
  }
  // What the search index does not know yet is not found by what is looked up there (M14 and the note above it).
  const indexed =
    (predicate: Predicate): Predicate =>
    (email) =>
      email.sortedFrom <= now && predicate(email)
  const { name: like } = account.personality
  const keyword = (): string => (account.personality.lowerCaseKeywords ? text().toLowerCase() : text())
  const has = (email: StoredEmail, wanted: string): boolean =>
    email.keywords.has(wanted) ||
    (wanted === '$hasattachment' && account.personality.attachmentKeyword && email.meta.hasAttachment)
  // Cyrus counts per thread only what it was told to, which is `$seen`.
  if (like === 'cyrus' && name.includes('InThread') && keyword() !== '$seen')
    throw new MethodError('unsupportedFilter', name)
  switch (name) {
    case 'inMailbox': {
      const id = text()
      if (!account.mailboxes.has(id) && account.personality.name === 'cyrus') throw wrong
      return (email) => email.mailboxIds.has(id)
    }
    case 'inMailboxOtherThan': {
      if (!Array.isArray(value)) throw wrong
      const excluded = new Set(value)
      return (email) => [...email.mailboxIds].some((id) => !excluded.has(id))
    }
    case 'before': {
      const time = date()
      return indexed((email) => email.receivedAt < time)
    }
    case 'after': {
      const time = date()
      const strict = account.personality.name === 'stalwart'
      return indexed((email) => (strict ? email.receivedAt > time : email.receivedAt >= time))
    }
    case 'minSize': {
      const size = number()
      return indexed((email) => email.meta.size >= size)
    }
    case 'maxSize': {
      const size = number()
      return indexed((email) => email.meta.size < size)
    }
    case 'hasKeyword': {
      const wanted = keyword()
      return (email) => has(email, wanted)
    }
    case 'notKeyword': {
      const wanted = keyword()
      return (email) => !has(email, wanted)
    }
    case 'allInThreadHaveKeyword': {
      const wanted = keyword()
      return (email) => email.thread.emails.every((other) => has(other, wanted))
    }
    case 'someInThreadHaveKeyword': {
      const wanted = keyword()
      return (email) => email.thread.emails.some((other) => has(other, wanted))
    }
    case 'noneInThreadHaveKeyword': {
      const wanted = keyword()
      return (email) => !email.thread.emails.some((other) => has(other, wanted))
    }
    case 'hasAttachment':
      if (typeof value !== 'boolean') throw wrong
      return (email) => email.meta.hasAttachment === value
    case 'header': {
      if (!Array.isArray(value) || typeof value[0] !== 'string') throw wrong
      // Header fields are not indexed on Stalwart as it comes (M15).
      if (account.personality.name === 'stalwart') return () => false
      const field = value[0].toLowerCase()
      const part = typeof value[1] === 'string' ? value[1].toLowerCase() : null
      return (email) =>
        instances(messageOf(email).headers, field).some(
          (found) => part === null || asText(found).toLowerCase().includes(part),
        )
    }
    case 'text':
    case 'from':
    case 'to':
    case 'cc':
    case 'bcc':
    case 'subject':
    case 'body': {
      const match = textMatcher(text())
      const fields = name === 'text' && account.personality.textInOneField ? TEXT_FIELDS : [name]
      return (email) => email.searchableFrom <= now && fields.some((field) => match(searchText(email, field)))
    }
    default:
      throw new MethodError('unsupportedFilter', name)
  }
}
