/**
 * Date words by Intl, in the reader's locale and time zone. Formatters are built once per kind: a list asks for
 * hundreds of words, and building a formatter costs more than using it a hundred times.
 */
import { list } from './en/list.ts'

const DAY = 86_400_000

export const clock = lazily({ timeStyle: 'short' })
const weekday = lazily({ weekday: 'short' })
const dayMonth = lazily({ day: 'numeric', month: 'short' })
const dayMonthYear = lazily({ day: 'numeric', month: 'short', year: 'numeric' })
const monthName = lazily({ month: 'long' })
const monthYear = lazily({ month: 'long', year: 'numeric' })

/**
 * Built when first used: the start of the page must not wait for all of them. A formatter keeps the zone that it was built
 * in, so one is built anew when the device has been taken to another.
 */
export function lazily(options: Intl.DateTimeFormatOptions): { format(ms: number): string; locale(): string } {
  let format: Intl.DateTimeFormat | undefined
  let offset = 0
  const built = (): Intl.DateTimeFormat => {
    const here = new Date().getTimezoneOffset()
    if (here !== offset) format = undefined
    offset = here
    return (format ??= new Intl.DateTimeFormat(undefined, options))
  }
  return { format: (ms) => built().format(ms), locale: () => built().resolvedOptions().locale }
}

/** Builds what rows are dated with, while the first of them are on their way: it takes as long as making them. */
export function prepareDates(now: number): void {
  for (const format of [clock, weekday, dayMonth, dayMonthYear, monthName, monthYear]) format.format(now)
  weekStart(now)
}

/** Midnight of the day in the reader's zone. Differences are rounded to days: a day with a clock change has 23 or 25 h. */
function midnight(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0)
}

export function daysAgo(ms: number, now: number): number {
  return Math.round((midnight(now) - midnight(ms)) / DAY)
}

/** "14:32" today, "Sun 21:06" yesterday, "Fri" within a week, "3 Oct", "3 Oct 2025". */
export function rowTime(receivedAt: string, now: number): string {
  const ms = Date.parse(receivedAt)
  if (Number.isNaN(ms)) return ''
  const days = daysAgo(ms, now)
  if (days === 0) return clock.format(ms)
  if (days === 1) return `${weekday.format(ms)} ${clock.format(ms)}`
  return days > 1 && days < 7 ? weekday.format(ms) : dateOf(ms, now)
}

/** "14:41" today, "Sat 08:12" in the last days, else "3 Oct" or "3 Oct 2025": when something was true. */
export function asOf(ms: number, now: number): string {
  const days = daysAgo(ms, now)
  if (days === 0) return clock.format(ms)
  return days > 0 && days < 7 ? `${weekday.format(ms)} ${clock.format(ms)}` : dateOf(ms, now)
}

function dateOf(ms: number, now: number): string {
  return sameYear(ms, now) ? dayMonth.format(ms) : dayMonthYear.format(ms)
}

/** The head over the first row of a day or, further back, of a week or month. Same words, same group. */
export function dayHead(receivedAt: string, now: number): string {
  const ms = Date.parse(receivedAt)
  if (Number.isNaN(ms)) return ''
  const days = daysAgo(ms, now)
  // Tomorrow is a sender's clock or another zone; further on it is the clock here that is wrong, and "Today" would be.
  if (days < -1) return monthYear.format(ms)
  if (days <= 0) return list.today
  if (days === 1) return list.yesterday
  const week = weekStart(now)
  if (ms >= week) return list.thisWeek
  if (ms >= midnight(week - 7 * DAY + DAY / 2)) return list.lastWeek
  return sameYear(ms, now) ? monthName.format(ms) : monthYear.format(ms)
}

function sameYear(a: number, b: number): boolean {
  return new Date(a).getFullYear() === new Date(b).getFullYear()
}

interface WeekInfo {
  readonly firstDay: number
}

/** ISO number of the locale's first weekday. Firefox has neither form of week info: Monday, as ISO 8601 says. */
function readFirstDay(): number {
  const locale = new Intl.Locale(clock.locale()) as Intl.Locale & {
    getWeekInfo?: () => WeekInfo
    weekInfo?: WeekInfo
  }
  return (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1
}

let firstDay: number | undefined

function weekStart(now: number): number {
  const start = midnight(now)
  firstDay ??= readFirstDay()
  const back = (new Date(start).getDay() - (firstDay % 7) + 7) % 7
  return midnight(start - back * DAY + DAY / 2)
}
