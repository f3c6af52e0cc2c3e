/**
 * One HTTP request and its answer, under the rules that hold for all of Postern: no cookies, no cache, no redirect
 * followed with credentials, a deadline, and one error vocabulary. Server text never gets into an error: Stalwart's
 * `detail` repeats the whole request (M19).
 */
import type { Clock } from '../platform/clock.ts'
import { JmapError } from './errors.ts'
import { loadCode } from './load-code.ts'
import { parseWireJson } from './wire-json.ts'

export interface HttpDeps {
  readonly fetch: typeof fetch
  readonly clock: Clock
}

export interface HttpRequest {
  readonly url: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: BodyInit
  readonly signal?: AbortSignal | undefined
  /** The deadline for the whole answer; with `readBody` the body too. */
  readonly timeoutMs: number
  /** `omit` but for our own files: a gate before the host may want its cookie. */
  readonly credentials?: RequestCredentials
  /** Only for requests without credentials. */
  readonly followRedirects?: boolean
}

/**
 * Sends the request and lets `read` take the answer within the deadline. Whatever goes wrong on the way is a JmapError;
 * the status is not judged here.
 */
export async function exchange<T>(
  deps: HttpDeps,
  request: HttpRequest,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  if (request.signal?.aborted) throw new JmapError('aborted', 'The request was given up before it left')
  // Called as a bare function: a browser's fetch refuses any `this` but its own.
  const { fetch, clock } = deps
  const controller = new AbortController()
  const deadline = { passed: false }
  const cancelTimer = clock.after(request.timeoutMs, () => {
    deadline.passed = true
    controller.abort()
  })
  const onAbort = (): void => {
    controller.abort()
  }
  request.signal?.addEventListener('abort', onAbort, { once: true })
  try {
    const response = await fetch(request.url, {
      method: request.method ?? 'GET',
      headers: request.headers ?? {},
      ...(request.body === undefined ? {} : { body: request.body }),
      credentials: request.credentials ?? 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      redirect: request.followRedirects === true ? 'follow' : 'manual',
      signal: controller.signal,
    })
    // A browser hides where a redirect leads (opaqueredirect, status 0); other runtimes show the 3xx.
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      throw new JmapError('origin', 'The server redirects', { status: response.status, url: request.url })
    }
    return await read(response)
  } catch (error) {
    if (error instanceof JmapError) throw error
    if (deadline.passed) throw new JmapError('timeout', 'The server did not answer in time')
    if (request.signal?.aborted) throw new JmapError('aborted', 'The request was given up')
    throw new JmapError('network', 'No answer from the server', { cause: error })
  } finally {
    cancelTimer()
    request.signal?.removeEventListener('abort', onAbort)
  }
}

/** The typed error for an answer that is not a success, or undefined for 2xx. Reads the body of a 400 only. */
export async function errorOf(response: Response, now: number): Promise<JmapError | undefined> {
  const { status } = response
  if (status >= 200 && status < 300) return undefined
  const { toError } = await loadCode(() => import('./refused-request.ts'))
  return toError(response, now)
}

/** The JSON of a successful answer and its size, or a JmapError. */
export async function readJson(response: Response, now: number): Promise<{ value: unknown; bytes: number }> {
  const failure = await errorOf(response, now)
  if (failure) throw failure
  const type = response.headers.get('content-type')
  if (type !== null && !/^application\/([\w.-]+\+)?json\b/i.test(type.trim())) {
    throw new JmapError('protocol', 'The answer is not JSON', { status: response.status })
  }
  const buffer = await response.arrayBuffer()
  try {
    return { value: parseWireJson(new TextDecoder().decode(buffer)), bytes: buffer.byteLength }
  } catch {
    // The parser's message would quote the answer.
    throw new JmapError('protocol', 'The answer is broken JSON', { status: response.status })
  }
}
