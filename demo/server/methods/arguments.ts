/** Reads a method's arguments; what has the wrong type is invalidArguments (RFC 8620 §3.6.2). */
import { MethodError } from '../errors.ts'

export type Args = Readonly<Record<string, unknown>>

const invalid = (name: string): MethodError =>
  new MethodError('invalidArguments', `"${name}" has a wrong type or value.`)

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function optionalString(args: Args, name: string): string | null {
  const value = args[name] ?? null
  if (value !== null && typeof value !== 'string') throw invalid(name)
  return value
}

export function requiredString(args: Args, name: string): string {
  const value = optionalString(args, name)
  if (value === null) throw new MethodError('invalidArguments', `The "${name}" property is required.`)
  return value
}

export function flag(args: Args, name: string): boolean {
  const value = args[name] ?? false
  if (typeof value !== 'boolean') throw invalid(name)
  return value
}

export function optionalInteger(args: Args, name: string): number | null {
  const value = args[name] ?? null
  if (value !== null && !Number.isSafeInteger(value)) throw invalid(name)
  return value as number | null
}

export function unsignedInteger(args: Args, name: string): number | null {
  const value = optionalInteger(args, name)
  if (value !== null && value < 0) throw invalid(name)
  return value
}

export function optionalStrings(args: Args, name: string): readonly string[] | null {
  const value = args[name] ?? null
  if (value === null) return null
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) throw invalid(name)
  return value
}

export function optionalObject(args: Args, name: string): Record<string, unknown> | null {
  const value = args[name] ?? null
  if (value === null) return null
  if (!isObject(value)) throw invalid(name)
  return value
}
