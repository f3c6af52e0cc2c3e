import { afterEach, expect, test } from 'vitest'
import { EngineBench } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

test('a leader whose lock was stolen writes nothing more and says so', async () => {
  bench = await EngineBench.create()
  const ids = bench.fill(20)
  const old = await bench.startAndSettle()
  let isDeposed = false
  old.onDeposed(() => (isDeposed = true))
  bench.client.faults = (calls) => (calls.some(([name]) => name === 'Email/query') ? { delayAfter: 3_000 } : undefined)
  const late = old.fetchWindow({ query: { mailboxId: bench.mailboxId('inbox') }, position: 0, limit: 20 })
  const refused = late.then(
    () => 'answered',
    () => 'refused',
  )
  await bench.clock.advance(10)
  await bench.start()
  bench.account.setKeywords(ids[3]!, { $seen: true })
  bench.engine.didPush()
  await bench.clock.advance(20_000)
  expect(await refused).toBe('refused')
  expect(isDeposed).toBe(true)
  const [row] = await bench.replica.emails([ids[3]!])
  expect(row?.keywords).toHaveProperty('$seen')
})

test('a leader that another one overtakes while it starts says so, as one that was overtaken later', async () => {
  bench = await EngineBench.create()
  const claim = bench.replica.claimEpoch.bind(bench.replica)
  // Two tabs that stood still were given the lock one after the other, and go on at once.
  bench.replica.claimEpoch = async () => {
    const epoch = await claim()
    await claim()
    return epoch
  }
  let isDeposed = false
  const started = bench.start()
  bench.engine.onDeposed(() => (isDeposed = true))
  await started
  expect(isDeposed).toBe(true)
})
