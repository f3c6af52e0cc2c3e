/** Reads of what a server did or refused, one by one; apart from `read-results.ts`, since no first row needs it. */
import type { JmapResponse } from '../jmap/client.ts'

/** The arguments of a call's response; undefined for a method error. */
export function argsIfOk(response: JmapResponse, callId: string): Record<string, unknown> | undefined {
  const result = response.result(callId)
  return result.ok ? result.args : undefined
}

/** The value of an own property, null as well; undefined where there is none. */
export function ownOf(map: unknown, id: string): unknown {
  return typeof map === 'object' && map !== null && Object.hasOwn(map, id)
    ? (map as Record<string, unknown>)[id]
    : undefined
}

/** An id the answer is silent about is as good as a failure of the server. */
export function errorType(error: unknown): string {
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined
  return typeof type === 'string' ? type : 'serverFail'
}
