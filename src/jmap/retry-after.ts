/** RFC 9110 §10.2.3: a number of seconds or an HTTP-date. */

/** A server that asks for more is asked again after an hour: it may have been restarted. */
const longestMs = 3_600_000

/** Milliseconds to wait, or undefined where the header is absent or makes no sense. */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d{1,15}$/.test(text)) return Math.min(Number(text) * 1000, longestMs)
  // Date.parse accepts far more than HTTP-dates ("-5" is a year): all three forms begin with a day's name.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.min(Math.max(0, date - now), longestMs)
}
