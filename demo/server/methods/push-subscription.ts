/**
 * PushSubscription (RFC 8620 §7.2) of a server that reaches nobody: it lists none and refuses each new one, as a server
 * may whose policy forbids it.
 */
import { isObject, optionalStrings } from './arguments.ts'
import type { Args } from './arguments.ts'
import { setArguments } from './context.ts'
import type { MethodContext } from './context.ts'
import { setResults } from './email-set.ts'

export function pushSubscriptionGet(_context: MethodContext, args: Args): Record<string, unknown> {
  return { list: [], notFound: optionalStrings(args, 'ids') ?? [] }
}

export function pushSubscriptionSet(context: MethodContext, args: Args): Record<string, unknown> {
  const { create, update, destroy } = setArguments(context, args, '')
  const refused = (keys: readonly string[], error: (key: string) => Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(keys.map((key) => [key, error(key)]))
  const notFound = (): Record<string, unknown> => ({ type: 'notFound' })
  return setResults({
    notCreated: refused(Object.keys(create), (key) => refusal(create[key])),
    notUpdated: refused(Object.keys(update), notFound),
    notDestroyed: refused(destroy, notFound),
  })
}

function refusal(fields: unknown): Record<string, unknown> {
  const url = isObject(fields) && typeof fields['url'] === 'string' ? URL.parse(fields['url']) : null
  if (url?.protocol !== 'https:') return { type: 'invalidProperties', properties: ['url'] }
  return { type: 'forbidden', description: 'This server sends no notifications.' }
}
