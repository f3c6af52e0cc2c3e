import { expect, it } from 'vitest'
import { invitationWords } from './invitation-words.ts'
import type { Invitation } from './read-invitation.ts'

const at = (iso: string, wall = iso): { at: number; wall: number } => ({ at: Date.parse(iso), wall: Date.parse(wall) })
const walk: Invitation = {
  kind: 'invited',
  title: 'Walk',
  start: at('2026-11-26T18:00:00Z', '2026-11-26T10:00:00Z'),
  end: at('2026-11-26T19:30:00Z', '2026-11-26T11:30:00Z'),
  isAllDay: false,
  repeats: false,
  zone: 'America/Los_Angeles',
  place: '',
  organizer: '',
  invited: 0,
}

it('names both times where clocks differ', () => {
  const words = invitationWords(walk, 'Europe/Berlin')
  expect(words.time).toMatch(/^0?7:00\sPM to 0?8:30\sPM, your time$|^19:00 to 20:30, your time$/)
  expect(words.theirs).toMatch(/^10:00.* to 11:30.* in Los Angeles$/)
  expect(words.day).toBe('26')
})

it('names one where they agree', () => {
  expect(invitationWords(walk, 'America/Los_Angeles').theirs).toBe('')
})

it('says a whole day, and the day on which a long one ends', () => {
  expect(invitationWords({ ...walk, isAllDay: true }, 'UTC')).toMatchObject({ time: 'All day', theirs: '' })
  const days = { ...walk, zone: null, end: at('2026-11-28T09:00:00Z') }
  expect(invitationWords(days, 'UTC').time).toMatch(/28/)
})
