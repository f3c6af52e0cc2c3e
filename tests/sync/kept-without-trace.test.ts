import { afterEach, expect, test } from 'vitest'
import type { EmailBody } from '../../src/jmap/types.ts'
import { EngineBench } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

test('a body that an earlier build kept without its trace is fetched anew by who opens it, and only then', async () => {
  bench = await EngineBench.create()
  const id = bench.deliver({ subject: 'Kept' })
  const before = await bench.startAndSettle()
  await Promise.all([before.fetchBodies([id]), bench.clock.advance(1_000)])
  const { trace, ...rest } = (await bench.replica.body(id)) as EmailBody
  expect(trace).toEqual([])
  const epoch = await bench.replica.claimEpoch()
  await bench.replica.write({ epoch }, (tx) => tx.putBodies([rest]))
  const engine = await bench.startAndSettle()
  expect((await bench.replica.body(id))?.trace).toBeUndefined()
  await Promise.all([engine.fetchBodies([id]), bench.clock.advance(1_000)])
  expect((await bench.replica.body(id))?.trace).toEqual([])
  const asked = bench.client.seen.length
  await Promise.all([engine.fetchBodies([id]), bench.clock.advance(1_000)])
  expect(bench.client.seen.length).toBe(asked)
})
