/** Identity/get, Quota/get and VacationResponse: small things beside the mail. */
import { MethodError, SetError } from '../errors.ts'
import { isObject } from './arguments.ts'
import type { Args } from './arguments.ts'
import { accessOf, setArguments, stateOf } from './context.ts'
import type { MethodContext } from './context.ts'
import { attempt, setResults } from './email-set.ts'
import { get } from './get.ts'

/** RFC 8621 §6.1. */
export function identityGet(context: MethodContext, args: Args): Record<string, unknown> {
  const access = accessOf(context, args)
  const { account } = access
  // Identities of a shared account are nobody else's (M29; Cyrus likewise).
  if (!access.isOwner)
    throw new MethodError(context.personality.name === 'cyrus' ? 'accountNotSupportedByMethod' : 'forbidden')
  return get(context, args, {
    accountId: account.id,
    state: stateOf(account, 'Identity'),
    properties: ['id', 'name', 'email', 'replyTo', 'bcc', 'textSignature', 'htmlSignature', 'mayDelete'],
    all: () => account.side.identities.keys(),
    find: (id) => {
      const identity = account.side.identities.get(id)
      if (!identity) return undefined
      // Cyrus knows an address only where the login is one.
      const isBare = context.personality.name === 'cyrus' && !identity.id.includes('@')
      return { ...identity, ...(isBare && { name: '', email: '' }) }
    },
  })
}

/** RFC 9425 §4.1; at Cyrus an older object. */
export function quotaGet(context: MethodContext, args: Args): Record<string, unknown> {
  const { account } = accessOf(context, args)
  const limit = account.side.quotaBytes
  const isCyrus = context.personality.name === 'cyrus'
  const id = isCyrus ? 'mail' : 'storage'
  const quota = isCyrus
    ? { id, used: account.usedBytes, total: limit }
    : {
        ...{ id, name: 'Mail', description: null, resourceType: 'octets', scope: 'account', types: ['Mail'] },
        ...{ used: account.usedBytes, hardLimit: limit, warnLimit: null, softLimit: null },
      }
  return get(context, args, {
    accountId: account.id,
    state: context.personality.encodeState(0, true),
    properties: Object.keys(quota),
    // No limit, no quota object.
    all: () => (limit === null ? [] : [id]),
    find: (wanted) => (wanted === id && limit !== null ? quota : undefined),
  })
}

/** RFC 8621 §8.1. */
export function vacationGet(context: MethodContext, args: Args): Record<string, unknown> {
  const { account } = accessOf(context, args)
  return get(context, args, {
    accountId: account.id,
    state: vacationState(context, account.side.vacationState),
    properties: ['id', 'isEnabled', 'fromDate', 'toDate', 'subject', 'textBody', 'htmlBody'],
    all: () => ['singleton'],
    find: (id) => (id === 'singleton' ? account.side.vacation : undefined),
  })
}

/** RFC 8621 §8.2: only the singleton, only updates. */
export function vacationSet(context: MethodContext, args: Args): Record<string, unknown> {
  const { account } = accessOf(context, args)
  const { side } = account
  const oldState = vacationState(context, side.vacationState)
  const wanted = setArguments(context, args, oldState)
  const notCreated: Record<string, unknown> = {}
  for (const key of Object.keys(wanted.create)) notCreated[key] = { type: 'singleton' }
  const notDestroyed: Record<string, unknown> = {}
  for (const id of wanted.destroy) notDestroyed[id] = { type: 'singleton' }
  const updated: Record<string, unknown> = {}
  const notUpdated: Record<string, unknown> = {}
  for (const [id, patch] of Object.entries(wanted.update)) {
    attempt(notUpdated, id, () => {
      if (id !== 'singleton') throw new SetError('notFound')
      if (!isObject(patch)) throw new SetError('invalidPatch')
      for (const name of Object.keys(patch)) {
        if (name === 'id' || !(name in side.vacation))
          throw new SetError('invalidProperties', undefined, { properties: [name] })
      }
      side.vacation = { ...side.vacation, ...patch }
      side.vacationState += 1
      updated[id] = null
    })
  }
  const newState = vacationState(context, side.vacationState)
  return { accountId: account.id, oldState, newState, ...setResults({ updated, notCreated, notUpdated, notDestroyed }) }
}

const vacationState = (context: MethodContext, state: number): string => context.personality.encodeState(state, true)
