/** What a server says about a request that it did not take, as an error. Fetched with the first of them. */
import { JmapError } from './errors.ts'
import { parseRetryAfter } from './retry-after.ts'
import { asObject, asString, own, parseWireJson } from './wire-json.ts'

const jmapErrorPrefix = 'urn:ietf:params:jmap:error:'

/** Of an answer that is not a success. Reads the body of a 400 only. */
export async function toError(response: Response, now: number): Promise<JmapError> {
  const { status } = response
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), now)
  switch (status) {
    case 400:
      return badRequest(await response.text().catch(() => ''))
    case 401:
      return new JmapError('unauthorized', 'The server refused the credentials', { status })
    case 402:
      return new JmapError('mfaRequired', 'The account wants a second factor', { status })
    case 403:
      return new JmapError('forbidden', 'The server forbids this', { status })
    case 413:
      return new JmapError('limit', 'The request is too large', { status, limit: 'maxSizeRequest' })
    case 429:
    case 503:
      return new JmapError('busy', 'The server asks to wait', { status, retryAfterMs })
    default:
      return status >= 500
        ? new JmapError('server', `The server failed with ${status}`, { status, retryAfterMs })
        : new JmapError('protocol', `The server answered ${status}`, { status })
  }
}

/** RFC 8620 §3.6.1: a problem document names the limit that was passed. */
function badRequest(text: string): JmapError {
  let problem: unknown
  try {
    problem = parseWireJson(text)
  } catch {
    return new JmapError('protocol', 'The server refused the request', { status: 400 })
  }
  const object = asObject(problem)
  const type = asString(own(object, 'type')) ?? ''
  if (type !== `${jmapErrorPrefix}limit`) {
    const known = ['unknownCapability', 'notJSON', 'notRequest'].find((name) => type === jmapErrorPrefix + name)
    return new JmapError('protocol', `The server refused the request${known ? ` (${known})` : ''}`, { status: 400 })
  }
  const limit = asString(own(object, 'limit'))
  // Too many at once is a matter of time, not of the request.
  if (limit === 'maxConcurrentRequests' || limit === 'maxConcurrentUpload') {
    return new JmapError('busy', 'Too many requests at once', { status: 400, limit })
  }
  return new JmapError('limit', 'The request passes a limit of the server', { status: 400, limit })
}
