import { afterEach, expect, test } from 'vitest'
import { EngineBench } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

test('a late window does not overwrite what a pull has said since', async () => {
  bench = await EngineBench.create()
  const ids = bench.fill(20)
  const engine = await bench.startAndSettle()
  const inbox = bench.mailboxId('inbox')
  bench.client.faults = (calls) => (calls.some(([name]) => name === 'Email/query') ? { delayAfter: 2_000 } : undefined)
  const window = engine.fetchWindow({ query: { mailboxId: inbox }, position: 0, limit: 20 })
  await bench.clock.advance(10)
  bench.account.setKeywords(ids[3]!, { $seen: true })
  engine.didPush()
  await bench.clock.advance(5_000)
  await window
  const [row] = await bench.replica.emails([ids[3]!])
  expect(row?.keywords).toHaveProperty('$seen')
})

test('a message created and destroyed between two pulls leaves no row behind', async () => {
  bench = await EngineBench.create()
  bench.fill(5)
  const engine = await bench.startAndSettle()
  const inbox = bench.mailboxId('inbox')
  const ghost = bench.deliver({ subject: 'Ghost' })
  bench.client.faults = (calls) =>
    calls.some(([name]) => name === 'Email/changes') ? { delayBefore: 1_000 } : undefined
  const window = engine.fetchWindow({ query: { mailboxId: inbox }, position: 0, limit: 20 })
  await bench.clock.advance(100)
  bench.account.destroy(ghost)
  await bench.clock.advance(10_000)
  await window
  expect(await bench.knownIds()).not.toContain(ghost)
  expect(await bench.list(inbox)).toEqual(bench.serverList(inbox))
})

test('a backlog in many pages ends complete', async () => {
  bench = await EngineBench.create({ limits: { changesMaxResults: 10, maxObjectsInGet: 25 } })
  const ids = bench.fill(120)
  const engine = await bench.startAndSettle()
  for (const id of ids) bench.account.setKeywords(id, { $seen: true })
  for (const id of ids.slice(0, 40)) bench.account.move(id, [bench.mailboxId('archive')])
  bench.fill(35)
  engine.didPush()
  await bench.clock.advance(10_000)
  const inbox = bench.mailboxId('inbox')
  expect(await bench.list(inbox)).toEqual(bench.serverList(inbox))
  expect(engine.status.phase).toBe('ready')
})
