/** Dates of the demo mailbox: everything is told from an injected now, so that the mail never looks old. */

const minute = 60_000
const day = 24 * 60 * minute
/** Where Mara lives. */
const timeZone = 'Europe/Stockholm'

export class Moments {
  readonly now: number

  constructor(now: number) {
    // whole seconds, as servers keep them
    this.now = Math.floor(now / 1000) * 1000
  }

  /** So long ago. */
  ago(days: number, hours = 0, minutes = 0): number {
    return this.now - days * day - (hours * 60 + minutes) * minute
  }

  /** The next such weekday (0 is Sunday) that is at least so many days away. */
  weekday(weekday: number, atLeast: number): number {
    const date = this.now + atLeast * day
    return date + ((weekday - new Date(date).getUTCDay() + 7) % 7) * day
  }

  /** The same day and hour, so many months away. */
  month(offset: number): number {
    const date = new Date(this.now)
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1, 12)
  }
}

/** `Saturday 12 December`, as the given language writes it. */
export function dayName(at: number, locale = 'en-GB'): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone })
    .format(at)
    .replace(',', '')
}

/** `12 December`. */
export function dayOf(at: number, locale = 'en-GB'): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone }).format(at)
}

/** `12 December 2026`. */
export function fullDay(at: number, locale = 'en-GB'): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(at)
}

/** `November 2026`. */
export function monthOf(at: number, locale = 'en-GB'): string {
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone }).format(at)
}

/** `Mon 23 Nov 2026 at 14:32`, as programs write it above a quote: without Intl, for there are many. */
export function quoteDate(at: number): string {
  // `Mon, 23 Nov 2026 14:32:05 GMT`, an hour on: the winter time of the people of the demo
  const [weekday = '', day = '', month = '', year = '', time = ''] = new Date(at + 3_600_000).toUTCString().split(' ')
  return `${weekday.replace(',', '')} ${Number(day)} ${month} ${year} at ${time.slice(0, 5)}`
}

/** `20261126T090000Z`, for iCalendar and file names. */
export function stamp(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '')
}
