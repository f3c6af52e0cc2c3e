/** When an invitation takes place, in words: where the reader is, and where it takes place if clocks differ there. */
import { invitation as t } from '../../../i18n/en/invitation.ts'
import type { Invitation } from './read-invitation.ts'

export interface InvitationWords {
  readonly weekday: string
  readonly day: string
  readonly month: string
  /** In the reader's zone. */
  readonly time: string
  /** '' where clocks agree. */
  readonly theirs: string
}

export function invitationWords(invitation: Invitation, timeZone?: string): InvitationWords {
  const { start, end, zone, isAllDay } = invitation
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(undefined, { timeZone, ...options }).format(start.at)
  const leaf = {
    weekday: part({ weekday: 'short' }),
    day: part({ day: 'numeric' }),
    month: part({ month: 'short' }),
  }
  if (isAllDay) return { ...leaf, time: t.allDay, theirs: '' }
  const mine = range(start.at, end?.at, timeZone)
  const other = zone === null ? mine : range(start.wall, end?.wall, 'UTC')
  const isSame = zone === null || other === mine
  return { ...leaf, time: zone === null ? mine : t.yours(mine), theirs: isSame ? '' : t.theirs(other, cityOf(zone)) }
}

/** The day is named where it is not that of the leaf. */
function range(from: number, to: number | undefined, timeZone: string | undefined): string {
  const clock = new Intl.DateTimeFormat(undefined, { timeZone, hour: '2-digit', minute: '2-digit' })
  if (to === undefined || to <= from) return clock.format(from)
  const date = new Intl.DateTimeFormat(undefined, { timeZone, day: 'numeric', month: 'short' })
  const last = date.format(from) === date.format(to) ? clock.format(to) : `${date.format(to)} ${clock.format(to)}`
  return t.range(clock.format(from), last)
}

/** "Los Angeles" of "America/Los_Angeles". */
function cityOf(zone: string): string {
  return zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone
}
