/** Values of header fields as a server gives them, read without trust. */
import type { EmailAddress } from '../jmap/types.ts'
import { arrayOf, isObject, own, textOrNull } from './json-values.ts'

/** Far above what a header of mail holds, far below what would hurt. */
export const MAX_TEXT = 2_000
const MAX_ADDRESSES = 10_000

export function toAddresses(value: unknown): EmailAddress[] | null {
  if (!Array.isArray(value)) return null
  return arrayOf(value, MAX_ADDRESSES, (item) => {
    if (!isObject(item)) return null
    const email = textOrNull(own(item, 'email'), MAX_TEXT)
    return email === null ? null : { name: textOrNull(own(item, 'name'), MAX_TEXT), email }
  })
}

/** RFC 8620 §1.4; kept as written if it is a date at all. */
export function toDate(value: unknown): string | null {
  return typeof value === 'string' && value.length < 64 && Number.isFinite(Date.parse(value)) ? value : null
}
