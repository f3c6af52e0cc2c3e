/** The JMAP API over HTTP: one POST, checked. Knows nothing of queues, refresh or splitting. */
import type { HttpDeps } from './http-exchange.ts'
import { exchange, readJson } from './http-exchange.ts'
import { parseResponse } from './parse-response.ts'
import type { ParsedResponse } from './parse-response.ts'
import type { RequestBody } from './request-body.ts'

/** Long enough for a slow phone line and a large answer; the outcome of a set is unknown after it. */
const requestTimeoutMs = 60_000

export interface PostOptions {
  readonly apiUrl: string
  readonly authorization: string
  readonly signal?: AbortSignal | undefined
}

/** Posts one request. Rejects with a JmapError; method errors are in the answer. */
export function postRequest(
  deps: HttpDeps,
  request: RequestBody,
  options: PostOptions,
): Promise<ParsedResponse & { readonly received: number }> {
  return exchange(
    deps,
    {
      url: options.apiUrl,
      method: 'POST',
      headers: {
        Authorization: options.authorization,
        'Content-Type': 'application/json',
        Accept: 'application/json',
      },
      body: request.body,
      signal: options.signal,
      timeoutMs: requestTimeoutMs,
    },
    async (response) => {
      const { value, bytes } = await readJson(response, deps.clock.now())
      return { ...parseResponse(value, request.calls), received: bytes }
    },
  )
}
