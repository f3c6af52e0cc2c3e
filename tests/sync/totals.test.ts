import { afterEach, expect, test } from 'vitest'
import { EngineBench } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

test('a total is the number of rows of the list, and brings none of them', async () => {
  bench = await EngineBench.create({ keptMessages: 300 })
  bench.deliver({ subject: 'An old lantern', at: 1_000_000, mailbox: bench.mailboxId('archive') })
  bench.deliver({ subject: 'Another old lantern', at: 1_000_001, mailbox: bench.mailboxId('archive') })
  bench.fill(600)
  await bench.startAndSettle()
  const known = await bench.knownIds()
  const archive = bench.mailboxId('archive')
  const asked = bench.engine.fetchTotal({ mailboxId: archive, filter: { inMailbox: archive } })
  const [total] = await Promise.all([asked, bench.clock.advance(5_000)])
  expect(total).toBe(2)
  expect(await bench.knownIds()).toEqual(known)
})
