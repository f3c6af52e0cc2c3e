/** One new mail, and what fetched it. */
import { oneLineLetter } from '../support/one-line-letter.ts'
import type { DemoSite } from '../../demo/http/serve.ts'
import type { Exchange } from './slow-proxy.ts'

/** No re-ask begins before this time. */
const REASK_MS = 1900

export function deliver(server: DemoSite['server'], subject: string): void {
  const raw = oneLineLetter({
    from: 'Bench <bench@remote.example>',
    subject,
    messageId: `${String(Date.now())}@remote.example`,
  })
  server.accountOf('mara@lindqvist.example').deliver(raw)
}

export function postsSince(log: readonly Exchange[], since: number): Exchange[] {
  return log.filter(({ start, method, path }) => start >= since && method === 'POST' && path.startsWith('/jmap'))
}

/** The re-ask pulls once more before it asks, 2 s after the arrival: that is its own. */
export function pullsOf(log: readonly Exchange[], since: number): Exchange[] {
  return postsSince(log, since).filter(
    ({ start, requestBody }) => requestBody.includes('/changes"') && start < since + REASK_MS,
  )
}
