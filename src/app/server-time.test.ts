import { expect, test } from 'vitest'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import type { Clock } from '../platform/clock.ts'
import { followServerTime } from './server-time.ts'

const YEAR = 365 * 86_400_000

/** A device whose clock is `wrong` by so many ms, and a host whose clock is right. */
function start(wrong: number, date = (ms: number): string | null => new Date(ms).toUTCString()) {
  const right = new ManualClock()
  const device = { wrong, asked: 0 }
  const given: Clock = {
    now: () => right.now() + device.wrong,
    monotonic: () => right.monotonic(),
    after: (ms, callback) => right.after(ms, callback),
  }
  const clock: Clock = { ...given }
  const fetch = (() => {
    device.asked += 1
    const said = date(right.now())
    if (said === '') return Promise.reject(new TypeError('no network'))
    return Promise.resolve(new Response(null, { headers: said === null ? {} : { Date: said } }))
  }) as typeof globalThis.fetch
  const stop = followServerTime({ fetch }, clock, given)
  const error = (): number => Math.abs(clock.now() - right.now())
  return { right, device, error, stop }
}

test.each([
  ['a year ahead', YEAR],
  ['a year behind', -YEAR],
  ['two days ahead', 2 * 86_400_000],
])('a clock %s is set right', async (_what, wrong) => {
  const { right, error } = start(wrong)
  await right.advance(0)
  expect(error()).toBeLessThanOrEqual(1000)
})

test('one that is right but for a minute is left alone, and nobody is asked again', async () => {
  const { right, device, error } = start(60_000)
  await right.advance(3_600_000)
  expect(error()).toBe(60_000)
  expect(device.asked).toBe(1)
})

test('a jump while the page stands open is noticed, and one back', async () => {
  const { right, device, error } = start(0)
  await right.advance(0)
  for (const wrong of [YEAR, -YEAR, 0]) {
    device.wrong = wrong
    await right.advance(30_000)
    expect(error()).toBeLessThanOrEqual(1000)
  }
  expect(device.asked).toBe(4)
})

test.each([
  ['no network', ''],
  ['a host that says no date', null],
  ['nonsense for a date', 'yesterday'],
])('%s leaves the clock as it is', async (_what, said) => {
  const { right, error } = start(YEAR, () => said)
  await right.advance(60_000)
  expect(error()).toBe(YEAR)
})
