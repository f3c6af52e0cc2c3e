/** Email/query's sort as a comparison (RFC 8621 §4.4.2). */
import { MethodError } from '../errors.ts'
import type { Personality } from '../personality.ts'
import { baseSubject } from '../store/threads.ts'
import type { StoredEmail } from '../store/stored-email.ts'
import type { Address } from '../mime/header-forms.ts'
import { isObject } from './arguments.ts'

type Compare = (a: StoredEmail, b: StoredEmail) => number

/** `usesFlags`: the order changes with keywords, so no queryChanges can lean on what did not change itself. */
export interface SortOrder {
  readonly compare: Compare
  readonly usesThreads: boolean
  /** The order of arrival of lists, kept sorted by the account. */
  readonly isNewestFirst: boolean
}

const text = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
const sender = (list: readonly Address[] | null): string => {
  const first = list?.[0]
  return (first?.name ?? first?.email ?? '').toLowerCase()
}

export function sortOrder(sort: unknown, personality: Personality, now: number): SortOrder {
  if (sort !== null && sort !== undefined && !Array.isArray(sort)) throw new MethodError('invalidArguments', 'sort')
  const given: readonly unknown[] = sort ?? []
  const comparators = given.map((entry) => {
    if (!isObject(entry) || typeof entry['property'] !== 'string') throw new MethodError('invalidArguments', 'sort')
    return { property: entry['property'], ascending: entry['isAscending'] !== false, compare: one(entry, personality) }
  })
  const compare: Compare = (a, b) => {
    // A message not yet indexed has no key: it stands at the end, whatever the order (stalwart.md, first section).
    const unindexed = Number(a.sortedFrom > now) - Number(b.sortedFrom > now)
    if (unindexed !== 0) return unindexed
    if (a.sortedFrom <= now) {
      for (const { ascending, compare: by } of comparators) {
        const order = by(a, b)
        if (order !== 0) return ascending ? order : -order
      }
    }
    return a.ordinal - b.ordinal
  }
  const [first] = comparators
  return {
    compare,
    usesThreads: comparators.some(({ property }) => property.includes('InThread')),
    isNewestFirst: comparators.length === 1 && first?.property === 'receivedAt' && !first.ascending,
  }
}

function one(entry: Record<string, unknown>, personality: Personality): Compare {
  const property = entry['property']
  const keyword = typeof entry['keyword'] === 'string' ? entry['keyword'] : ''
  const has = (email: StoredEmail): boolean => email.keywords.has(keyword)
  switch (property) {
    case 'receivedAt':
      return (a, b) => a.receivedAt - b.receivedAt
    case 'sentAt':
      return (a, b) => a.meta.sentAt - b.meta.sentAt
    case 'size':
      return (a, b) => a.meta.size - b.meta.size
    case 'from':
      return (a, b) => text(sender(a.meta.from), sender(b.meta.from))
    case 'to':
      return (a, b) => text(sender(a.meta.to), sender(b.meta.to))
    case 'subject':
      return (a, b) => text(baseSubject(a.meta.subject ?? ''), baseSubject(b.meta.subject ?? ''))
    case 'hasKeyword':
      return (a, b) => Number(has(a)) - Number(has(b))
    case 'someInThreadHaveKeyword':
      return (a, b) => Number(a.thread.emails.some(has)) - Number(b.thread.emails.some(has))
    case 'allInThreadHaveKeyword':
      if (personality.name === 'cyrus') break
      return (a, b) => Number(a.thread.emails.every(has)) - Number(b.thread.emails.every(has))
  }
  throw new MethodError('unsupportedSort', 'property')
}
