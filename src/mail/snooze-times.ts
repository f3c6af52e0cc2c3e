/** The hours that mail is usually put off to, on the reader's clock: what each means on this day, and at this hour. Pure. */

type SnoozeTime = 'laterToday' | 'thisEvening' | 'tomorrow' | 'thisWeekend' | 'nextWeek'

export interface OfferedTime {
  readonly name: SnoozeTime
  readonly at: number
}

/** Hours of the day. */
const MORNING = 8
const EVENING = 18
/** Later today is a few hours on, and no later than this: then there is only the evening. */
const LATER = 3
const LAST_LATER = 17

const SUNDAY = 0
const SATURDAY = 6

/** In their order; what would be the same hour twice, or is over, is left out. */
export function snoozeTimes(now: number): readonly OfferedTime[] {
  const today = new Date(now)
  const day = today.getDay()
  const later = hourOf(now, 0, today.getHours() + LATER)
  const times: readonly (OfferedTime | false)[] = [
    today.getHours() + LATER <= LAST_LATER && { name: 'laterToday', at: later },
    today.getHours() < EVENING && { name: 'thisEvening', at: hourOf(now, 0, EVENING) },
    { name: 'tomorrow', at: hourOf(now, 1, MORNING) },
    // On Friday tomorrow is the weekend.
    day > SUNDAY && day < SATURDAY - 1 && { name: 'thisWeekend', at: hourOf(now, SATURDAY - day, MORNING) },
    // On Sunday tomorrow is the next week.
    day !== SUNDAY && { name: 'nextWeek', at: hourOf(now, 7 - ((day + 6) % 7), MORNING) },
  ]
  return times.flatMap((time) => time || [])
}

/** By the calendar, not by counting hours: a day on which clocks change has 23 or 25 of them. */
function hourOf(now: number, days: number, hour: number): number {
  const date = new Date(now)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hour).getTime()
}

/** What a date and time field holds, in the reader's zone; undefined where it is no time, or one that is over. */
export function pickedTime(value: string, now: number): number | undefined {
  // Without an offset it is local time (ECMA-262 §21.4.1.32).
  const at = new Date(value).getTime()
  return Number.isNaN(at) || at <= now ? undefined : at
}

/** The same the other way, to the minute. */
export function fieldValue(ms: number): string {
  const date = new Date(ms)
  const two = (number: number): string => String(number).padStart(2, '0')
  const day = [String(date.getFullYear()).padStart(4, '0'), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}
