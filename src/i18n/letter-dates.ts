/** The date words of an opened letter; they travel with the conversation's chunk. */
import { clock, daysAgo, lazily, rowTime } from './dates.ts'

const complete = lazily({ dateStyle: 'full', timeStyle: 'long' })

/** As `rowTime`, with the clock wherever there is room for it: "Sat 18:04", "18 Nov 10:47". */
export function letterTime(receivedAt: string, now: number): string {
  const ms = Date.parse(receivedAt)
  if (Number.isNaN(ms)) return ''
  const days = daysAgo(ms, now)
  if (days <= 1 && days >= 0) return rowTime(receivedAt, now)
  return `${rowTime(receivedAt, now)} ${clock.format(ms)}`
}

/** The date in full, with the zone. */
export function fullTime(date: string): string {
  const ms = Date.parse(date)
  return Number.isNaN(ms) ? date : complete.format(ms)
}
