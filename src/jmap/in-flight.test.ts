import { expect, test } from 'vitest'
import { ManualClock, settle } from '../../tests/support/manual-clock.ts'
import { JmapError } from './errors.ts'
import { InFlight } from './in-flight.ts'

/** A request that ends with its signal only, as after a change of networks. */
const hanging = (signal: AbortSignal): Promise<string> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new JmapError('aborted', 'gone')))
  })

test('what waits for long is given up as a network error, what just left is not', async () => {
  const clock = new ManualClock()
  const inFlight = new InFlight(clock)
  const ends: string[] = []
  const note = (name: string, one: Promise<string>): void => {
    one.then(
      (value) => ends.push(`${name} ${value}`),
      (error: unknown) => ends.push(`${name} ${(error as JmapError).kind}`),
    )
  }
  note('old', inFlight.run(undefined, hanging))
  await clock.advance(6000)
  note('new', inFlight.run(undefined, hanging))
  inFlight.giveUpStale()
  await settle()
  expect(ends).toEqual(['old network'])
  await clock.advance(6000)
  inFlight.giveUpStale()
  await settle()
  expect(ends).toEqual(['old network', 'new network'])
})

test('an abort of the caller stays one, before and after the request left', async () => {
  const inFlight = new InFlight(new ManualClock())
  const caller = new AbortController()
  const sent = inFlight.run(caller.signal, hanging)
  caller.abort()
  await expect(sent).rejects.toMatchObject({ kind: 'aborted' })
  await expect(
    inFlight.run(caller.signal, (signal) =>
      signal.aborted ? Promise.reject(new JmapError('aborted', 'before')) : Promise.resolve('sent'),
    ),
  ).rejects.toMatchObject({ kind: 'aborted' })
})
