/** A batch that a result reference may carry: bigger backlogs end in `requestTooLarge` (L3). */
const MAX_BATCH = 250

/** How many objects a request may name where the server allows `limit`. */
export function batchSize(limit: number): number {
  return Math.max(1, Math.min(MAX_BATCH, limit))
}
