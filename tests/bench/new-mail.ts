/** One new mail, and what fetched it. */
import type { DemoSite } from '../../demo/http/serve.ts'
import type { Exchange } from './slow-proxy.ts'

/** No re-ask begins before this time. */
const REASK_MS = 1900

export function deliver(server: DemoSite['server'], subject: string): void {
  const raw = [
    'From: Bench <bench@remote.example>',
    'To: Mara Lindqvist <mara@lindqvist.example>',
    `Subject: ${subject}`,
    `Message-ID: <${String(Date.now())}@remote.example>`,
    `Date: ${new Date().toUTCString()}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    'One line of text.',
    '',
  ].join('\r\n')
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
