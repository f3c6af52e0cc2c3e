/** Mailbox/get, Mailbox/query and Mailbox/queryChanges (RFC 8621 §2.1, §2.3, §2.4). */
import type { Access } from '../access.ts'
import { MethodError } from '../errors.ts'
import type { StoredMailbox } from '../store/mailboxes.ts'
import { flag, isObject, optionalInteger, optionalString, requiredString, unsignedInteger } from './arguments.ts'
import type { Args } from './arguments.ts'
import { cannotCalculate } from './changes.ts'
import { accessOf, stateOf } from './context.ts'
import type { MethodContext } from './context.ts'
import { get } from './get.ts'

const PROPERTIES = [
  ...['id', 'name', 'parentId', 'role', 'sortOrder', 'totalEmails', 'unreadEmails', 'totalThreads', 'unreadThreads'],
  ...['myRights', 'isSubscribed'],
]

export function mailboxGet(context: MethodContext, args: Args): Record<string, unknown> {
  const access = accessOf(context, args)
  const { account } = access
  return get(context, args, {
    accountId: account.id,
    state: stateOf(account, 'Mailbox'),
    properties: PROPERTIES,
    // The order of a /get means nothing (M8): it is not that of creation here, so that nobody leans on it.
    all: () =>
      access
        .mailboxes()
        .map((mailbox) => mailbox.id)
        .sort((a, b) => (tail(a) < tail(b) || (tail(a) === tail(b) && a > b) ? -1 : 1)),
    find: (id) => {
      const mailbox = account.mailboxes.get(id)
      return mailbox && access.rights(mailbox) !== null ? mailboxObject(access, mailbox) : undefined
    },
  })
}

const tail = (id: string): number => (id.charCodeAt(id.length - 1) * 7) % 11

function mailboxObject(access: Access, mailbox: StoredMailbox): Record<string, unknown> {
  const { id, name, parentId, role, sortOrder, totalEmails, unreadEmails, totalThreads, unreadThreads } = mailbox
  const parent = parentId === null ? undefined : access.account.mailboxes.get(parentId)
  return {
    id,
    name,
    // A child shared without its parent stands at the top (RFC 8621 §2 `parentId`).
    parentId: parent && access.rights(parent) !== null ? parentId : null,
    role,
    sortOrder,
    totalEmails,
    unreadEmails,
    totalThreads,
    unreadThreads,
    myRights: access.myRights(mailbox),
    isSubscribed: mailbox.isSubscribed,
  }
}

/** All that a query finds, in its order. */
function queryMailboxIds(access: Access, args: Args): string[] {
  const filter = args['filter'] ?? null
  const found = access.mailboxes().filter((mailbox) => filter === null || matches(mailbox, filter))
  const sort = Array.isArray(args['sort']) ? (args['sort'] as unknown[]) : []
  const compare = sort.map(comparator)
  found.sort((a, b) => {
    for (const one of compare) {
      const order = one(a, b)
      if (order !== 0) return order
    }
    return a.id < b.id ? -1 : 1
  })
  return found.map((mailbox) => mailbox.id)
}

export function mailboxQuery(context: MethodContext, args: Args): Record<string, unknown> {
  const access = accessOf(context, args)
  const { account } = access
  const ids = queryMailboxIds(access, args)
  const anchor = optionalString(args, 'anchor')
  let position = optionalInteger(args, 'position') ?? 0
  if (anchor !== null) {
    const index = ids.indexOf(anchor)
    if (index < 0) throw new MethodError('anchorNotFound')
    position = Math.max(0, index + (optionalInteger(args, 'anchorOffset') ?? 0))
  } else if (position < 0) position = Math.max(0, ids.length + position)
  const limit = unsignedInteger(args, 'limit') ?? Infinity
  const state = account.log.state('Mailbox')
  return {
    accountId: account.id,
    queryState: account.personality.encodeQueryState(state, account.log.isCommitEnd(state)),
    canCalculateChanges: context.personality.name === 'plain',
    position,
    ids: ids.slice(position, position + limit),
    ...(flag(args, 'calculateTotal') && { total: ids.length }),
  }
}

/** Mailbox/queryChanges (RFC 8621 §2.4). The real servers keep no history of a filter over a handful of mailboxes. */
export function mailboxQueryChanges(context: MethodContext, args: Args): Record<string, unknown> {
  const access = accessOf(context, args)
  const { account } = access
  const { personality } = context
  const text = requiredString(args, 'sinceQueryState')
  const since = personality.name === 'plain' ? personality.decodeQueryState(text) : null
  const changes = since === null ? null : account.log.changes('Mailbox', since, Infinity)
  if (since === null || !changes) throw cannotCalculate()
  const ids = queryMailboxIds(access, args)
  const created = new Set(changes.created)
  const touched = new Set([...changes.created, ...changes.updated])
  const { newState } = changes
  return {
    accountId: account.id,
    oldQueryState: text,
    newQueryState:
      newState === since ? text : personality.encodeQueryState(newState, account.log.isCommitEnd(newState)),
    ...(flag(args, 'calculateTotal') && { total: ids.length }),
    removed: [...changes.destroyed, ...[...touched].filter((id) => !created.has(id))],
    added: ids.flatMap((id, index) => (touched.has(id) ? [{ id, index }] : [])),
  }
}

function matches(mailbox: StoredMailbox, filter: unknown): boolean {
  if (!isObject(filter)) throw new MethodError('invalidArguments', '"filter" must be an object.')
  if (typeof filter['operator'] === 'string') {
    const conditions = Array.isArray(filter['conditions']) ? (filter['conditions'] as unknown[]) : []
    if (filter['operator'] === 'AND') return conditions.every((condition) => matches(mailbox, condition))
    if (filter['operator'] === 'OR') return conditions.some((condition) => matches(mailbox, condition))
    return !conditions.some((condition) => matches(mailbox, condition))
  }
  return Object.entries(filter).every(([name, value]) => {
    if (name === 'parentId') return mailbox.parentId === value
    if (name === 'name') return mailbox.name.toLowerCase().includes(String(value).toLowerCase())
    if (name === 'role') return mailbox.role === value
    if (name === 'hasAnyRole') return (mailbox.role !== null) === value
    if (name === 'isSubscribed') return mailbox.isSubscribed === value
    throw new MethodError('unsupportedFilter', name)
  })
}

function comparator(sort: unknown): (a: StoredMailbox, b: StoredMailbox) => number {
  const property = isObject(sort) ? sort['property'] : undefined
  const direction = isObject(sort) && sort['isAscending'] === false ? -1 : 1
  if (property === 'name') return (a, b) => direction * a.name.localeCompare(b.name, 'en')
  if (property === 'sortOrder') return (a, b) => direction * (a.sortOrder - b.sortOrder)
  throw new MethodError('unsupportedSort', 'property')
}
