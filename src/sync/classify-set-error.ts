/** What a refusal of /set means for the outbox row (B6.4). One function, so that one table tests it. */

export type SetErrorClass =
  /** The same patch may succeed later. */
  | 'retry'
  /** The object is gone: nothing to do, unless it lives on under another id (B6.5a). */
  | 'drop'
  /** The server will never take it: the row stays, and the user decides. */
  | 'fail'

/** RFC 8620 §5.3 SetErrors and §3.6.2 method errors that pass by themselves. */
const PASSING = new Set([
  'serverUnavailable',
  'serverPartialFail',
  'rateLimit',
  'stateMismatch',
  'willDestroy',
  'tooManyPendingRequests',
])

/** A second `serverFail` of the same row is not bad luck. */
const SERVER_FAILS = 2

export function classifySetError(type: string, attempts: number): SetErrorClass {
  if (PASSING.has(type)) return 'retry'
  if (type === 'serverFail') return attempts < SERVER_FAILS ? 'retry' : 'fail'
  if (type === 'notFound') return 'drop'
  return 'fail'
}
