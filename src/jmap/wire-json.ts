/** Reading JSON that a server wrote: every shape is checked where it is used, and no key can reach a prototype. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Also the escaped spelling, which a parser turns into the same key. */
const protoKey = /__proto__|\\u005f/i

/**
 * JSON.parse makes `__proto__` an own key, which is harmless until someone copies it with `copy[key] = value`. The key is
 * dropped here so that no later line has to think of it; nothing in JMAP has that name. The reviver runs only when the
 * text could hold one: it costs several times the parsing.
 */
export function parseWireJson(text: string): unknown {
  if (!protoKey.test(text)) return JSON.parse(text)
  return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value))
}

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
}

/** An own property; an inherited one (`constructor`) counts as absent. */
export function own(object: JsonObject | undefined, key: string): unknown {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined
}

export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
