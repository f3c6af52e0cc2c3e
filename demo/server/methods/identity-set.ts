/** Identity/set (RFC 8621 §6.3): an identity is changed here, never made or destroyed. */
import { SetError } from '../errors.ts'
import type { Identity } from '../store/side-records.ts'
import { isObject } from './arguments.ts'
import type { Args } from './arguments.ts'
import { accessOf, resolveId, setArguments, stateOf } from './context.ts'
import type { MethodContext } from './context.ts'
import { attempt, setResults } from './email-set.ts'

const isText = (value: unknown): boolean => typeof value === 'string'
const isAddresses = (value: unknown): boolean =>
  value === null || (Array.isArray(value) && value.every((one) => isObject(one) && isText(one['email'])))

/** What may be changed, and what it must be; `email` is immutable. */
const FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  name: isText,
  replyTo: isAddresses,
  bcc: isAddresses,
  textSignature: isText,
  htmlSignature: isText,
}

export function identitySet(context: MethodContext, args: Args): Record<string, unknown> {
  const access = accessOf(context, args)
  const { account } = access
  const oldState = stateOf(account, 'Identity')
  const wanted = setArguments(context, args, oldState)
  const updated: Record<string, unknown> = {}
  const notUpdated: Record<string, unknown> = {}
  const refused = (keys: readonly string[]): Record<string, unknown> =>
    Object.fromEntries(keys.map((key) => [key, { type: 'forbidden' }]))
  account.transact(() => {
    for (const [id, patch] of Object.entries(wanted.update)) {
      attempt(notUpdated, id, () => {
        const identity = access.isOwner ? account.side.identities.get(resolveId(context, id)) : undefined
        if (!identity) throw new SetError('notFound')
        account.side.identities.set(identity.id, changed(identity, patch))
        account.log.record('Identity', identity.id, 'updated')
        updated[id] = null
      })
    }
  })
  const newState = stateOf(account, 'Identity')
  const results = setResults({
    ...{ updated, notUpdated },
    notCreated: refused(Object.keys(wanted.create)),
    notDestroyed: refused(wanted.destroy),
  })
  return { accountId: account.id, oldState, newState, ...results }
}

function changed(identity: Identity, patch: unknown): Identity {
  if (!isObject(patch)) throw new SetError('invalidPatch')
  const wrong = Object.keys(patch).filter((name) => !(FIELDS[name]?.(patch[name]) ?? false))
  if (wrong.length > 0) throw new SetError('invalidProperties', undefined, { properties: wrong })
  return { ...identity, ...patch }
}
