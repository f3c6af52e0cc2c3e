import { afterEach, expect, test } from 'vitest'
import { ROWS } from '../../src/replica/kept/make-room.ts'
import { EngineBench } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

test('rows that went because one could not be read are fetched anew by the next leader, and what waits is sent', async () => {
  bench = await EngineBench.create()
  const ids = bench.fill(20)
  const old = await bench.startAndSettle()
  let isDeposed = false
  old.onDeposed(() => (isDeposed = true))
  const epoch = (await bench.replica.read(['meta'], (tx) => tx.get('meta', 'epoch')))?.value ?? 0
  await bench.replica.write({ epoch }, (tx) => {
    for (const store of ROWS) tx.kept.clear(store)
    return Promise.resolve()
  })
  await bench.replica.appendMutation({
    type: 'setKeyword',
    emailIds: [ids[0]!],
    blobIds: [],
    keyword: '$flagged',
    value: true,
  })
  bench.replica.announce({ all: true })
  expect(isDeposed).toBe(true)
  await bench.startAndSettle()
  expect((await bench.replica.emails(ids)).filter((email) => email !== undefined)).toHaveLength(20)
  expect([...(bench.account.emails.get(ids[0]!)?.keywords ?? [])]).toContain('$flagged')
  expect(await bench.replica.outbox()).toEqual([])
})
