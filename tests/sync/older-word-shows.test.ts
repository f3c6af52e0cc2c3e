import { afterEach, expect, test } from 'vitest'
import type { EmailId } from '../../src/jmap/types.ts'
import { EngineBench } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

async function markSeen(ids: readonly EmailId[], value: boolean): Promise<void> {
  const rows = await bench.replica.emails(ids)
  const blobIds = rows.map((row) => row!.blobId)
  await bench.replica.appendMutation({ type: 'setKeyword', emailIds: ids, blobIds, keyword: '$seen', value })
}

test('an older word that is confirmed beside a refusal is not left in the base over the newer one', async () => {
  bench = await EngineBench.create()
  const [a, b] = bench.fill(2) as [EmailId, EmailId]
  await bench.startAndSettle()
  // Emails are pulled to the end, mailboxes are not.
  bench.client.refuses = (name) => (name === 'Mailbox/changes' ? 'serverUnavailable' : undefined)
  bench.account.destroy(b)
  await markSeen([a, b], true)
  await markSeen([a], false)
  bench.engine.pokeOutbox()
  await bench.clock.advance(500)
  bench.client.refuses = () => undefined
  bench.engine.refresh()
  await bench.clock.advance(60_000)
  expect(await bench.replica.outbox()).toEqual([])
  expect([...bench.account.living(a).keywords]).toEqual([])
  const [row] = await bench.replica.emails([a])
  expect(row?.keywords).toEqual({})
})

test('a word that is confirmed beside a refusal is not hidden by an older one whose pull has not ended', async () => {
  bench = await EngineBench.create()
  const [a, b, c] = bench.fill(3) as [EmailId, EmailId, EmailId]
  await bench.startAndSettle()
  bench.client.refuses = (name) => (name === 'Email/changes' ? 'serverUnavailable' : undefined)
  bench.account.destroy(c)
  await markSeen([a, b], true)
  await markSeen([a, c], false)
  bench.engine.pokeOutbox()
  await bench.clock.advance(500)
  expect([...bench.account.living(a).keywords]).toEqual([])
  const [shown, other] = await bench.replica.emails([a, b])
  expect(shown?.keywords).toEqual({})
  expect(other?.keywords).toEqual({ $seen: true })
  bench.client.refuses = () => undefined
  bench.engine.refresh()
  await bench.clock.advance(60_000)
  expect(await bench.replica.outbox()).toEqual([])
})

test('a window that left before a word was confirmed beside a refusal does not bring back what was before it', async () => {
  bench = await EngineBench.create()
  const [a, b] = bench.fill(2) as [EmailId, EmailId]
  await bench.startAndSettle()
  // The sweep that follows is slower still: it lets no older answer through.
  const delays = new Map([
    ['Email/query', 300],
    ['Email/get', 1_000],
  ])
  bench.client.faults = ([call]) => ({ delayAfter: delays.get(call?.[0] ?? '') ?? 0 })
  const query = { mailboxId: bench.mailboxId('inbox') }
  void bench.engine.fetchWindow({ query, position: 0, limit: 10 }).catch(() => undefined)
  await bench.clock.settle()
  bench.client.refuses = (name) => (name === 'Email/changes' ? 'serverUnavailable' : undefined)
  bench.account.destroy(b)
  await markSeen([a, b], true)
  bench.engine.pokeOutbox()
  await bench.clock.advance(500)
  expect([...bench.account.living(a).keywords]).toEqual(['$seen'])
  const [shown] = await bench.replica.emails([a])
  expect(shown?.keywords).toEqual({ $seen: true })
})
