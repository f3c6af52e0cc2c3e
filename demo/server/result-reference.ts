/** Back-references between the calls of a request (RFC 8620 §3.7). */
import { MethodError } from './errors.ts'
import { isObject } from './methods/arguments.ts'

export type Response = readonly [name: string, args: Record<string, unknown>, callId: string]

export function resolveReferences(
  args: Readonly<Record<string, unknown>>,
  responses: readonly Response[],
  errorType: string,
): Record<string, unknown> {
  const resolved: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(args)) {
    if (!name.startsWith('#') || !isObject(value) || !('resultOf' in value)) {
      resolved[name] = value
      continue
    }
    const plain = name.slice(1)
    if (Object.hasOwn(args, plain)) {
      throw new MethodError('invalidArguments', `"${plain}" is given both as a value and as a reference.`)
    }
    const { resultOf, name: method, path } = value
    const response = responses.find(([, , callId]) => callId === resultOf)
    if (!response || response[0] !== method || typeof path !== 'string')
      throw new MethodError(errorType, `No result of ${String(resultOf)}.`)
    const found = evaluate(response[1], path.split('/').slice(1))
    if (found === undefined) throw new MethodError(errorType, `Nothing at ${path}.`)
    resolved[plain] = found
  }
  return resolved
}

/** A JSON pointer (RFC 6901) with `*` for every item of an array, flattened one level. */
function evaluate(value: unknown, path: readonly string[]): unknown {
  const [token, ...rest] = path
  if (token === undefined) return value
  if (token === '*') {
    if (!Array.isArray(value)) return undefined
    const items: unknown[] = []
    for (const item of value) {
      const found = evaluate(item, rest)
      if (found === undefined) return undefined
      if (Array.isArray(found)) items.push(...(found as unknown[]))
      else items.push(found)
    }
    return items
  }
  const key = token.replaceAll('~1', '/').replaceAll('~0', '~')
  if (Array.isArray(value)) return /^(?:0|[1-9]\d*)$/.test(key) ? evaluate(value[Number(key)], rest) : undefined
  return isObject(value) && Object.hasOwn(value, key) ? evaluate(value[key], rest) : undefined
}
