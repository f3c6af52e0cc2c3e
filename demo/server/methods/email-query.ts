/** Email/query (RFC 8621 §4.4). */
import type { Access } from '../access.ts'
import { MethodError } from '../errors.ts'
import type { StoredEmail } from '../store/stored-email.ts'
import type { MailAccount } from '../store/mail-account.ts'
import { flag, isObject, optionalInteger, optionalString, unsignedInteger } from './arguments.ts'
import type { Args } from './arguments.ts'
import { accessOf } from './context.ts'
import type { MethodContext } from './context.ts'
import { emailPredicate, filterTraits } from './email-filter.ts'
import { sortOrder } from './email-sort.ts'

export function emailQuery(context: MethodContext, args: Args): Record<string, unknown> {
  const access = accessOf(context, args)
  const { account } = access
  const { personality } = context
  const limit = unsignedInteger(args, 'limit')
  const ids = queryIds(access, args, context.now())
  const position = positionOf(ids, args)
  const most = personality.name === 'stalwart' && limit === 0 ? Infinity : (limit ?? Infinity)
  const capped = Math.min(most, context.limits.queryMaxResults)
  const isCut = capped < most && ids.length - position > capped
  const wantsTotal = flag(args, 'calculateTotal') || (personality.name === 'cyrus' && limit === null)
  const traits = filterTraits(args['filter'])
  return {
    accountId: account.id,
    // Cyrus repeats what was asked.
    ...(personality.name === 'cyrus' && {
      filter: args['filter'] ?? null,
      sort: args['sort'] ?? null,
      collapseThreads: flag(args, 'collapseThreads'),
    }),
    queryState: queryStateOf(account),
    canCalculateChanges: personality.name !== 'cyrus' || !(traits.usesKeywords || traits.usesNot),
    // Past the end Stalwart says 0 (M13).
    position: personality.name === 'stalwart' && position >= ids.length ? 0 : position,
    ids: ids.slice(position, position + capped),
    ...(wantsTotal && { total: ids.length }),
    ...((isCut || (personality.name === 'stalwart' && limit === 0)) && { limit: limit === 0 ? 0 : capped }),
  }
}

function queryStateOf(account: MailAccount): string {
  const state = account.log.state('Email')
  return account.personality.encodeQueryState(state, account.log.isCommitEnd(state))
}

function positionOf(ids: readonly string[], args: Args): number {
  const anchor = optionalString(args, 'anchor')
  if (anchor !== null) {
    const index = ids.indexOf(anchor)
    if (index < 0) {
      throw new MethodError(
        'anchorNotFound',
        'An anchor argument was supplied, but it cannot be found in the results of the query.',
      )
    }
    return Math.max(0, index + (optionalInteger(args, 'anchorOffset') ?? 0))
  }
  const position = optionalInteger(args, 'position') ?? 0
  if (position < 0) return Math.max(0, ids.length + position)
  return position
}

interface CachedResult {
  readonly state: number
  readonly ids: readonly string[]
}

/** Results by query, as long as nothing changes: a page at position 20,000 must not sort the account again. */
const results = new WeakMap<MailAccount, Map<string, CachedResult>>()
const CACHED_QUERIES = 16

export function queryIds(access: Access, args: Args, now: number): readonly string[] {
  const { account } = access
  const { filter, sort } = args
  const collapse = flag(args, 'collapseThreads')
  const state = account.log.state('Email')
  const isSettled = account.settledFrom <= now && access.isOwner
  const cache = results.get(account) ?? new Map<string, CachedResult>()
  results.set(account, cache)
  const key = JSON.stringify([filter, sort, collapse])
  const cached = cache.get(key)
  if (isSettled && cached?.state === state) return cached.ids
  const matches = emailPredicate(access, filter, now)
  const order = sortOrder(sort, account.personality, now)
  const emails = candidates(account, filter, order.isNewestFirst, now)
  let found = emails.list.filter((email) => matches(email) && access.sees(email))
  if (!emails.isSorted) found.sort(order.compare)
  if (collapse) found = firstOfThreads(found)
  const ids = found.map((email) => email.id)
  if (isSettled) {
    cache.delete(key)
    cache.set(key, { state, ids })
    const oldest = cache.keys().next().value
    if (cache.size > CACHED_QUERIES && oldest !== undefined) cache.delete(oldest)
  }
  return ids
}

/** Where to look: a mailbox's messages if the filter names one, and a list already in order if there is one. */
function candidates(
  account: MailAccount,
  filter: unknown,
  newestFirst: boolean,
  now: number,
): { list: StoredEmail[]; isSorted: boolean } {
  const inMailbox = isObject(filter) && !('operator' in filter) ? filter['inMailbox'] : undefined
  const mailbox = typeof inMailbox === 'string' ? account.mailboxes.get(inMailbox) : undefined
  if (mailbox && mailbox.emails.size * 4 < account.emails.size) return { list: [...mailbox.emails], isSorted: false }
  if (!newestFirst) return { list: [...(mailbox?.emails ?? account.emails.values())], isSorted: false }
  const emails = account.arrivals.newestFirst()
  if (account.settledFrom <= now) return { list: emails, isSorted: true }
  // What is not yet indexed has no key: it stands at the end, in the order of arrival.
  const unindexed = emails.filter((email) => email.sortedFrom > now).sort((a, b) => a.ordinal - b.ordinal)
  return { list: [...emails.filter((email) => email.sortedFrom <= now), ...unindexed], isSorted: true }
}

function firstOfThreads(emails: readonly StoredEmail[]): StoredEmail[] {
  const seen = new Set<unknown>()
  return emails.filter(({ thread }) => {
    // Most conversations of a large mailbox are one message.
    if (thread.emails.length === 1) return true
    if (seen.has(thread)) return false
    seen.add(thread)
    return true
  })
}
