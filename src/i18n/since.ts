/** When a conversation began: "today", "yesterday", "Saturday", "3 October", "3 October 2025". */
import { lazily } from './dates.ts'

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })
const weekday = lazily({ weekday: 'long' })
const dayMonth = lazily({ day: 'numeric', month: 'long' })
const dayMonthYear = lazily({ day: 'numeric', month: 'long', year: 'numeric' })

/** Empty when the date cannot be read. */
export function sinceDay(date: string, now: number): string {
  const ms = Date.parse(date)
  if (Number.isNaN(ms)) return ''
  const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(ms).setHours(0, 0, 0, 0)) / 86_400_000)
  if (days === 0 || days === 1) return relative.format(-days, 'day')
  if (days > 1 && days < 7) return weekday.format(ms)
  return (new Date(ms).getFullYear() === new Date(now).getFullYear() ? dayMonth : dayMonthYear).format(ms)
}
