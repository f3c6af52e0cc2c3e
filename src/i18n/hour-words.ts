/** An hour to come, said in full: "Sat 28 Nov, 08:00". */
import { lazily } from './dates.ts'

const hour = lazily({ weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' })
const hourOfYear = lazily({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
})

/** With the year where `now` is given and it is another. */
export function hourWords(ms: number, now = ms): string {
  return (new Date(ms).getFullYear() === new Date(now).getFullYear() ? hour : hourOfYear).format(ms)
}
