/** What stopped a sign-in, as an outcome. Fetched once something did. */
import { JmapError } from '../jmap/errors.ts'
import { parseUrl } from '../jmap/parse-url.ts'
import type { Scheme } from './choose-scheme.ts'
import { refused, type SignInOutcome, type SignInRequest } from './outcomes.ts'

export interface SignInAttempt {
  readonly scheme: Scheme
  readonly request: SignInRequest
  /** Where the password was sent. */
  readonly url: string
  readonly crossOrigin: boolean
}

/** Throws what is no answer of a server. */
export function outcomeOf(error: unknown, { scheme, request, url, crossOrigin }: SignInAttempt): SignInOutcome {
  if (!(error instanceof JmapError)) throw error
  const { status, retryAfterMs } = error
  const told = { ...(status === undefined ? {} : { status }), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
  switch (error.kind) {
    case 'unauthorized':
      // Stalwart's word on a wrong password is `failure`; its 401 is about the client, and no password mends it.
      return scheme === 'basic' ? refused(scheme, request) : { kind: 'server', ...told }
    case 'mfaRequired':
      return { kind: 'appPasswordNeeded' }
    case 'forbidden':
      return { kind: 'locked' }
    case 'busy':
      return status === 429
        ? { kind: 'locked', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
        : { kind: 'server', ...told }
    case 'network':
    case 'timeout':
      return { kind: 'discovery', problem: { kind: 'unreachable', url, crossOrigin } }
    case 'origin':
      return { kind: 'discovery', problem: originProblem(error, url) }
    case 'protocol':
      return { kind: 'discovery', problem: { kind: 'notJmap', url, status: status ?? 200, isHtml: false } }
    default:
      return { kind: 'server', ...told }
  }
}

/** A status means that the server redirected; without one, the session it gave leads elsewhere. */
function originProblem(
  { status, url }: JmapError,
  sessionUrl: string,
): Extract<SignInOutcome, { kind: 'discovery' }>['problem'] {
  if (status !== undefined) return { kind: 'redirect', url: sessionUrl }
  const target = url ?? sessionUrl
  return { kind: 'foreignUrl', url: target, origin: parseUrl(target)?.origin ?? 'null' }
}
