/** The intent "set or remove one keyword": its effect. */
import type { Email } from '../jmap/types.ts'

export type Keywords = Email['keywords']

/** The keywords with one set or removed; the same object when nothing changes, so that views can compare by reference. */
export function withKeyword(keywords: Keywords, keyword: string, value: boolean): Keywords {
  if (Object.hasOwn(keywords, keyword) === value) return keywords
  // Object.fromEntries defines own properties, so a keyword named `__proto__` is a keyword and nothing else.
  const rest = Object.entries(keywords).filter(([name]) => name !== keyword)
  return Object.fromEntries(value ? [...rest, [keyword, true as const]] : rest)
}
