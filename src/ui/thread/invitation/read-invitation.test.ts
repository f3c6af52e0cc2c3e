import { expect, it } from 'vitest'
import { readInvitation } from './read-invitation.ts'

const event = (lines: readonly string[], more: readonly string[] = ['METHOD:REQUEST']): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...more,
    'BEGIN:VEVENT',
    'UID:1',
    ...lines,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
const iso = (ms: number | undefined): string => new Date(ms ?? 0).toISOString()

it('reads what, when, where and who', () => {
  const invitation = readInvitation(
    event([
      'SUMMARY:Harbour walk\\, and',
      '  planning',
      'DTSTART;TZID=Europe/Oslo:20261126T100000',
      'DTEND;TZID=Europe/Oslo:20261126T113000',
      'LOCATION:Pier 4\\nby the old crane',
      'ORGANIZER;CN=Jonas Okafor:mailto:jonas@tidewater.example',
      'ATTENDEE:mailto:a@x.example',
      'ATTENDEE:mailto:b@x.example',
    ]),
  )
  expect(invitation).toMatchObject({
    kind: 'invited',
    title: 'Harbour walk, and planning',
    place: 'Pier 4 by the old crane',
    organizer: 'Jonas Okafor',
    invited: 2,
    zone: 'Europe/Oslo',
    isAllDay: false,
  })
  expect(iso(invitation?.start.at)).toBe('2026-11-26T09:00:00.000Z')
  expect(iso(invitation?.end?.at)).toBe('2026-11-26T10:30:00.000Z')
  expect(iso(invitation?.start.wall)).toBe('2026-11-26T10:00:00.000Z')
})

it('asks the invitation’s own rules for a zone that only it knows', () => {
  const zone = [
    'METHOD:REQUEST',
    'BEGIN:VTIMEZONE',
    'TZID:Our Office',
    'BEGIN:STANDARD',
    'DTSTART:16010101T030000',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
    'END:STANDARD',
    'BEGIN:DAYLIGHT',
    'DTSTART:16010101T020000',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
    'END:DAYLIGHT',
    'END:VTIMEZONE',
  ]
  const at = (day: string): string =>
    iso(readInvitation(event([`DTSTART;TZID=Our Office:${day}T100000`, 'DURATION:PT1H30M'], zone))?.start.at)
  expect(at('20261126')).toBe('2026-11-26T09:00:00.000Z')
  expect(at('20260726')).toBe('2026-07-26T08:00:00.000Z')
  const ends = readInvitation(event(['DTSTART;TZID=Our Office:20261126T100000', 'DURATION:PT1H30M'], zone))?.end
  expect(iso(ends?.at)).toBe('2026-11-26T10:30:00.000Z')
})

it.each([
  [['DTSTART:20261126T100000Z', 'SEQUENCE:2'], ['METHOD:REQUEST'], 'updated'],
  [['DTSTART:20261126T100000Z'], ['METHOD:CANCEL'], 'cancelled'],
  [['DTSTART:20261126T100000Z', 'STATUS:CANCELLED'], ['METHOD:REQUEST'], 'cancelled'],
  [['DTSTART:20261126T100000Z'], ['METHOD:REPLY'], 'answer'],
] as const)('knows what became of it: %j %j', (lines, method, kind) => {
  expect(readInvitation(event(lines, method))?.kind).toBe(kind)
})

it('takes a whole day as a day of the reader’s', () => {
  const invitation = readInvitation(event(['DTSTART;VALUE=DATE:20261126', 'SUMMARY:Day']))
  expect(invitation?.isAllDay).toBe(true)
  expect(new Date(invitation?.start.at ?? 0).getDate()).toBe(26)
})

it.each(['', 'nonsense', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR', event([]), event(['DTSTART:soon'])])(
  'reads nothing from %j',
  (text) => expect(readInvitation(text)).toBeNull(),
)

it('is not kept busy by rules that no zone has', () => {
  const zone = ['BEGIN:VTIMEZONE', 'TZID:X', 'BEGIN:STANDARD', 'DTSTART:16010101T000000', 'TZOFFSETFROM:+0000']
  const more = [...zone, 'TZOFFSETTO:+0100', 'RRULE:FREQ=SECONDLY', 'END:STANDARD', 'END:VTIMEZONE']
  const start = performance.now()
  readInvitation(event(['DTSTART;TZID=X:20261126T100000', 'RRULE:FREQ=SECONDLY'], more))
  expect(performance.now() - start).toBeLessThan(500)
})
