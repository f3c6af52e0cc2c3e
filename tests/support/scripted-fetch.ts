/** A fetch for tests: answers by a function and keeps what was asked, so that a test can say what left the page. */
export interface SeenRequest {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  readonly body: string
  readonly init: RequestInit
}

export interface ScriptedFetch {
  readonly fetch: typeof fetch
  readonly seen: SeenRequest[]
}

export type Answer = (request: SeenRequest) => Response | Promise<Response>

export function scriptedFetch(answer: Answer): ScriptedFetch {
  const seen: SeenRequest[] = []
  const scripted = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const url = input instanceof Request ? input.url : String(input)
    const body = init.body instanceof Blob ? await init.body.text() : typeof init.body === 'string' ? init.body : ''
    const request = { url, method: init.method ?? 'GET', headers: new Headers(init.headers), body, init }
    seen.push(request)
    const signal = init.signal
    signal?.throwIfAborted()
    return await new Promise<Response>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
      Promise.resolve()
        .then(() => answer(request))
        .then(resolve, reject)
    })
  }
  return { fetch: scripted, seen }
}

export function json(value: unknown, init: ResponseInit = {}): Response {
  return new Response(JSON.stringify(value), {
    ...init,
    headers: { 'Content-Type': 'application/json', ...(init.headers as Record<string, string> | undefined) },
  })
}
