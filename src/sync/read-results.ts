/** Reads of method responses that survive a server which leaves things out or sends other types. */
import type { JmapResponse } from '../jmap/client.ts'
import type { State } from '../jmap/types.ts'
import { MethodFailure } from './sync-errors.ts'

/** The arguments of a call's response; a method error becomes a `MethodFailure`. */
export function argsOf(response: JmapResponse, callId: string): Record<string, unknown> {
  const result = response.result(callId)
  if (!result.ok) throw new MethodFailure(callId, result.type)
  return result.args
}

export function idsIn<T extends string>(args: Record<string, unknown> | undefined, name: string): T[] {
  const value = args?.[name]
  return Array.isArray(value) ? value.filter((id): id is T => typeof id === 'string') : []
}

export function numberIn(args: Record<string, unknown>, name: string): number | undefined {
  const value = args[name]
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

export function stateIn(args: Record<string, unknown> | undefined, name = 'state'): State | undefined {
  const value = args?.[name]
  return typeof value === 'string' ? (value as State) : undefined
}

/** A /get answer without a state could not be pulled from. */
export function demandState(args: Record<string, unknown>, method: string): State {
  const state = stateIn(args)
  if (state === undefined) throw new MethodFailure(method, 'noState')
  return state
}

/** The objects of a /get response that have an id. */
export function listIn(args: Record<string, unknown> | undefined): (Record<string, unknown> & { id: string })[] {
  const value = args?.['list']
  if (!Array.isArray(value)) return []
  return value.filter(
    (item): item is Record<string, unknown> & { id: string } =>
      typeof item === 'object' && item !== null && typeof (item as { id?: unknown }).id === 'string',
  )
}

/** The /get rows that `parse` understands. */
export function parsedIn<T>(
  args: Record<string, unknown> | undefined,
  parse: (raw: unknown) => T | undefined | null,
): T[] {
  return listIn(args).flatMap((raw) => parse(raw) ?? [])
}

/** A page of ids ends the list when it is shorter than what was asked, by the server's own limit if it names one. */
export function isLastPage(args: Record<string, unknown>, asked: number): boolean {
  return idsIn(args, 'ids').length < Math.min(asked, numberIn(args, 'limit') ?? asked)
}
