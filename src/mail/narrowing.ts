/**
 * What a list leaves out and how it is ordered: as the URL says it, as Email/query is asked (RFC 8621 §4.4), and as it
 * holds for one message. The three must mean the same.
 */
import type { Email, EmailAddress, MailboxId } from '../jmap/types.ts'
import { millisOf } from './compare.ts'
import { DELETED, isMarkedDeleted } from './deleted.ts'
import { FLAGGED, type ListQuery } from './list.ts'

export const LIST_FILTERS = ['unread', 'flagged', 'attachment'] as const
type ListFilter = (typeof LIST_FILTERS)[number]

/** Properties of RFC 8621 §4.4.2. */
export const LIST_SORTS = ['receivedAt', 'from', 'subject', 'size'] as const
export type ListSort = (typeof LIST_SORTS)[number]

export interface Narrowing {
  readonly filters: readonly ListFilter[]
  /** An address of the reader's that a message was written to; lower case. */
  readonly to?: string
  readonly sort: ListSort
  readonly isAscending: boolean
}

/** Time and size begin with the most, names with A. */
export function isNaturallyAscending(sort: ListSort): boolean {
  return sort === 'from' || sort === 'subject'
}

/** `filter=unread,flagged&to=ADDRESS&sort=-from`; what makes no sense in it is left out. */
export function parseNarrowing(text: string | undefined): Narrowing {
  const params = new URLSearchParams(text)
  const given = (params.get('filter') ?? '').split(',')
  const to = params.get('to')?.trim().toLowerCase()
  const sort = params.get('sort') ?? '-receivedAt'
  const property = sort.replace('-', '')
  const known = LIST_SORTS.find((name) => name === property)
  return {
    filters: LIST_FILTERS.filter((filter) => given.includes(filter)),
    ...(to && { to }),
    sort: known ?? 'receivedAt',
    isAscending: known !== undefined && !sort.startsWith('-'),
  }
}

/** The other way round: empty for the whole list, newest first. One text for one meaning. */
export function formatNarrowing({ filters, to, sort, isAscending }: Narrowing): string {
  const parts = []
  if (filters.length > 0) parts.push(`filter=${LIST_FILTERS.filter((filter) => filters.includes(filter)).join()}`)
  if (to) parts.push(`to=${encodeURIComponent(to)}`)
  if (sort !== 'receivedAt' || isAscending) parts.push(`sort=${isAscending ? '' : '-'}${sort}`)
  return parts.join('&')
}

/** Newest first: the one order that rows here can be put in without knowing all of them (L1). */
export function isNewestFirst({ sort, isAscending }: Narrowing): boolean {
  return sort === 'receivedAt' && !isAscending
}

/** Email/query's filter. `passedOver`: Trash and Junk. */
export function toFilter(query: ListQuery, passedOver: readonly MailboxId[]): Record<string, unknown> {
  const { filters, to } = parseNarrowing(query.narrow)
  const condition = {
    ...(query.mailboxId === FLAGGED
      ? { inMailboxOtherThan: passedOver, hasKeyword: '$flagged' }
      : { inMailbox: query.mailboxId }),
    ...(filters.includes('unread') && { notKeyword: '$seen' }),
    ...(filters.includes('flagged') && { hasKeyword: '$flagged' }),
    ...(filters.includes('attachment') && { hasAttachment: true }),
  }
  // Headers that a server adds are not searched: Stalwart indexes none (M15).
  const written = to && { operator: 'OR', conditions: [{ to }, { cc: to }] }
  // A condition names one keyword at most that is not there.
  const undeleted = query.hidesDeleted && { notKeyword: DELETED }
  const conditions = [condition, undeleted, written].filter(Boolean)
  return conditions.length > 1 ? { operator: 'AND', conditions } : condition
}

/** Email/query's sort; equal ones newest first. */
export function toSort(query: ListQuery): Record<string, unknown>[] {
  const { sort, isAscending } = parseNarrowing(query.narrow)
  const byDate = { property: 'receivedAt', isAscending: false }
  return sort === 'receivedAt' ? [{ ...byDate, isAscending }] : [{ property: sort, isAscending }, byDate]
}

type Judged = Pick<Email, 'keywords' | 'mailboxIds' | 'hasAttachment' | 'to' | 'cc' | 'sentTo'>

/** Whether a message belongs to the list, by keywords and mailboxes alone: what a row knows of each of its messages. */
export function mayMatch(
  message: Pick<Email, 'keywords' | 'mailboxIds'>,
  { filters }: Narrowing,
  scope: ReadonlySet<MailboxId>,
  { mailboxId, hidesDeleted }: Pick<ListQuery, 'mailboxId' | 'hidesDeleted'>,
): boolean {
  const has = (keyword: string): boolean => Object.hasOwn(message.keywords, keyword)
  if (!(Object.keys(message.mailboxIds) as MailboxId[]).some((id) => scope.has(id))) return false
  if (hidesDeleted && isMarkedDeleted(message)) return false
  if (filters.includes('unread') && has('$seen')) return false
  return !(filters.includes('flagged') || mailboxId === FLAGGED) || has('$flagged')
}

/** Whether one for which `mayMatch` holds really does. */
export function matchesRest(email: Judged, { filters, to }: Narrowing): boolean {
  if (filters.includes('attachment') && !email.hasAttachment) return false
  return !to || isWrittenTo(email, to)
}

function isWrittenTo({ to, cc, sentTo }: Judged, address: string): boolean {
  if ([...(to ?? []), ...(cc ?? [])].some(({ email }) => email.toLowerCase() === address)) return true
  return sentTo?.some((text) => text.toLowerCase().includes(address)) === true
}

type Ordered = Pick<Email, 'id' | 'receivedAt' | 'from' | 'subject' | 'size'>

/** Of `toSort`, as near as a client can know how a server compares names; equal ones by id, so that it is one order. */
export function comparator({ sort, isAscending }: Narrowing): (a: Ordered, b: Ordered) => number {
  const direction = isAscending ? 1 : -1
  const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true })
  const compare: Readonly<Record<ListSort, (a: Ordered, b: Ordered) => number>> = {
    receivedAt: (a, b) => millisOf(a.receivedAt) - millisOf(b.receivedAt),
    from: (a, b) => collator.compare(nameOf(a.from), nameOf(b.from)),
    subject: (a, b) => collator.compare(baseSubject(a.subject), baseSubject(b.subject)),
    size: (a, b) => a.size - b.size,
  }
  return (a, b) =>
    direction * compare[sort](a, b) || compare.receivedAt(b, a) || (a.id < b.id ? -1 : Number(a.id > b.id))
}

function nameOf(from: readonly EmailAddress[] | null): string {
  return from?.[0]?.name?.trim() || (from?.[0]?.email ?? '')
}

/** RFC 5256 §2.1 in short: an answer stands where its question does. */
function baseSubject(subject: string | null): string {
  return (subject ?? '').replace(/^(\s*(re|fwd?|aw|wg|sv|vs|antw)\s*(\[[^\]]*\])?\s*:)+/i, '').trim()
}
