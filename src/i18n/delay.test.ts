import { expect, it } from 'vitest'
import { delayBetween } from './delay.ts'

it.each([
  ['2026-11-25T10:00:00Z', '2026-11-25T10:00:40Z', ''],
  ['2026-11-25T10:00:00Z', '2026-11-25T10:02:40Z', '2 minutes'],
  ['2026-11-25T10:00:00+01:00', '2026-11-25T12:00:00Z', '3 hours'],
  ['2026-11-20T10:00:00Z', '2026-11-25T12:00:00Z', '5 days'],
  ['2026-11-25T11:00:00Z', '2026-11-25T10:00:00Z', ''],
  ['nonsense', '2026-11-25T10:00:00Z', ''],
])('sent %s, received %s: %j', (sent, received, words) => {
  expect(delayBetween(sent, received)).toBe(words)
})
