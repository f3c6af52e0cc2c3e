/**
 * What an invitation says (RFC 5545, RFC 5546), as far as a reader needs it: what, when, where, who. ical.js reads the
 * text; the time is asked of the browser where it knows the zone, and of the invitation's own VTIMEZONE where not.
 */
import ICAL from 'ical.js'
import { stripBidi } from '../../../mail/addresses.ts'
import { zonedTime } from './zoned-time.ts'

interface InvitationTime {
  /** The moment, ms; of a whole day its beginning where the reader is. */
  readonly at: number
  /** The same as a clock on the wall says it where it takes place, as if it were UTC. */
  readonly wall: number
}

export interface Invitation {
  readonly kind: 'invited' | 'updated' | 'cancelled' | 'answer'
  readonly title: string
  readonly start: InvitationTime
  readonly end: InvitationTime | null
  readonly isAllDay: boolean
  readonly repeats: boolean
  /** As the invitation names it; null for a time without one. */
  readonly zone: string | null
  readonly place: string
  readonly organizer: string
  readonly invited: number
}

/** Invitations are some kilobytes; more is something else. */
const longest = 500_000
const longestText = 500

/** Null for what is no invitation that can be read. */
export function readInvitation(text: string): Invitation | null {
  if (text.length > longest) return null
  try {
    const parsed: unknown = ICAL.parse(text)
    const calendar = new ICAL.Component((Array.isArray(parsed) && Array.isArray(parsed[0]) ? parsed[0] : parsed) as [])
    const event = calendar.getFirstSubcomponent('vevent')
    return event && read(calendar, event)
  } catch {
    return null
  }
}

function read(calendar: ICAL.Component, event: ICAL.Component): Invitation | null {
  const begins = event.getFirstProperty('dtstart')
  const first = begins?.getFirstValue()
  if (!begins || !(first instanceof ICAL.Time)) return null
  const zone = first.isDate ? null : textOf(begins.getParameter('tzid')) || (isUtc(first) ? 'UTC' : null)
  const organizer = event.getFirstProperty('organizer')
  return {
    kind: kindOf(calendar, event),
    title: valueOf(event, 'summary'),
    start: timeOf(calendar, first, zone),
    end: endOf(calendar, event, first, zone),
    isAllDay: first.isDate,
    repeats: event.getFirstProperty('rrule') !== null,
    zone,
    place: valueOf(event, 'location'),
    organizer: organizer
      ? clean(textOf(organizer.getParameter('cn')) || textOf(organizer.getFirstValue()).replace(/^mailto:/i, ''))
      : '',
    invited: event.getAllProperties('attendee').length,
  }
}

function kindOf(calendar: ICAL.Component, event: ICAL.Component): Invitation['kind'] {
  const method = valueOf(calendar, 'method').toUpperCase()
  if (method === 'CANCEL' || valueOf(event, 'status').toUpperCase() === 'CANCELLED') return 'cancelled'
  if (method === 'REPLY') return 'answer'
  return Number(valueOf(event, 'sequence')) > 0 ? 'updated' : 'invited'
}

function endOf(
  calendar: ICAL.Component,
  event: ICAL.Component,
  first: ICAL.Time,
  zone: string | null,
): InvitationTime | null {
  const ends = event.getFirstProperty('dtend')
  const last = ends?.getFirstValue()
  if (last instanceof ICAL.Time)
    return timeOf(calendar, last, textOf(ends?.getParameter('tzid')) || (isUtc(last) ? 'UTC' : zone))
  const length = event.getFirstPropertyValue('duration')
  if (!(length instanceof ICAL.Duration)) return null
  const after = first.clone()
  after.addDuration(length)
  return timeOf(calendar, after, zone)
}

function timeOf(calendar: ICAL.Component, time: ICAL.Time, zone: string | null): InvitationTime {
  const wall = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second)
  const here = new Date(time.year, time.month - 1, time.day, time.hour, time.minute, time.second).getTime()
  if (time.isDate || zone === null) return { at: here, wall }
  return { at: zonedTime(wall, zone) ?? ownZone(calendar, time, zone) ?? here, wall }
}

/** The invitation's own rules, where they are yearly as those of real zones: others could keep the page busy for ever. */
function ownZone(calendar: ICAL.Component, time: ICAL.Time, zone: string): number | undefined {
  const component = calendar
    .getAllSubcomponents('vtimezone')
    .find((one) => textOf(one.getFirstPropertyValue('tzid')) === zone)
  const changes = component?.getAllSubcomponents() ?? []
  const isYearly = changes.every((change) =>
    change.getAllProperties('rrule').every((rule) => /^FREQ=YEARLY\b/i.test(textOf(rule.getFirstValue()))),
  )
  if (!component || !isYearly || time.year > 2200) return undefined
  const local = time.clone()
  local.zone = new ICAL.Timezone({ component, tzid: zone })
  return local.toJSDate().getTime()
}

function isUtc(time: ICAL.Time): boolean {
  return time.zone === ICAL.Timezone.utcTimezone
}

function valueOf(component: ICAL.Component, name: string): string {
  return clean(textOf(component.getFirstPropertyValue(name)))
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return textOf(value[0])
  if (typeof value === 'number') return String(value)
  // rules and addresses of ical.js know how they are written
  return value instanceof ICAL.Recur ? value.toString() : ''
}

function clean(text: string): string {
  return stripBidi(text).replace(/\s+/g, ' ').trim().slice(0, longestText)
}
