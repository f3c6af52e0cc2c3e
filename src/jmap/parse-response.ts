/** RFC 8620 §3.4: the answer to a request, checked, with every response kept under its call id. */
import type { CallResult, JmapResponse } from './client.ts'
import { JmapError } from './errors.ts'
import type { Invocation } from './types.ts'
import { asObject, asString, own } from './wire-json.ts'

export interface ParsedResponse {
  readonly byCall: ReadonlyMap<string, readonly CallResult[]>
  readonly sessionState: string
}

/** Throws JmapError `protocol` when the value is no response, or answers a call with another method's name. */
export function parseResponse(value: unknown, calls: readonly Invocation[]): ParsedResponse {
  const object = asObject(value)
  const responses = own(object, 'methodResponses')
  if (!Array.isArray(responses)) throw new JmapError('protocol', 'The answer is not a JMAP response')
  const byCall = new Map<string, CallResult[]>(calls.map(([, , callId]) => [callId, []]))
  for (const response of responses as readonly unknown[]) {
    const [callId, result] = parseInvocation(response)
    // What was not asked is dropped: it could stand for the answer to another part of a split request.
    byCall.get(callId)?.push(result)
  }
  for (const [method, , callId] of calls) {
    const first = byCall.get(callId)?.[0]
    if (first?.ok && first.name !== method) throw new JmapError('protocol', 'A call is answered by another method')
  }
  return { byCall, sessionState: asString(own(object, 'sessionState')) ?? '' }
}

function parseInvocation(value: unknown): [callId: string, result: CallResult] {
  const [name, args, callId] = Array.isArray(value) ? (value as readonly unknown[]) : []
  const object = asObject(args)
  if (typeof name !== 'string' || typeof callId !== 'string' || !object) {
    throw new JmapError('protocol', 'A method response has the wrong shape')
  }
  if (name !== 'error') return [callId, { ok: true, name, args: object }]
  const description = asString(own(object, 'description'))
  const type = asString(own(object, 'type')) ?? 'serverFail'
  return [callId, { ok: false, type, ...(description === undefined ? {} : { description }) }]
}

/** Several answers to one list of calls, as one. */
export function joinResponses(
  parts: readonly ParsedResponse[],
  about: { sequence: number; sent: number; received: number },
): JmapResponse {
  const byCall = new Map(parts.flatMap((part) => [...part.byCall]))
  const all = (callId: string): readonly CallResult[] => byCall.get(callId) ?? []
  return {
    all,
    result(callId) {
      const first = all(callId)[0]
      if (!first) throw new JmapError('protocol', `The server did not answer call ${callId}`)
      return first
    },
    sessionState: parts.at(-1)?.sessionState ?? '',
    sequence: about.sequence,
    bytes: { sent: about.sent, received: about.received },
  }
}
