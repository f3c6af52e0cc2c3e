/** Email/queryChanges (RFC 8621 §4.5), and as Stalwart has it. */
import type { Access } from '../access.ts'
import { MethodError } from '../errors.ts'
import type { Changes } from '../store/change-log.ts'
import type { StoredThread } from '../store/threads.ts'
import { flag, optionalString, requiredString, unsignedInteger } from './arguments.ts'
import type { Args } from './arguments.ts'
import { cannotCalculate } from './changes.ts'
import { accessOf } from './context.ts'
import type { MethodContext } from './context.ts'
import { emailPredicate, filterTraits } from './email-filter.ts'
import { queryIds } from './email-query.ts'
import { sortOrder } from './email-sort.ts'

interface Added {
  readonly id: string
  readonly index: number
}

export function emailQueryChanges(context: MethodContext, args: Args): Record<string, unknown> {
  const access = accessOf(context, args)
  const { account } = access
  const { personality } = context
  const text = requiredString(args, 'sinceQueryState')
  const maxChanges = unsignedInteger(args, 'maxChanges')
  optionalString(args, 'upToId')
  const since = personality.decodeQueryState(text)
  if (since === null) {
    if (personality.name === 'plain') throw cannotCalculate()
    throw new MethodError('invalidArguments', 'invalid JMAP State')
  }
  const traits = filterTraits(args['filter'])
  if (personality.name === 'cyrus' && (traits.usesKeywords || traits.usesNot)) throw cannotCalculate()
  const stops = personality.name === 'stalwart' ? (maxChanges ?? Infinity) : Infinity
  const changes = account.log.changes('Email', since, stops)
  if (!changes) throw cannotCalculate()
  const ids = queryIds(access, args, context.now())
  const { removed, added } =
    personality.name === 'stalwart'
      ? likeStalwart(access, args, changes, ids, context)
      : exact(access, args, changes, ids, since)
  if (personality.name !== 'stalwart' && maxChanges !== null && removed.length + added.length > maxChanges) {
    throw new MethodError('tooManyChanges')
  }
  const newState = changes.newState
  return {
    accountId: account.id,
    oldQueryState: text,
    newQueryState:
      newState === since ? text : personality.encodeQueryState(newState, account.log.isCommitEnd(newState)),
    ...(flag(args, 'calculateTotal') && { total: ids.length }),
    removed,
    added,
  }
}

/**
 * Whatever may have moved is removed and, where it stands now, added. In a collapsed list that is every message of a
 * thread in which anything changed, for another one may stand for it now. What is left has kept its order.
 */
function exact(
  access: Access,
  args: Args,
  changes: Changes,
  ids: readonly string[],
  since: number,
): { removed: string[]; added: Added[] } {
  const { account } = access
  const byThread =
    flag(args, 'collapseThreads') ||
    filterTraits(args['filter']).usesThreads ||
    sortOrder(args['sort'], account.personality, 0).usesThreads
  const touched = new Set([...changes.created, ...changes.updated])
  if (byThread) {
    // A thread is logged whenever a message joins or leaves it; a flag is logged on the message alone.
    const threads = new Set<StoredThread>()
    for (const id of touched) addTo(threads, account.emails.get(id)?.thread)
    for (const id of account.log.changes('Thread', since)?.updated ?? []) addTo(threads, account.threads.get(id))
    for (const thread of threads) for (const email of thread.emails) touched.add(email.id)
  }
  const created = new Set(changes.created)
  const added = ids.flatMap((id, index) => (touched.has(id) ? [{ id, index }] : []))
  const removed = [...changes.destroyed, ...[...touched].filter((id) => !created.has(id))]
  return { removed, added }
}

function addTo<T>(set: Set<T>, item: T | undefined): void {
  if (item !== undefined) set.add(item)
}

/** Beyond this index nothing is added back (M33). */
const STALWART_INDEXES = 5000

/**
 * The query run again and cut with the changes, threads not considered: after a reply the old representative stays, and
 * a changed message that does not stand for its thread is added all the same (M11).
 */
function likeStalwart(
  access: Access,
  args: Args,
  changes: Changes,
  ids: readonly string[],
  context: MethodContext,
): { removed: string[]; added: Added[] } {
  const matches = emailPredicate(access, args['filter'], context.now())
  const { account } = access
  const touched = new Set([...changes.created, ...changes.updated])
  const added: Added[] = []
  for (const [index, id] of ids.slice(0, STALWART_INDEXES).entries()) if (touched.has(id)) added.push({ id, index })
  if (flag(args, 'collapseThreads')) {
    const shown = new Set(added.map(({ id }) => id))
    for (const id of changes.updated) {
      const email = account.emails.get(id)
      if (!email || shown.has(id) || !matches(email)) continue
      const index = ids.findIndex((candidate) => account.emails.get(candidate)?.thread === email.thread)
      if (index >= 0 && index < STALWART_INDEXES) added.push({ id, index })
    }
    added.sort((a, b) => a.index - b.index)
  }
  return { removed: [...changes.updated, ...changes.destroyed], added }
}
