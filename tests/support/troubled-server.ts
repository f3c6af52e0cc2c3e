/** A server and a line in trouble, in process. */
import { JmapError } from '../../src/jmap/errors.ts'
import type { FaultSource } from './in-process-client.ts'

/** Every other request fails, each time in another way: 429, its answer lost, 503, never arrived. */
export function everyOtherFails(): FaultSource {
  const busy = new JmapError('busy', '429', { retryAfterMs: 3_000 })
  const faults = [
    { fail: busy },
    { lose: 'after' },
    { fail: new JmapError('server', '503') },
    { lose: 'before' },
  ] as const
  let at = 0
  return () => ((at += 1) % 2 === 0 ? faults[(at / 2) % 4] : undefined)
}
