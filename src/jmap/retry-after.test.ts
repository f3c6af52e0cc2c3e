import { expect, test } from 'vitest'
import { parseRetryAfter } from './retry-after.ts'

const now = Date.parse('Wed, 25 Nov 2026 12:00:00 GMT')

test.each([
  ['0', 0],
  ['2530', 2_530_000],
  [' 7 ', 7_000],
  ['86400', 3_600_000],
  ['999999999999999', 3_600_000],
  ['Wed, 25 Nov 2026 12:00:30 GMT', 30_000],
  ['Wednesday, 25-Nov-26 12:00:30 GMT', 30_000],
  ['Wed Nov 25 12:00:30 2026 GMT', 30_000],
  ['Wed, 25 Nov 2026 11:00:00 GMT', 0],
  ['Thu, 26 Nov 2026 12:00:00 GMT', 3_600_000],
  ['-5', undefined],
  ['1.5', undefined],
  ['1e3', undefined],
  ['soon', undefined],
  ['Wed, 99 Foo 2026', undefined],
  ['', undefined],
  [null, undefined],
])('%j means %j', (header, expected) => {
  expect(parseRetryAfter(header, now)).toBe(expected)
})
