/** How an answer to `Identity/get` is read. */
import type { Identity, IdentityId } from '../jmap/types.ts'
import { MAX_TEXT } from './header-values.ts'
import { idOrNull, isObject, own, textOrNull } from './json-values.ts'

/** The name goes into a From header one day: a line break in it is refused, not carried. */
export function toIdentity(raw: unknown): Identity | undefined {
  if (!isObject(raw)) return undefined
  const id = idOrNull<IdentityId>(own(raw, 'id'))
  const email = textOrNull(own(raw, 'email'), MAX_TEXT)
  if (id === null || email === null || /[\r\n]/.test(email)) return undefined
  const name = textOrNull(own(raw, 'name'), MAX_TEXT) ?? ''
  return { id, name: name.replace(/[\r\n].*$/s, '').trim(), email }
}
