/** The intent "set or remove one keyword": its effect and its inverse. */
import type { Email } from '../jmap/types.ts'
import type { SetKeyword } from './mutation.ts'

export type Keywords = Email['keywords']

/** The keywords with one set or removed; the same object when nothing changes, so that views can compare by reference. */
export function withKeyword(keywords: Keywords, keyword: string, value: boolean): Keywords {
  if (Object.hasOwn(keywords, keyword) === value) return keywords
  // Object.fromEntries defines own properties, so a keyword named `__proto__` is a keyword and nothing else.
  const rest = Object.entries(keywords).filter(([name]) => name !== keyword)
  return Object.fromEntries(value ? [...rest, [keyword, true as const]] : rest)
}

/** What undoes it for the Emails that it changed; undefined when it changed none. */
export function inverse(
  mutation: SetKeyword,
  before: readonly Pick<Email, 'id' | 'keywords'>[],
): SetKeyword | undefined {
  const changed = new Set(
    before
      .filter((email) => Object.hasOwn(email.keywords, mutation.keyword) !== mutation.value)
      .map((email) => email.id),
  )
  const indexes = mutation.emailIds.flatMap((id, index) => (changed.has(id) ? [index] : []))
  if (indexes.length === 0) return undefined
  return {
    ...mutation,
    emailIds: mutation.emailIds.filter((_, index) => indexes.includes(index)),
    blobIds: mutation.blobIds.filter((_, index) => indexes.includes(index)),
    value: !mutation.value,
  }
}
