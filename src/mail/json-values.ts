/**
 * Reading JSON that may lie: wrong types become the neutral value, text and lists are cut at sizes no honest server
 * reaches, and maps are made by defining own properties, so that a key named `__proto__` is a key and nothing else.
 */

export type RawObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is RawObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An own property: what a prototype says is no answer of the server. */
export function own(object: RawObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** RFC 8620 §1.2. Ids stand in URLs, keys and selectors: anything else than the RFC's alphabet is refused. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller names the brand of the id
export function idOrNull<T extends string>(value: unknown): T | null {
  return typeof value === 'string' && /^[A-Za-z0-9_-]{1,255}$/.test(value) ? (value as T) : null
}

export function textOrNull(value: unknown, maxLength: number): string | null {
  if (typeof value !== 'string') return null
  return value.length > maxLength ? value.slice(0, maxLength).toWellFormed() : value
}

/** RFC 8620 §1.3 UnsignedInt. */
export function countOrZero(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0
}

export function arrayOf<T>(value: unknown, maxLength: number, read: (item: unknown) => T | null): T[] {
  if (!Array.isArray(value)) return []
  return value.slice(0, maxLength).flatMap((item: unknown) => read(item) ?? [])
}

/** `{name: true}` maps (keywords, mailboxIds): names that `read` refuses, and values other than true, are left out. */
export function setOf<K extends string>(
  value: unknown,
  maxSize: number,
  read: (name: string) => K | null,
): Record<K, true> {
  if (!isObject(value)) return {} as Record<K, true>
  const names = Object.keys(value).filter((name) => value[name] === true)
  const entries = names.slice(0, maxSize).flatMap((name) => {
    const key = read(name)
    return key === null ? [] : [[key, true as const] as const]
  })
  return Object.fromEntries(entries) as Record<K, true>
}
