import { afterEach, expect, test } from 'vitest'
import { EngineBench } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

test('a message missing from the first page is found by the second look', async () => {
  bench = await EngineBench.create({ like: 'stalwart' })
  bench.fill(300)
  await bench.clock.advance(5_000)
  // Not yet in the sort index: the query puts it behind everything else (stalwart.md, first section).
  bench.deliver({ subject: 'Just now' })
  await bench.start()
  await bench.clock.settle()
  const inbox = bench.mailboxId('inbox')
  expect((await bench.list(inbox))[0]).not.toBe(bench.serverList(inbox)[0])
  await bench.clock.advance(3_000)
  expect((await bench.list(inbox))[0]).toBe(bench.serverList(inbox)[0])
})

test('new mail is listed by its own date, whatever the index says, and queryChanges is never asked', async () => {
  bench = await EngineBench.create({ like: 'stalwart' })
  bench.fill(50)
  const engine = await bench.startAndSettle()
  const inbox = bench.mailboxId('inbox')
  for (let i = 0; i < 20; i += 1) {
    bench.deliver({ subject: `Burst ${i}` })
    engine.didPush()
    await bench.clock.advance(110)
  }
  expect(new Set(await bench.list(inbox))).toEqual(new Set(bench.serverList(inbox)))
  expect(bench.client.seen.flatMap(({ names }) => names)).not.toContain('Email/queryChanges')
})

test('a first page taken while everything was new claims no more than it holds', async () => {
  bench = await EngineBench.create({ like: 'stalwart', limits: { maxObjectsInGet: 7 }, keptMessages: 7 })
  bench.fill(40)
  await bench.startAndSettle()
  const inbox = bench.mailboxId('inbox')
  const list = await bench.list(inbox)
  expect(list).toEqual(bench.serverList(inbox).slice(0, list.length))
})
