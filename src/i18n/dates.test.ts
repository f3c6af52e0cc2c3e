/** R22: what the words of dates do when the clock or the zone of the device is not what it was, or not right. */
import { afterEach, describe, expect, it } from 'vitest'
import { asOf, dayHead, rowTime } from './dates.ts'
import { sinceDay } from './since.ts'

const zone = process.env['TZ']
afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

const DAY = 86_400_000
const now = Date.UTC(2026, 10, 25, 12)
const received = '2026-11-25T08:12:00Z'

describe('a device that is taken to another zone while the page is open', () => {
  it('shows the times of the zone that it is in', () => {
    process.env['TZ'] = 'UTC'
    const before = rowTime(received, now)
    process.env['TZ'] = 'Asia/Tokyo'
    const after = rowTime(received, now)
    expect(before).toMatch(/8:12/)
    expect(after).toMatch(/5:12|17:12/)
    expect(asOf(Date.parse(received), now)).toBe(after)
  })
})

describe('a clock that is wrong by a year', () => {
  it('says the date with its year, and never that mail is of today', () => {
    for (const wrong of [now - 365 * DAY, now + 365 * DAY]) {
      expect(rowTime(received, wrong)).toMatch(/2026/)
      expect(dayHead(received, wrong)).toMatch(/2026/)
      expect(sinceDay(received, wrong)).toMatch(/2026/)
      expect(asOf(Date.parse(received), wrong)).toMatch(/2026/)
    }
  })

  it('still takes mail of an hour from now for today, and of tomorrow too', () => {
    expect(dayHead(new Date(now + 3_600_000).toISOString(), now)).toBe(dayHead(received, now))
    expect(dayHead(new Date(now + DAY).toISOString(), now)).toBe(dayHead(received, now))
  })
})

describe('a day on which the clocks change', () => {
  it.each([
    ['25 hours long', '2026-10-25T22:30:00Z', '2026-10-24T22:30:00Z', '2026-10-24T21:30:00Z'],
    ['23 hours long', '2026-03-29T21:30:00Z', '2026-03-28T23:30:00Z', '2026-03-28T22:30:00Z'],
  ])('%s begins and ends at midnight', (_what, evening, afterMidnight, beforeMidnight) => {
    process.env['TZ'] = 'Europe/Berlin'
    const at = Date.parse(evening)
    expect([dayHead(afterMidnight, at), dayHead(beforeMidnight, at)]).toEqual(['Today', 'Yesterday'])
    expect(rowTime(afterMidnight, at)).toMatch(/^(?:0?0|12):30/)
    expect(rowTime(beforeMidnight, at)).toMatch(/^Sat .*:30/)
  })
})
