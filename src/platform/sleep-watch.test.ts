import { expect, test } from 'vitest'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import { watchSleep } from './sleep-watch.ts'

test('a sleep is told once, with the first timer after it; plain time is not', async () => {
  const clock = new ManualClock()
  let wakes = 0
  const stop = watchSleep(
    clock,
    () => 2000,
    () => (wakes += 1),
  )
  await clock.advance(60_000)
  expect(wakes).toBe(0)
  await clock.sleep(600_000)
  expect(wakes).toBe(1)
  await clock.advance(60_000)
  expect(wakes).toBe(1)
  stop()
  await clock.sleep(600_000)
  expect(wakes).toBe(1)
})
