/** What every method gets, and the arguments all of them share. */
import type { Access } from '../access.ts'
import type { Directory } from '../directory.ts'
import { MethodError } from '../errors.ts'
import type { Limits } from '../options.ts'
import type { Personality } from '../personality.ts'
import type { ChangeType } from '../store/change-log.ts'
import type { MailAccount } from '../store/mail-account.ts'
import { optionalObject, optionalString, optionalStrings, requiredString } from './arguments.ts'
import type { Args } from './arguments.ts'

export interface MethodContext {
  readonly personality: Personality
  readonly limits: Limits
  readonly directory: Directory
  readonly username: string
  /** Ids created earlier in the request, by creation id (RFC 8620 §5.3). */
  readonly createdIds: Map<string, string>
  now(): number
}

/** A response's name and arguments; some methods answer with more than one (RFC 8621 §7.5). */
export type Answer = readonly [name: string, args: Record<string, unknown>]
export type Method = (context: MethodContext, args: Args) => Record<string, unknown> | readonly Answer[]

export function accessOf(context: MethodContext, args: Args, name = 'accountId'): Access {
  const accountId = requiredString(args, name)
  const access = context.directory.accessTo(accountId, context.username)
  if (access) return access
  if (context.personality.name === 'stalwart') {
    throw new MethodError('forbidden', `You do not have access to account ${accountId}`)
  }
  throw new MethodError('accountNotFound')
}

export function stateOf(account: MailAccount, type: ChangeType): string {
  const state = account.log.state(type)
  return account.personality.encodeState(state, account.log.isCommitEnd(state))
}

/** RFC 8620 §5.1 `ids`, creation ids resolved. Null: all. */
export function idsOf(context: MethodContext, args: Args): readonly string[] | null {
  const ids = optionalStrings(args, 'ids')
  if (ids === null) return null
  if (ids.length > context.limits.maxObjectsInGet) throw tooManyObjects()
  return [...new Set(ids.map((id) => resolveId(context, id)))]
}

export function tooManyObjects(): MethodError {
  return new MethodError(
    'requestTooLarge',
    'The number of ids requested by the client exceeds the maximum number the server is willing to process in a single method call.',
  )
}

/** `#creationId` to the id that was given to it. */
export function resolveId(context: MethodContext, id: string): string {
  if (!id.startsWith('#')) return id
  const created = context.createdIds.get(id.slice(1))
  if (created === undefined) {
    throw new MethodError('invalidResultReference', `Id reference "${id.slice(1)}" does not exist or is invalid.`)
  }
  return created
}

export interface SetArguments {
  readonly create: Readonly<Record<string, unknown>>
  readonly update: Readonly<Record<string, unknown>>
  readonly destroy: readonly string[]
}

/** RFC 8620 §5.3: ifInState, then what to do. */
export function setArguments(context: MethodContext, args: Args, state: string): SetArguments {
  const ifInState = optionalString(args, 'ifInState')
  const create = optionalObject(args, 'create') ?? {}
  const update = optionalObject(args, 'update') ?? {}
  const destroy = optionalStrings(args, 'destroy') ?? []
  const count = Object.keys(create).length + Object.keys(update).length + destroy.length
  if (count > context.limits.maxObjectsInSet) throw tooManyObjects()
  if (ifInState !== null && ifInState !== state) {
    throw new MethodError(
      'stateMismatch',
      'An "ifInState" argument was supplied, but it does not match the current state.',
    )
  }
  return { create, update, destroy }
}
