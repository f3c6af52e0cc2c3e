import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fieldValue, pickedTime, snoozeTimes } from './snooze-times.ts'

const zone = process.env['TZ']
beforeEach(() => {
  process.env['TZ'] = 'Europe/Berlin'
})
afterEach(() => {
  process.env['TZ'] = zone
})

const at = (text: string): number => new Date(text).getTime()
const offered = (now: string): Record<string, string> =>
  Object.fromEntries(snoozeTimes(at(now)).map((time) => [time.name, fieldValue(time.at)]))

describe('the hours that mail is put off to', () => {
  it('are all there on the morning of a working day', () => {
    expect(offered('2026-11-25T09:20')).toEqual({
      laterToday: '2026-11-25T12:00',
      thisEvening: '2026-11-25T18:00',
      tomorrow: '2026-11-26T08:00',
      thisWeekend: '2026-11-28T08:00',
      nextWeek: '2026-11-30T08:00',
    })
  })

  it.each([
    ['2026-11-25T15:00', ['thisEvening', 'tomorrow', 'thisWeekend', 'nextWeek']],
    ['2026-11-25T18:00', ['tomorrow', 'thisWeekend', 'nextWeek']],
    ['2026-11-27T20:00', ['tomorrow', 'nextWeek']],
    ['2026-11-28T20:00', ['tomorrow', 'nextWeek']],
    ['2026-11-29T20:00', ['tomorrow']],
    ['2026-11-30T20:00', ['tomorrow', 'thisWeekend', 'nextWeek']],
  ])('at %s leave out what is over, or would be the same twice', (now, names) => {
    expect(Object.keys(offered(now))).toEqual(names)
  })

  it('are to come, in their order, at every hour of a week', () => {
    for (let hour = 0; hour < 168; hour += 1) {
      const now = at('2026-11-25T00:00') + hour * 3_600_000
      const hours = snoozeTimes(now).map((time) => time.at)
      expect(hours.every((each) => each > now)).toBe(true)
      expect(hours).toEqual([...new Set(hours)].toSorted((a, b) => a - b))
    }
  })

  it('are hours of the clock across a change of it: 23 hours in spring, 25 in autumn', () => {
    expect(offered('2026-03-28T09:00')).toMatchObject({ tomorrow: '2026-03-29T08:00', nextWeek: '2026-03-30T08:00' })
    expect(offered('2026-10-24T09:00')).toMatchObject({ tomorrow: '2026-10-25T08:00', nextWeek: '2026-10-26T08:00' })
    const [spring, autumn] = ['2026-03-28T08:00', '2026-10-24T08:00'].map(
      (now) => (snoozeTimes(at(now)).find(({ name }) => name === 'tomorrow')?.at ?? 0) - at(now),
    )
    expect([spring, autumn]).toEqual([23 * 3_600_000, 25 * 3_600_000])
  })

  it('go on over the end of a month and of a year', () => {
    expect(offered('2026-12-31T20:00')).toEqual({
      tomorrow: '2027-01-01T08:00',
      thisWeekend: '2027-01-02T08:00',
      nextWeek: '2027-01-04T08:00',
    })
  })
})

describe('an hour that is picked', () => {
  it('is one of the reader’s clock, and still to come', () => {
    const now = at('2026-11-25T09:20')
    expect(pickedTime('2026-11-25T09:21', now)).toBe(at('2026-11-25T08:21Z'))
    expect(pickedTime('2026-11-25T09:20', now)).toBeUndefined()
    expect(pickedTime('', now)).toBeUndefined()
    expect(pickedTime('soon', now)).toBeUndefined()
  })
})
