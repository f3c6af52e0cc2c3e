import { afterEach, expect, test } from 'vitest'
import type { BlobId, EmailId } from '../../src/jmap/types.ts'
import { EngineBench } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

/** Two threads, joined by a reply that refers to both: Stalwart gives the second's message a new id (M17). */
async function mergedBench(): Promise<{ dead: string; blobId: string }> {
  bench = await EngineBench.create({ like: 'stalwart' })
  const at = bench.clock.now() - 60_000
  bench.deliver({ subject: 'Merge', messageId: 'a@example.test', at })
  const dead = bench.deliver({ subject: 'Merge', messageId: 'b@example.test', at: at + 1_000 })
  const engine = await bench.startAndSettle()
  await Promise.all([engine.fetchBodies([dead]), bench.clock.advance(100)])
  const { blobId } = bench.account.living(dead)
  bench.deliver({ subject: 'Re: Merge', references: ['a@example.test', 'b@example.test'] })
  return { dead, blobId }
}

test('a merged message keeps its body under its new id, and the old one is gone', async () => {
  const { dead, blobId } = await mergedBench()
  bench.engine.didPush()
  await bench.clock.advance(15_000)
  const inbox = bench.mailboxId('inbox')
  expect(await bench.list(inbox)).toEqual(bench.serverList(inbox))
  const known = await bench.knownIds()
  expect(known).not.toContain(dead)
  const [alive] = (await bench.replica.emails(known)).filter((row) => row?.blobId === blobId)
  expect(await bench.replica.body(alive!.id)).toBeDefined()
})

test('an action on the old id is not lost', async () => {
  const { dead, blobId } = await mergedBench()
  const ids = await bench.knownIds()
  const row = (await bench.replica.emails(ids)).find((email) => email?.id === dead)!
  await bench.replica.appendMutation({
    type: 'setKeyword',
    emailIds: [row.id],
    blobIds: [row.blobId],
    keyword: '$flagged',
    value: true,
  })
  bench.engine.pokeOutbox()
  await bench.clock.advance(15_000)
  const living = [...bench.account.emails.values()].find((email) => email.blobId === blobId)
  expect(living?.keywords.has('$flagged')).toBe(true)
  expect(await bench.replica.outbox()).toEqual([])
})

test('an action on the old id shows all the while that a server without changes is swept', async () => {
  const { dead, blobId } = await mergedBench()
  const row = (await bench.replica.emails(await bench.knownIds())).find((email) => email?.id === dead)!
  const shown: unknown[] = []
  bench.client.faults = () => ({ delayAfter: 50 })
  bench.account.forgetChanges()
  bench.engine.refresh()
  // Now the sweep waits for the server's index.
  await bench.clock.advance(1_000)
  const ids = { emailIds: [row.id], blobIds: [row.blobId] }
  await bench.replica.appendMutation({ type: 'setKeyword', ...ids, keyword: '$flagged', value: true })
  bench.replica.subscribe(() => {
    void bench.knownIds().then(async (known) => {
      const rows = (await bench.replica.emails(known)).filter((email) => email?.blobId === blobId)
      shown.push(...rows.map((email) => email?.keywords['$flagged']))
    })
  })
  await bench.clock.advance(15_000)
  expect(await bench.knownIds()).not.toContain(dead)
  expect(new Set(shown)).toEqual(new Set([true]))
})

test('an action on a message that is merged before a sweep, and again during it, shows under the last id', async () => {
  bench = await EngineBench.create({ like: 'stalwart' })
  const at = bench.clock.now() - 60_000
  const deliver = (name: string, ago: number): EmailId =>
    bench.deliver({ subject: 'Merge', messageId: `${name}@example.test`, at: at - ago })
  const [, , first] = [deliver('z', 2_000), deliver('a', 1_000), deliver('b', 0)]
  const engine = await bench.startAndSettle()
  await Promise.all([engine.fetchBodies([first]), bench.clock.advance(100)])
  const { blobId } = bench.account.living(first)
  const merge = (...names: readonly string[]): string | undefined => {
    bench.deliver({ subject: 'Re: Merge', references: names.map((name) => `${name}@example.test`) })
    return [...bench.account.emails.values()].find((email) => email.blobId === blobId)?.id
  }
  const ids = { emailIds: [first], blobIds: [blobId as BlobId] }
  bench.server.faults.add({ match: { method: 'Email/set' }, do: { kind: 'methodError', type: 'serverUnavailable' } })
  await bench.replica.appendMutation({ type: 'setKeyword', ...ids, keyword: '$flagged', value: true })

  const second = merge('a', 'b')
  bench.account.forgetChanges()
  engine.refresh()
  // Now the sweep waits for the server's index.
  await bench.clock.advance(1_000)
  const third = merge('z', 'a')
  expect(new Set([first, second, third]).size).toBe(3)
  await bench.clock.advance(15_000)

  const shown = (await bench.replica.emails(await bench.knownIds())).filter((email) => email?.blobId === blobId)
  expect(shown.map((email) => [email?.id, email?.keywords])).toEqual([[third, { $flagged: true }]])
  expect(await bench.replica.body(third as EmailId)).toBeDefined()
})

test('what was deleted for ever does not come back under the id that a merge gave it meanwhile', async () => {
  const { dead, blobId } = await mergedBench()
  const row = (await bench.replica.emails(await bench.knownIds())).find((email) => email?.id === dead)!
  bench.server.faults.add({ match: { method: 'Email/set' }, do: { kind: 'methodError', type: 'serverUnavailable' } })
  await bench.replica.appendMutation({ type: 'destroyEmails', emailIds: [row.id], blobIds: [row.blobId] })
  bench.engine.pokeOutbox()
  await bench.clock.advance(500)
  const known = await bench.knownIds()
  expect(known).not.toContain(dead)
  expect((await bench.replica.emails(known)).filter((email) => email?.blobId === blobId)).toEqual([])
})

test('a cold link to an id that died in a merge finds the living message', async () => {
  const { dead, blobId } = await mergedBench()
  bench.engine.didPush()
  await bench.clock.advance(15_000)
  const [found] = await Promise.all([bench.engine.fetchEmail(dead as never), bench.clock.advance(100)])
  expect(bench.account.emails.get(found!.emailId)?.blobId).toBe(blobId)
  expect(await bench.knownIds()).not.toContain(dead)
})
