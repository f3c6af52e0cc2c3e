/** An estimate of what a body takes on the disk: its text in UTF-16, and something for the rest. */
import type { EmailBody } from '../jmap/types.ts'

const OVERHEAD = 1_000

export function estimateBytes(body: EmailBody): number {
  return Object.values(body.bodyValues).reduce((sum, { value }) => sum + 2 * value.length, OVERHEAD)
}
