/** The time that the age of kept mail is counted from. */
import type { AccountContext } from '../account-context.ts'
import { Walk } from './walk.ts'

/** Without mail for half a year, it is rather the clock that is wrong. */
const UNLIKELY_MS = 180 * 86_400_000

/**
 * By the device's clock, or by the newest mail here where the clock runs far ahead of it: one that is wrong by a year must
 * give nothing up that is young, and keeps as much as any other.
 */
export async function keepNow({ deps, replica }: AccountContext): Promise<number> {
  const now = deps.clock.now()
  const [id] = (await new Walk(replica, now, Infinity).next()) ?? []
  const [row] = id === undefined ? [] : await replica.emails([id])
  const newest = row ? Date.parse(row.receivedAt) : now
  return now - newest > UNLIKELY_MS ? newest : now
}
