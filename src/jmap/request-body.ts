/** One JMAP request as it is sent (RFC 8620 §3.3), and whether the server takes it. */
import { usingFor } from './capabilities.ts'
import type { SessionLimits } from './session.ts'
import type { Invocation } from './types.ts'

export interface RequestBody {
  readonly calls: readonly Invocation[]
  readonly body: string
  /** Octets of `body` in UTF-8. */
  readonly size: number
}

const encoder = new TextEncoder()
export const octets = (text: string): number => encoder.encode(text).length

export type RequestLimits = Pick<SessionLimits, 'maxCallsInRequest' | 'maxSizeRequest'>

/** `texts` are the calls as JSON. */
export function assemble(
  calls: readonly Invocation[],
  offered: ReadonlySet<string>,
  texts: readonly string[] = calls.map((call) => JSON.stringify(call)),
): RequestBody {
  const body = `{"using":${JSON.stringify(usingFor(calls, offered))},"methodCalls":[${texts.join(',')}]}`
  return { calls, body, size: octets(body) }
}

export function fits(count: number, size: number, limits: RequestLimits): boolean {
  return count <= limits.maxCallsInRequest && size <= limits.maxSizeRequest
}
