/** A request that leaves before the client is there that will want its answer. */
import type { HttpDeps } from './http-exchange.ts'
import type { ParsedResponse } from './parse-response.ts'
import { assemble, fits } from './request-body.ts'
import type { Session } from './session.ts'
import { postRequest } from './transport.ts'
import type { Invocation } from './types.ts'

export interface SentAhead {
  readonly body: string
  readonly part: Promise<ParsedResponse & { readonly received: number }>
}

/** Undefined where the server would not take the calls as one request: then nothing has left. */
export function sendAhead(
  deps: HttpDeps,
  { limits, capabilities, apiUrl }: Session,
  calls: readonly Invocation[],
  authorization: string,
): SentAhead | undefined {
  const request = assemble(calls, capabilities)
  if (!fits(calls.length, request.size, limits)) return undefined
  const part = postRequest(deps, request, { apiUrl, authorization, signal: undefined })
  // Heard by whoever takes it; nobody may.
  part.catch(() => undefined)
  return { body: request.body, part }
}
